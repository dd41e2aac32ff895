from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.survey.inspections import HazardKind, Inspection, any_hazard, risk

DAY = date(2027, 1, 10)
days = st.integers(0, 20).map(lambda number: DAY + timedelta(days=number))
inspections = st.builds(
    Inspection, kind=st.sampled_from(HazardKind), on=days, qualified=st.booleans(), risk_found=st.booleans(),
    treated_on=st.none() | days,
)  # fmt: skip


def gas(on: date, risky: bool, *, qualified: bool = True, treated: date | None = None) -> Inspection:
    return Inspection(HazardKind.GAS, on, qualified, risky, treated)


def test_an_unqualified_look_tells_the_rules_nothing() -> None:
    assert risk([gas(DAY, True, qualified=False)], HazardKind.GAS, DAY) is None


def test_the_latest_qualified_inspection_counts_and_a_treated_risk_is_gone_from_its_day() -> None:
    treated = DAY + timedelta(days=5)
    found = [gas(DAY - timedelta(days=300), False), gas(DAY, True, treated=treated)]
    standing = risk(found, HazardKind.GAS, treated - timedelta(days=1))
    gone = risk(found, HazardKind.GAS, treated)
    assert standing is not None
    assert (standing.value, standing.on) == (True, DAY)
    assert gone is not None
    assert (gone.value, gone.on) == (False, treated)


def test_clear_of_all_hazards_needs_every_kind_inspected() -> None:
    clear = [Inspection(kind, DAY, True, False) for kind in HazardKind]
    assert any_hazard(clear[:-1], DAY) is None
    found = any_hazard(clear, DAY)
    assert found is not None
    assert found.value is False


@given(st.lists(inspections, max_size=10), days)
def test_a_hazard_stands_just_when_one_kind_has_one(found: list[Inspection], day: date) -> None:
    each = [risk(found, kind, day) for kind in HazardKind]
    whole = any_hazard(found, day)
    if any(finding is not None and finding.value for finding in each):
        assert whole is not None
        assert whole.value
    else:
        assert whole is None or not whole.value
        assert (whole is not None) == all(finding is not None for finding in each)


@given(st.lists(inspections, max_size=10), days)
def test_what_comes_after_the_day_changes_nothing(found: list[Inspection], day: date) -> None:
    later = Inspection(HazardKind.GAS, day + timedelta(days=1), True, True)
    assert any_hazard([*found, later], day) == any_hazard(found, day)

"""When a notice is final."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.notices.finishing import Objection, Outcome, Posted, hindrances, is_open

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
OBJECTIONS = st.lists(st.builds(Objection, st.integers(1, 99), st.sampled_from([None, *Outcome])), max_size=8)
LAST = date(2027, 3, 8)


@given(DAYS, st.integers(-30, 30), st.integers(0, 3), st.booleans(), OBJECTIONS)
def test_nothing_hinders_exactly_when_it_is_over_proved_and_no_objection_is_open(
    ends_on: date, later: int, proofs: int, needs: bool, objections: list[Objection]
) -> None:
    today = ends_on + timedelta(days=later)
    found = hindrances(Posted(ends_on, proofs, needs), objections, today)
    free = later > 0 and (proofs > 0 or not needs) and not any(map(is_open, objections))
    assert (found == []) == free


@pytest.mark.parametrize(
    ("objection", "told"),
    [
        (Objection(4, None), "第 4 号异议：还没有答复"),
        (Objection(5, Outcome.REVISE), "第 5 号异议：已采纳，公示内容要修改"),
    ],
)
def test_an_open_objection_is_told_by_its_number_with_what_to_do(objection: Objection, told: str) -> None:
    (found,) = hindrances(Posted(LAST, 0, False), [objection], LAST + timedelta(days=1))
    assert str(found).startswith(told)
    assert found.remedy


def test_on_the_last_day_itself_the_period_still_runs() -> None:
    (found,) = hindrances(Posted(LAST, 0, False), [], LAST)
    assert found.what == "公示期未满"


def test_a_works_notice_without_proof_of_posting_is_not_final() -> None:
    (found,) = hindrances(Posted(LAST, 0, True), [], LAST + timedelta(days=1))
    assert found.what == "没有张贴凭证"

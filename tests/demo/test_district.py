"""The made-up district: its sums are the published ones, to the unit."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.values import parse_hundredths
from gongdi.demo import sources
from gongdi.demo.district import AREA, BUILDINGS, COMPOUNDS, HOUSEHOLDS, MadeUpCompound, make_district, share_out

ROWS, COSTS = sources.communities(), sources.unit_costs()
DISTRICT = make_district(ROWS, COSTS)


def facts(row: MadeUpCompound) -> dict[str, object]:
    return {fact.name: fact.value for fact in row.facts}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_the_sums_are_exact_whatever_the_seed(seed: int) -> None:
    made = make_district(ROWS, COSTS, seed)
    assert (len(made), COMPOUNDS) == (73, 73)
    assert sum(row.buildings for row in made) == BUILDINGS == 1_744
    assert sum(row.households for row in made) == HOUSEHOLDS == 47_000
    assert sum(row.area for row in made) == AREA == 427_000_000
    assert min(row.buildings for row in made) >= 1
    assert len({row.name for row in made}) == 73


def test_the_same_seed_gives_the_same_district() -> None:
    assert make_district(ROWS, COSTS) == DISTRICT


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_sharing_out_loses_nothing_and_is_nearly_proportional(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_it_holds_the_kinds_that_decide_differently() -> None:
    kinds = Counter(row.kind for row in DISTRICT)
    assert kinds["villa_only"] == 1
    assert kinds["resettlement"] >= 2
    assert kinds["single_building"] == sum(row.buildings == 1 for row in DISTRICT if row.kind == "single_building")
    assert any(facts(row).get("expropriation_planned") for row in DISTRICT)


def test_most_were_delivered_before_2001_some_later_and_some_nobody_knows() -> None:
    days = [facts(row).get("delivered_on") for row in DISTRICT]
    known = [str(day) for day in days if day is not None]
    assert 40 <= sum(day <= "2000-12-31" for day in known) < 70
    assert any(day > "2000-12-31" for day in known)
    assert 3 <= days.count(None) <= 25


def test_facts_agree_with_each_other() -> None:
    for row in DISTRICT:
        known = facts(row)
        if "completed_on" in known:
            assert str(known["completed_on"]).startswith(str(known["completed_year"]))
            assert str(known.get("delivered_on", "9")) >= str(known["completed_on"])
        total = row.cost_basic + row.cost_improvement + row.cost_upgrade
        assert parse_hundredths(str(known["total_investment_yuan"])) == total
        assert row.cost_basic == row.area * COSTS.basic // 100


def test_each_stands_in_a_real_community_inside_the_district() -> None:
    codes = {row.code for row in ROWS}
    for row in DISTRICT:
        assert row.community.code in codes
        assert row.community.is_urban
        assert 121.3 < float(row.longitude) < 121.7
        assert 29.8 < float(row.latitude) < 30.1


def test_the_published_compounds_are_read_as_printed() -> None:
    rows = {row.name: row for row in sources.published_compounds()}
    assert len(rows) == 41
    assert rows["天阳楼小区"].area == 1_300_000
    assert rows["城东商贸城小区"].planned_cost == 251_600_000
    assert rows["904小区"].area == 1_320_000
    assert rows["904小区"].households is None
    assert rows["锦苑小区"].area == 24_300_000


def test_the_unit_costs_are_the_published_standards_in_fen() -> None:
    assert (COSTS.basic, COSTS.improvement, COSTS.upgrade) == (40_000, 60_000, 80_000)

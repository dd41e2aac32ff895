"""What money moves, exact in fen."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.engines.comparing import effects
from gongdi.engines.comparing_money import SILENT, moved_money, programmes
from gongdi.exchange.packfiles import load_library

LIBRARY = load_library()
JIANGBEI, PUER, ON = "zhejiang-ningbo-jiangbei-2020", "yunnan-puer-2022", date(2022, 12, 6)
OLD = {
    "delivered_on": "1996-05-01",
    "compound_kind": "compound",
    "land_ownership": "state",
    "in_shantytown_plan": False,
    "expropriation_planned": False,
}
OUT = {**OLD, "compound_kind": "villa_only"}


def test_sums_go_with_the_move_and_those_without_a_cost_are_counted_apart() -> None:
    left, right = (JIANGBEI, ON), (JIANGBEI, date(2020, 5, 7))
    cases, costs = [OLD, OLD, OUT], [10_001, None, 5]
    moves = {each.left: each for each in moved_money(effects(LIBRARY, "scope", left, right, cases), costs)}
    assert (moves["in"].compounds, moves["in"].cost, moves["in"].without_cost) == (2, 10_001, 1)
    assert (moves["out"].compounds, moves["out"].cost, moves["out"].without_cost) == (1, 5, 0)


def test_a_document_that_says_nothing_of_shares_has_none() -> None:
    _, right = programmes(LIBRARY, (JIANGBEI, ON), (PUER, ON), [OLD], [100])
    assert (right.owner_minimum, right.city, right.district) == (None, None, None)


def test_a_document_without_a_window_takes_every_compound() -> None:
    left, _ = programmes(LIBRARY, ("anhui-anqing-2022", ON), (JIANGBEI, ON), [OLD, OUT], [100, None])
    assert (left.compounds, left.cost, left.without_cost, left.whole) == (2, 100, 1, True)


def test_a_document_that_is_not_in_force_yet_takes_none() -> None:
    early = date(2022, 12, 4)
    left, right = programmes(LIBRARY, (JIANGBEI, early), (PUER, early), [OLD], [100])
    assert (left.compounds, left.cost) == (1, 100)
    assert right == SILENT


def test_stated_special_costs_are_not_shared() -> None:
    facts: dict[str, Any] = {**OLD, "lift_addition_yuan": "40.00"}
    left, _ = programmes(LIBRARY, (JIANGBEI, ON), (PUER, ON), [facts], [10_000])
    assert (left.city, left.district) == (2_400, 3_600)


def test_stated_special_costs_above_the_estimate_leave_nothing_to_share() -> None:
    facts: dict[str, Any] = {**OLD, "lift_addition_yuan": "400.00"}
    left, _ = programmes(LIBRARY, (JIANGBEI, ON), (PUER, ON), [facts], [10_000])
    assert (left.city, left.district) == (0, 0)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), max_size=12))
def test_city_and_district_together_pay_the_whole_to_the_fen(costs: list[int | None]) -> None:
    left, _ = programmes(LIBRARY, (JIANGBEI, ON), (PUER, ON), [OLD] * len(costs), costs)
    known = [cost for cost in costs if cost is not None]
    assert (left.cost, left.without_cost) == (sum(known), len(costs) - len(known))
    assert (left.city or 0) + (left.district or 0) == sum(known)
    assert left.city == sum((4 * cost + 5) // 10 for cost in known)

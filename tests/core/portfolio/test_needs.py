"""Net needs, recounts and balances by hand-worked numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.model import Chosen, Demand, Instance, Level, Payment
from gongdi.core.portfolio.needs import Tables, balances, net_need, recount, unmet_demands
from gongdi.core.portfolio.parse import parse_instance


@pytest.mark.parametrize(
    ("own", "net"),
    [
        (0, (900, 300, 100)),
        (60, (900, 300, 40)),
        (100, (900, 300, 0)),
        (250, (900, 150, 0)),
        (400, (900, 0, 0)),
        (1000, (300, 0, 0)),
        (1300, (0, 0, 0)),
        (5000, (0, 0, 0)),
    ],
)
def test_own_money_pays_upgrade_then_improvement_then_basic(own: int, net: tuple[int, int, int]) -> None:
    assert net_need(Level("full", Fraction(1), (900, 300, 100)), own) == net


@given(st.tuples(*[st.integers(0, 10**9)] * 3), st.integers(0, 10**10))
def test_what_is_left_to_pay_is_the_cost_less_the_own_money(cost: tuple[int, int, int], own: int) -> None:
    assert sum(net_need(Level("x", Fraction(1), cost), own)) == max(0, sum(cost) - own)


def instance(saving: int = 500) -> Instance:
    def compound(name: str, county: str, basic: int) -> dict[str, Any]:
        levels = [{"name": "basic", "benefit": 10, "cost": {"basic": basic}}]
        return {
            "id": name,
            "county": county,
            "own_money": 0,
            "earliest": 2027,
            "latest": 2028,
            "must": False,
            "levels": levels,
        }

    parsed = parse_instance(
        {
            "years": [2027, 2028],
            "weights": [1, 0.95],
            "funds": [
                {"code": "city", "classes": ["basic"], "counties": None, "carry_over": True, "budget": [900, 100]},
                {"code": "state", "classes": ["basic"], "counties": None, "carry_over": False, "budget": [50, 50]},
            ],
            "counties": [{"code": "A", "minimum": 2}, {"code": "B", "minimum": 1}],
            "compounds": [
                compound("a1", "A", 300),
                compound("a2", "A", 400),
                compound("a3", "A", 100),
                compound("b1", "B", 70),
            ],
            "bundles": [{"id": "g", "county": "A", "members": ["a1", "a2", "a3"], "need": 2, "saving": saving}],
        }
    )
    assert isinstance(parsed, Instance)
    return parsed


def test_a_bundle_saves_when_enough_members_start_in_one_year() -> None:
    counted = recount(
        instance(), [Chosen("a1", "basic", 2027), Chosen("a2", "basic", 2027), Chosen("b1", "basic", 2028)]
    )
    assert counted.needs == {(2027, "A", "basic"): 200, (2028, "B", "basic"): 70}
    assert counted.realised == (("g", 2027),)
    assert counted.worth == 20 + Fraction("9.5")
    assert counted.started == {"A": 2, "B": 1}


def test_members_started_in_different_years_save_nothing() -> None:
    counted = recount(instance(), [Chosen("a1", "basic", 2027), Chosen("a2", "basic", 2028)])
    assert counted.needs == {(2027, "A", "basic"): 300, (2028, "A", "basic"): 400}
    assert counted.realised == ()


def test_a_saving_beyond_the_need_is_lost() -> None:
    counted = recount(instance(saving=5000), [Chosen("a1", "basic", 2027), Chosen("a3", "basic", 2027)])
    assert counted.needs == {}


def test_what_is_left_of_a_fund_goes_over_only_if_it_may() -> None:
    paid = [Payment(2027, "A", "basic", "city", 300), Payment(2027, "A", "basic", "state", 20)]
    rows = {(row.fund, row.year): (row.brought, row.left) for row in balances(instance(), paid)}
    assert rows == {
        ("city", 2027): (0, 600),
        ("city", 2028): (600, 700),
        ("state", 2027): (0, 30),
        ("state", 2028): (0, 50),
    }


def test_unmet_demands_name_counties_below_their_minimum() -> None:
    assert unmet_demands(instance(), [Chosen("a1", "basic", 2027)]) == (Demand("minimum", "A"), Demand("minimum", "B"))


def test_a_level_that_another_beats_is_of_no_use() -> None:
    levels = [
        {"name": "a", "benefit": 5, "cost": {"basic": 100}},
        {"name": "b", "benefit": 6, "cost": {"basic": 100}},
        {"name": "c", "benefit": 6, "cost": {"basic": 100}},
        {"name": "d", "benefit": 9, "cost": {"basic": 100, "upgrade": 1}},
    ]
    data = {
        "years": [2027], "weights": [1], "funds": [], "counties": [{"code": "A", "minimum": 0}], "bundles": [],
        "compounds": [{"id": "x", "county": "A", "own_money": 0, "earliest": 2027, "latest": 2027, "levels": levels}],
    }  # fmt: skip
    parsed = parse_instance(data)
    assert isinstance(parsed, Instance)
    assert Tables.of(parsed).useful_levels(0) == (1, 3)

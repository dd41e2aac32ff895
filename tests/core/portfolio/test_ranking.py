"""The plain ranked list: what it takes, in which order, and that it always can be paid."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.model import Demand, Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.ranking import rank_and_fill
from gongdi.core.portfolio.validate import plan_faults
from tests.support import plan_oracle
from tests.support.plan_instances import made, shuffled, small_instances

Data = dict[str, Any]


def parsed(data: Data) -> Instance:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return instance


@given(small_instances(most=7))
def test_a_list_holds_except_for_the_demands_it_says_it_does_not_meet(data: Data) -> None:
    plan = rank_and_fill(parsed(data))
    unmet = {(row.kind, row.id) for row in plan.unmet}
    freer = data | {
        "compounds": [row | {"must": row["must"] and ("must", row["id"]) not in unmet} for row in data["compounds"]],
        "counties": [row | {"minimum": 0} if ("minimum", row["code"]) in unmet else row for row in data["counties"]],
    }
    assert plan_oracle.faults(freer, plan_document(plan, parsed(data))) == []
    assert plan_faults(parsed(freer), plan) == ()


@given(small_instances(most=6), st.integers(0, 10**6))
def test_the_order_in_the_file_changes_nothing(data: Data, seed: int) -> None:
    assert rank_and_fill(parsed(data)) == rank_and_fill(parsed(shuffled(data, seed)))


@given(small_instances(most=5), st.integers(0, 10**6))
def test_nobody_whom_the_money_could_still_pay_is_passed_over(data: Data, seed: int) -> None:
    plan = rank_and_fill(parsed(data), [row["id"] for row in shuffled(data, seed)["compounds"]])
    assert all(reason.why != "no_gain" for reason in plan.reasons)


def line(budget: list[int], **changes: Any) -> Data:
    """Four compounds of one county that cost 100, 200 with their full level, benefits 9, 8, 7 and 6."""
    compounds = [
        {
            "id": f"c{at}", "county": "A", "own_money": 0, "earliest": 2027, "latest": 2028, "must": False,
            "levels": [
                {"name": "basic", "benefit": 9 - at, "cost": {"basic": 100}},
                {"name": "full", "benefit": 20 - at, "cost": {"basic": 100, "upgrade": 100}},
            ],
        }
        for at in range(4)
    ]  # fmt: skip
    funds = [{"code": "f", "classes": ["basic", "upgrade"], "counties": None, "carry_over": False, "budget": budget}]
    counties = [{"code": "A", "minimum": 0}, {"code": "B", "minimum": 0}]
    base: Data = {"years": [2027, 2028], "weights": [1, 1], "funds": funds, "counties": counties, "bundles": []}
    return base | {"compounds": compounds} | changes


def taken(plan: Plan) -> list[tuple[str, str, int]]:
    return [(row.id, row.level, row.year) for row in plan.chosen]


def test_each_is_taken_at_its_best_level_in_the_earliest_year_that_can_pay() -> None:
    plan = rank_and_fill(parsed(line([300, 200])))
    assert taken(plan) == [("c0", "full", 2027), ("c1", "full", 2028), ("c2", "basic", 2027)]
    reason = plan.reasons[0]
    assert (reason.id, reason.why, reason.short_yuan, reason.level, reason.year) == (
        "c3",
        "outranked",
        100,
        "basic",
        2027,
    )


def test_a_ranking_goes_before_benefit() -> None:
    assert taken(rank_and_fill(parsed(line([200, 0])), ["c3", "c1"])) == [("c3", "full", 2027)]


def test_a_compound_that_must_start_goes_first() -> None:
    data = line([200, 0])
    data["compounds"][2]["must"] = True
    assert taken(rank_and_fill(parsed(data))) == [("c2", "full", 2027)]


def test_minimums_are_met_with_cheaper_levels_when_best_levels_do_not_fit() -> None:
    data = line([300, 0])
    data["counties"][0]["minimum"] = 3
    plan = rank_and_fill(parsed(data))
    assert plan.unmet == ()
    assert [row.level for row in plan.chosen] == ["basic", "basic", "basic"]


def test_a_minimum_that_cannot_be_met_is_named() -> None:
    data = line([100, 0])
    data["counties"][0]["minimum"] = 3
    assert rank_and_fill(parsed(data)).unmet == (Demand("minimum", "A"),)


def test_a_window_outside_the_years_and_a_class_without_a_fund_are_given_as_reasons() -> None:
    data = line([400, 0])
    data["compounds"][0] |= {"earliest": 2030, "latest": 2031}
    data["compounds"][1]["levels"] = [{"name": "full", "benefit": 20, "cost": {"improvement": 5}}]
    reasons = {row.id: row for row in rank_and_fill(parsed(data)).reasons}
    assert reasons["c0"].why == "window"
    assert (reasons["c1"].why, reasons["c1"].classes) == ("no_fund", ("improvement",))


def test_a_saving_that_comes_late_brings_in_who_was_passed_over() -> None:
    data = line([200, 0], bundles=[{"id": "g", "county": "A", "members": ["c1", "c2"], "need": 2, "saving": 150}])
    for row in data["compounds"]:
        row["levels"] = row["levels"][:1]
    assert [row.id for row in rank_and_fill(parsed(data), ["c1", "c2"]).chosen] == ["c0", "c1", "c2"]


@pytest.mark.parametrize("shape", ["plain", "county", "savings", "minimums"])
def test_a_list_of_two_hundred_compounds_holds(shape: str) -> None:
    data = made(200, 3, 11, shape)
    plan = rank_and_fill(parsed(data))
    assert plan.unmet == ()
    assert plan_oracle.faults(data, plan_document(plan, parsed(data))) == []

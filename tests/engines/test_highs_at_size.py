"""Plans of hundreds and thousands of compounds: they hold, repeat, and answer what would be if."""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from benchmarks.plan_shapes import SHAPES, shaped

from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs import solve, solve_with_prices
from tests.support import plan_oracle
from tests.support.plan_instances import shuffled

Data = dict[str, Any]
POSSIBLE = tuple(shape for shape in SHAPES if shape != "infeasible")


def parsed(data: Data) -> Instance:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return instance


def holds(data: Data, gap: float, seconds: float) -> None:
    instance = parsed(data)
    plan = solve(instance, seconds, gap)
    assert plan.status in ("optimal", "feasible")
    assert plan_oracle.faults(data, plan_document(plan, instance)) == []
    assert plan.bound is not None
    assert plan.worth <= plan.bound
    assert len(plan.chosen) + len(plan.reasons) == len(data["compounds"])


@pytest.mark.parametrize("shape", POSSIBLE)
def test_a_plan_of_hundreds_holds_and_leaves_no_compound_without_a_reason(shape: str) -> None:
    holds(shaped(240, 3, 1, shape), 0.05, 20)


def test_the_order_of_hundreds_changes_nothing() -> None:
    data = shaped(400, 3, 2, "plain")
    one, other = solve(parsed(data), 30, 0.002), solve(parsed(shuffled(data, 5)), 30, 0.002)
    assert replace(one, seconds=0) == replace(other, seconds=0)


def test_too_many_demands_are_narrowed_to_few_of_which_none_can_be_left_out() -> None:
    plan = solve(parsed(shaped(600, 3, 1, "infeasible")), 30)
    assert plan.status == "infeasible"
    assert plan.conflict_smallest
    assert {row.kind for row in plan.conflict} == {"minimum", "budget"}
    assert not any(row.id in ("bond", "upgrade") for row in plan.conflict), "basic works need neither"


def test_of_a_fund_in_a_conflict_only_the_years_that_bind_are_named() -> None:
    """Everybody must start in the first year, so that money of the second changes nothing."""
    data = shaped(600, 2, 1, "plain")
    for row in data["compounds"]:
        row.update(
            earliest=data["years"][0], latest=data["years"][0], must=row["county"] == data["counties"][0]["code"]
        )
    for fund in data["funds"]:
        fund.update(carry_over=False, budget=[1_000, fund["budget"][1]])
    plan = solve(parsed(data), 30)
    assert plan.status == "infeasible"
    budgets = [row for row in plan.conflict if row.kind == "budget"]
    assert budgets
    assert {row.years for row in budgets} == {(data["years"][0],)}
    richer = copy.deepcopy(data)
    for fund in richer["funds"]:
        fund["budget"][1] = 10**12
    assert solve(parsed(richer), 30).status == "infeasible"
    told = plan_document(plan, parsed(data))["conflict"]
    named = [row for row in told if row["kind"] == "budget"]
    assert all(row["years"] == [data["years"][0]] for row in named)
    assert not any(f"{data['years'][1]} 年" in row["sentence"] for row in named)


def test_a_changed_budget_is_solved_from_known_prices_within_the_gap_of_solving_it_anew() -> None:
    data = shaped(400, 3, 3, "plain")
    known = solve_with_prices(parsed(data), 30, 0.002).prices
    assert known is not None
    richer = copy.deepcopy(data)
    richer["funds"][2]["budget"][0] += 20_000_000
    again, anew = solve(parsed(richer), 30, 0.002, prices=known), solve(parsed(richer), 30, 0.002)
    assert again.bound is not None
    assert anew.bound is not None
    assert max(again.worth, anew.worth) <= min(again.bound, anew.bound)
    assert again.gap is not None
    assert again.gap <= Fraction(2, 1000)


CHANGES = {
    "a budget is cut": lambda data: data["funds"][0]["budget"].__setitem__(0, data["funds"][0]["budget"][0] * 4 // 5),
    "a compound must start": lambda data: data["compounds"][7].update(must=True),
    "a year weighs less": lambda data: data["weights"].__setitem__(1, 0.9),
    "a compound is gone": lambda data: data["compounds"].pop(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("shape", ["plain", "regional"])
def test_a_question_of_what_would_be_if_is_answered_within_the_gap_of_solving_anew(shape: str, change: str) -> None:
    data = shaped(240, 3, 4, shape)
    data["bundles"] = data["bundles"][:-1]
    known = solve_with_prices(parsed(data), 20, 0.03).prices
    assert known is not None
    CHANGES[change](data)
    again, anew = solve(parsed(data), 20, 0.03, prices=known), solve(parsed(data), 20, 0.03)
    assert plan_oracle.faults(data, plan_document(again, parsed(data))) == []
    assert again.status == anew.status == "optimal"
    assert again.bound is not None
    assert anew.bound is not None
    assert max(again.worth, anew.worth) <= min(again.bound, anew.bound)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_order_in_which_two_hundred_are_written_changes_nothing_in_any_shape(shape: str) -> None:
    data = shaped(200, 3, 2, shape)
    one, other = solve(parsed(data), 60, 0.05), solve(parsed(shuffled(data, 5)), 60, 0.05)
    assert replace(one, seconds=0) == replace(other, seconds=0)


@pytest.mark.slow
@pytest.mark.parametrize("shape", POSSIBLE)
@pytest.mark.parametrize(("many", "years"), [(2_000, 3), (20_000, 5)])
def test_a_plan_of_thousands_holds(shape: str, many: int, years: int) -> None:
    holds(shaped(many, years, 1, shape), 0.001, 60)


@pytest.mark.slow
@pytest.mark.parametrize(("many", "years", "seed", "shape"), [(45, 4, 23, "regional"), (45, 6, 1, "regional")])
def test_few_compounds_with_many_budgets_are_proved(many: int, years: int, seed: int, shape: str) -> None:
    data = shaped(many, years, seed, shape)
    plan = solve(parsed(data), 300, 0.001)
    assert plan.status == "optimal"
    assert plan_oracle.faults(data, plan_document(plan, parsed(data))) == []

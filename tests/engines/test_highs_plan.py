"""The solver's door: plans that hold, optima that a trial of everything confirms, answers that repeat."""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.ranking import rank_and_fill
from gongdi.engines.highs import SolverError, solve, solve_with_prices
from tests.support import plan_oracle
from tests.support.plan_instances import made, shuffled, small_instances

Data = dict[str, Any]
SETTINGS = settings(max_examples=25, deadline=None)


def parsed(data: Data) -> Instance:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return instance


def exact(data: Data) -> Plan:
    return solve(parsed(data), time_limit=60, gap=0)


@given(small_instances())
@SETTINGS
def test_the_optimum_is_the_best_of_all_plans_and_the_bound_is_not_below_it(data: Data) -> None:
    best, plan = plan_oracle.best_worth(data), exact(data)
    if best is None:
        assert plan.status == "infeasible"
        return
    assert plan.status == "optimal"
    assert plan.worth == best
    assert plan.bound is not None
    assert best <= plan.bound <= best + Fraction(1, 10**4)
    assert plan_oracle.faults(data, plan_document(plan, parsed(data))) == []


@given(small_instances(), st.sampled_from([-9, -6, 7, 12]), st.sampled_from([-8, 0, 9]))
@SETTINGS
def test_benefits_and_weights_of_any_size_are_planned_alike(data: Data, benefits: int, weights: int) -> None:
    """The optimum of an instance whose worths are a millionth, or a million million."""
    instance, plan = parsed(data), exact(data)
    other = replace(
        instance,
        weights=tuple(each * Fraction(10) ** weights for each in instance.weights),
        compounds=tuple(
            replace(
                row, levels=tuple(replace(one, benefit=one.benefit * Fraction(10) ** benefits) for one in row.levels)
            )
            for row in instance.compounds
        ),
    )
    found = solve_with_prices(other, 60, 0)
    assert found.plan.status == plan.status
    assert found.plan.worth == plan.worth * Fraction(10) ** (benefits + weights)
    if found.plan.bound is not None:
        assert found.plan.bound >= found.plan.worth
        again = solve(other, 60, 0, prices=found.prices)
        assert again.worth == found.plan.worth


@given(small_instances(), st.integers(0, 10), st.integers(1, 10**6))
@SETTINGS
def test_more_budget_never_lowers_the_optimum(data: Data, which: int, more: int) -> None:
    richer = copy.deepcopy(data)
    fund = richer["funds"][which % len(data["funds"])]
    fund["budget"][which % len(data["years"])] += more
    before, after = exact(data), exact(richer)
    assert after.worth >= before.worth or before.status == "infeasible"
    assert not (before.status == "optimal" and after.status == "infeasible")


@given(small_instances())
@SETTINGS
def test_giving_up_musts_and_minimums_never_lowers_the_optimum(data: Data) -> None:
    freer = copy.deepcopy(data)
    for row in freer["compounds"]:
        row["must"] = False
    for row in freer["counties"]:
        row["minimum"] = 0
    before, after = exact(data), exact(freer)
    assert after.status == "optimal"
    assert before.status == "infeasible" or after.worth >= before.worth


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_the_order_in_which_an_instance_is_written_changes_nothing(data: Data, seed: int) -> None:
    one, other = parsed(data), parsed(shuffled(data, seed))
    assert replace(solve(one), seconds=0) == replace(solve(other), seconds=0)


@given(small_instances())
@SETTINGS
def test_every_left_out_compound_has_its_reason_and_the_sum_named_would_bring_it_in(data: Data) -> None:
    plan = exact(data)
    chosen = [{"id": row.id, "level": row.level, "year": row.year} for row in plan.chosen]
    if plan.status == "infeasible":
        return
    assert {row["id"] for row in chosen} | {row.id for row in plan.reasons} == {c["id"] for c in data["compounds"]}
    for reason in plan.reasons:
        if reason.why == "outranked":
            assert reason.short_yuan
            assert payable_with(data, chosen, reason, reason.short_yuan)
            assert not payable_with(data, chosen, reason, reason.short_yuan - 1)


def payable_with(data: Data, chosen: list[Data], reason: Any, yuan: int) -> bool:
    """Whether the compound could start as well if there were a further fund, in its year, of that much money."""
    richer = copy.deepcopy(data)
    county = next(row["county"] for row in data["compounds"] if row["id"] == reason.id)
    classes = [k for k in ("basic", "improvement", "upgrade") if any(may(f, county, k) for f in data["funds"])]
    budget = [yuan if year == reason.year else 0 for year in data["years"]]
    fund = {"code": "gift", "classes": classes, "counties": [county], "carry_over": False, "budget": budget}
    richer["funds"].append(fund)
    with_it = [*chosen, {"id": reason.id, "level": reason.level, "year": reason.year}]
    return plan_oracle.payable(richer, plan_oracle.needs(data, with_it))


def may(fund: Data, county: str, item_class: str) -> bool:
    return item_class in fund["classes"] and (fund["counties"] is None or county in fund["counties"])


@given(small_instances())
@SETTINGS
def test_a_conflict_cannot_hold_and_without_any_one_of_it_the_rest_can(data: Data) -> None:
    plan = exact(data)
    if plan.status != "infeasible":
        return
    named = {(row.kind, row.id) for row in plan.conflict}
    assert plan.conflict_smallest
    assert plan_oracle.best_worth(only(data, named)) is None
    for one in named:
        assert plan_oracle.best_worth(only(data, named - {one})) is not None


def only(data: Data, demands: set[tuple[str, str]]) -> Data:
    """The instance with those demands alone; a budget that is not among them is boundless."""
    freer = copy.deepcopy(data)
    for row in freer["compounds"]:
        row["must"] = ("must", row["id"]) in demands
    for row in freer["counties"]:
        row["minimum"] = row["minimum"] if ("minimum", row["code"]) in demands else 0
    for row in freer["funds"]:
        if ("budget", row["code"]) not in demands:
            row["budget"] = [10**12 for _ in row["budget"]]
    return freer


@pytest.mark.parametrize("shape", ["plain", "county", "savings", "minimums"])
def test_a_plan_of_sixty_compounds_holds_and_beats_the_ranked_list(shape: str) -> None:
    data = made(60, 2, 7, shape)
    instance = parsed(data)
    plan, listed = solve(instance, time_limit=10, gap=0.01), rank_and_fill(instance)
    assert plan.status in ("optimal", "feasible")
    assert plan_oracle.faults(data, plan_document(plan, instance)) == []
    assert plan.bound is not None
    assert listed.worth <= plan.worth <= plan.bound


def test_the_same_instance_gives_the_same_plan_again() -> None:
    instance = parsed(made(40, 2, 3, "county"))
    once, again = solve(instance, gap=0.005), solve(instance, gap=0.005)
    assert replace(once, seconds=0) == replace(again, seconds=0)


def test_demands_that_the_money_cannot_meet_are_named() -> None:
    plan = solve(parsed(made(60, 2, 5, "hopeless")))
    assert plan.status == "infeasible"
    assert {row.kind for row in plan.conflict} >= {"minimum", "budget"}
    assert plan.chosen == ()


def test_a_must_compound_whose_window_lies_outside_the_years_is_the_whole_conflict() -> None:
    data = made(20, 2, 1)
    data["compounds"][4] |= {"must": True, "earliest": 2040, "latest": 2041}
    plan = solve(parsed(data))
    assert [(row.kind, row.id) for row in plan.conflict] == [("must", "c4")]


def test_no_compounds_make_an_empty_plan_that_is_proved() -> None:
    data = made(20, 2, 1) | {"compounds": [], "bundles": []}
    data["counties"] = [{"code": row["code"], "minimum": 0} for row in data["counties"]]
    plan = solve(parsed(data))
    assert (plan.status, plan.worth, plan.bound, plan.gap) == ("optimal", 0, 0, 0)


def large(many: int, unit: int) -> Data:
    """Compounds that nearly cost a whole each, and money for two of them."""
    return {
        "years": [2027],
        "weights": [1],
        "funds": [{"code": "f", "classes": ["basic"], "counties": None, "carry_over": False, "budget": [2 * unit]}],
        "counties": [{"code": "x", "minimum": 0}],
        "compounds": [
            {
                "id": f"c{at}", "county": "x", "own_money": 0, "earliest": 2027, "latest": 2027, "must": False,
                "levels": [{"name": "full", "benefit": 10 + at, "cost": {"basic": unit + 1 + at}}],
            }
            for at in range(many)
        ],
        "bundles": [],
    }  # fmt: skip


@pytest.mark.parametrize("unit", [10**9, 10**12, 4 * 10**14])
def test_a_plan_is_called_optimal_only_if_its_gap_is_the_one_asked_for(unit: int) -> None:
    """Two of them lack a few yuan in a million million, less than the solver's tolerance."""
    plan = solve(parsed(large(20, unit)), 20, 0.001)
    assert plan.worth == 29
    assert plan.gap is not None
    assert (plan.status == "optimal") == (plan.gap <= Fraction(1, 1000))


def test_a_solver_that_fails_after_a_plan_is_known_leaves_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **more: Any) -> Any:
        raise SolverError("HiGHS: the run: kError")

    monkeypatch.setattr("gongdi.engines.highs.stages.run", fails)
    monkeypatch.setattr("gongdi.engines.highs.stages.correct", lambda found: None)
    data = made(60, 3, 2)
    plan = solve(parsed(data), 5, 0)
    assert plan.status == "feasible"
    assert plan_oracle.faults(data, plan_document(plan, parsed(data))) == []

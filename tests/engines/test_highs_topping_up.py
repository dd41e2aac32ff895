"""What further money makes an impossible instance possible, and what a chosen compound keeps out."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from benchmarks.plan_shapes import SHAPES, shaped
from hypothesis import given, settings

from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs import solve
from gongdi.engines.highs.parts import split
from tests.support import plan_oracle
from tests.support.plan_instances import made, small_instances

Data = dict[str, Any]
SETTINGS = settings(max_examples=40, deadline=None)


def parsed(data: Data) -> Instance:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return instance


def richer(data: Data, plan: Plan, less: int = 0) -> Data:
    """The instance with the money that the plan names, `less` yuan of it left out where there is most."""
    found = copy.deepcopy(data)
    most = max(plan.top_up, key=lambda row: row.yuan, default=None)
    for row in plan.top_up:
        fund = next(fund for fund in found["funds"] if fund["code"] == row.fund)
        fund["budget"][data["years"].index(row.year)] += row.yuan - (less if row is most else 0)
    return found


@given(small_instances(most=3))
@SETTINGS
def test_the_money_named_is_the_least_that_makes_a_plan_possible_whenever_money_can_help(data: Data) -> None:
    plan = solve(parsed(data), gap=0)
    if plan.status != "infeasible":
        assert plan.top_up_least is None
        return
    least = plan_oracle.least_top_up(data)
    if least is None:
        assert plan.top_up_least is None
        return
    assert plan.top_up_least is not None
    assert plan_oracle.best_worth(richer(data, plan)) is not None
    named = sum(row.yuan for row in plan.top_up)
    assert plan.top_up_least <= least <= named
    assert named <= least * 1.0001 + 1
    assert plan.top_up_least >= least * 0.999 - 2


@pytest.mark.parametrize("money", [1.0, pytest.param(2.2, marks=pytest.mark.slow)])
def test_the_money_named_for_thousands_is_within_a_thousandth_of_the_least_and_suffices(money: float) -> None:
    """With little money every year is short; with more, some choices would leave the money of some years unused."""
    data = shaped(2_400, 4, 1, "infeasible")
    for fund in data["funds"]:
        fund["budget"] = [int(yuan * money) for yuan in fund["budget"]]
    plan = solve(parsed(data), 30, 0.01)
    assert plan.status == "infeasible"
    assert plan.top_up_least is not None
    assert 0 < plan.top_up_least <= sum(row.yuan for row in plan.top_up) <= 1.001 * plan.top_up_least + 10
    again = richer(data, plan)
    instance = parsed(again)
    found = solve(instance, 30, 0.01)
    assert found.status in ("optimal", "feasible")
    assert plan_oracle.faults(again, plan_document(found, instance)) == []


def test_the_money_named_for_hundreds_is_near_the_least_and_solving_again_with_it_finds_a_plan() -> None:
    data = shaped(300, 3, 1, "infeasible")
    plan = solve(parsed(data), 30)
    assert plan.status == "infeasible"
    assert plan.top_up_least is not None
    total = sum(row.yuan for row in plan.top_up)
    assert 0 < plan.top_up_least <= total <= 1.001 * plan.top_up_least + 10
    with_it, without = solve(parsed(richer(data, plan)), 30, 0.01), total - plan.top_up_least + 10_000
    assert with_it.status in ("optimal", "feasible")
    assert solve(parsed(richer(data, plan, less=without)), 30).status == "infeasible"


def test_the_document_names_the_money_by_fund_and_year() -> None:
    instance = parsed(made(40, 2, 5, "hopeless"))
    document = plan_document(solve(instance), instance)
    assert {"fund", "year", "yuan"} == set(document["top_up"][0])
    assert document["top_up_least_yuan"] > 0


def test_a_chosen_compound_names_the_best_of_those_that_its_money_would_pay_instead() -> None:
    data = made(40, 2, 3)
    instance = parsed(data)
    every = [row["id"] for row in data["compounds"]]
    plan = solve(instance, 10, 0.005, explain=every)
    chosen = [{"id": row.id, "level": row.level, "year": row.year} for row in plan.chosen]
    assert [row.id for row in plan.displaced] == sorted(row.id for row in plan.chosen)
    assert any(row.rivals for row in plan.displaced)
    for row in plan.displaced:
        rest = [other for other in chosen if other["id"] != row.id]
        able = [] if row.unpaid else list(payable_instead(data, rest, {reason.id for reason in plan.reasons}))
        assert [rival.worth for rival in row.rivals] == sorted(able, reverse=True)[:3]
        assert row.demanded == (not row.unpaid and not plan_oracle.meets_demands(data, rest))


def payable_instead(data: Data, rest: list[Data], left_out: set[str]) -> Any:
    """The best worth of each compound left out that could be paid on top of the rest."""
    for compound in data["compounds"]:
        if compound["id"] not in left_out:
            continue
        worths = []
        for level in compound["levels"]:
            for year in data["years"]:
                one = {"id": compound["id"], "level": level["name"], "year": year}
                if not compound["earliest"] <= year <= compound["latest"]:
                    continue
                if plan_oracle.payable(data, plan_oracle.needs(data, [*rest, one])):
                    worths.append(plan_oracle.worth(data, [one]))
        if worths and max(worths) > 0:
            yield max(worths)


def test_parts_share_no_fund_and_leave_nothing_out() -> None:
    instance = parsed(shaped(240, 3, 1, "regional"))
    parts = split(instance)
    assert len(parts) == 4
    assert sorted(row.id for part in parts for row in part.compounds) == sorted(row.id for row in instance.compounds)
    assert sorted(row.code for part in parts for row in part.funds) == sorted(row.code for row in instance.funds)
    assert sum(len(part.bundles) for part in parts) == len(instance.bundles)
    for part in parts:
        codes = {row.code for row in part.counties}
        assert all(row.county in codes for row in part.compounds)
        assert all(row.counties is not None and row.counties <= codes for row in part.funds)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "regional"])
def test_what_one_fund_joins_is_one_part(shape: str) -> None:
    instance = parsed(shaped(160, 2, 1, shape))
    assert split(instance) == (instance,)

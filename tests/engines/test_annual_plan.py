from datetime import date
from typing import Any

import pytest

from gongdi.core.portfolio.model import Fund
from gongdi.core.portfolio.validate import plan_faults
from gongdi.engines.annual_plan import AnnualPlan, Listed, Money, Task, UnitCosts, make_annual_plan
from gongdi.engines.annual_plan_document import annual_plan_document
from gongdi.exchange.packfiles import load_library, load_scheme

LIBRARY, SCHEME = load_library(), load_scheme()
PACK, ON = "zhejiang-ningbo-jiangbei-2020", date(2022, 6, 30)
IN = {
    "delivered_on": "1996-05-01",
    "compound_kind": "compound",
    "land_ownership": "state",
    "in_shantytown_plan": False,
    "expropriation_planned": False,
    "completed_year": 1996,
    "resident_will_strong": True,
}
OPEN = {key: value for key, value in IN.items() if key != "delivered_on"}
OUT = {**IN, "compound_kind": "villa_only"}
LATER = {
    **IN,
    "delivered_on": "2003-01-01",
    "function_incomplete": True,
    "municipal_facilities_incomplete": True,
    "service_facilities_incomplete": True,
}


def listed(name: str, facts: dict[str, Any], **columns: Any) -> Listed:
    usual: dict[str, Any] = {"households": 300, "cost": (900_000, 300_000, 100_000), "own_money": 50_000}
    return Listed(name, f"{name}小区", "330205", "外滩街道", facts, **{**usual, **columns})


def money(*yuan: int) -> Money:
    classes = frozenset({"basic", "improvement", "upgrade"})
    return Money((2027, 2028)[: len(yuan)], (Fund("district", classes, None, True, yuan),), (), {"district": "区级"})


def planned(*compounds: Listed, budget: Money | None = None, pack: str = PACK) -> AnnualPlan:
    plan = make_annual_plan(Task(LIBRARY, pack, ON, SCHEME, budget or money(2_000_000), compounds, time_limit=10))
    assert isinstance(plan, AnnualPlan), plan
    return plan


def test_only_the_admitted_are_in_the_firm_plan_and_the_open_ones_only_in_the_trial() -> None:
    plan = planned(listed("a", IN), listed("b", OPEN), listed("c", OUT), listed("d", LATER))
    assert {row.id for row in plan.firm.instance.compounds} == {"a", "d"}
    assert plan.trial is not None
    assert {row.id for row in plan.trial.instance.compounds} == {"a", "b", "d"}
    assert plan.ids("out") == ["c"]
    assert plan.survey[0].fact == "delivered_on"


def test_what_the_document_puts_first_comes_before_any_score() -> None:
    popular = {**LATER, "safety_hazard": True, "gas_risk_found": True, "residents_active": True}
    plan = planned(listed("early", IN), listed("later", popular))
    assert plan.ranking[0].id == "later"
    assert plan.order == ("early", "later")


def test_both_plans_hold_and_the_optimum_is_not_below_the_list() -> None:
    compounds = [listed(f"c{n}", IN, households=100 + 40 * n, cost=(400_000 + 70_000 * n, 90_000, 0)) for n in range(9)]
    plan = planned(*compounds, budget=money(1_500_000, 900_000))
    for found in (plan.firm.listed, plan.firm.best):
        assert not plan_faults(plan.firm.instance, found)
    assert plan.firm.best.worth >= plan.firm.listed.worth
    assert plan.firm.best.bound is not None
    assert plan.firm.best.bound >= plan.firm.best.worth


def test_every_compound_left_out_says_what_would_bring_it_in() -> None:
    document = annual_plan_document(planned(listed("a", IN), listed("b", IN), budget=money(900_000)), LIBRARY)
    best = document["firm"]["best"]
    left = {row["id"] for row in best["reasons"]}
    assert left == set(best["sentences"])
    assert len(left) == 1
    assert "再有可用资金" in next(iter(best["sentences"].values()))


def test_a_compound_without_costs_or_households_is_named_with_what_it_lacks() -> None:
    plan = planned(listed("a", IN, cost=None), listed("b", IN, households=None), listed("c", IN))
    assert dict(plan.unplannable) == {"a": "估算造价", "b": "户数"}
    assert {row.id for row in plan.firm.instance.compounds} == {"c"}


def test_without_any_point_all_count_alike_and_the_plan_says_so() -> None:
    bare = {key: IN[key] for key in IN if key not in ("completed_year", "resident_will_strong")}
    plan = planned(listed("a", bare), listed("b", bare))
    assert plan.equal_scores
    assert plan.firm.best.worth > 0


def test_a_document_without_a_window_takes_its_own_list_as_the_scope() -> None:
    plan = planned(listed("a", {}), pack="anhui-2020")
    assert {row.id for row in plan.firm.instance.compounds} == {"a"}


def test_facts_that_cannot_be_used_are_named_all_at_once() -> None:
    compounds = [listed("a", {**IN, "delivered_on": "1996"}), listed("b", {"compound_kind": 1})]
    faults = make_annual_plan(Task(LIBRARY, PACK, ON, SCHEME, money(1), compounds))
    assert isinstance(faults, tuple)
    assert {fault.place for fault in faults} == {"a小区", "b小区"}


@pytest.mark.parametrize("total", [0, 1, 7, 999_999, 12_345_678])
def test_a_total_is_shared_among_the_classes_to_the_last_yuan(total: int) -> None:
    assert sum(UnitCosts(400, 200, 200, "").split(total)) == total


def test_an_estimate_rounds_each_class_to_the_yuan() -> None:
    assert UnitCosts(400, 200, 200, "").estimate(12_345) == (49_380, 24_690, 24_690)


def test_a_silent_document_plans_by_the_window_of_the_level_it_rests_on() -> None:
    plan = planned(listed("a", {"in_urban_area": False}), listed("b", {}), pack="anhui-anqing-2022")
    assert (plan.ids("out"), plan.ids("undetermined")) == (["a"], ["b"])
    assert plan.firm.instance.compounds == ()
    assert plan.survey

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.deciding import outcome_on
from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.explaining import shown
from gongdi.core.policy.flipping import flips
from gongdi.core.policy.inputs import contradicts
from gongdi.core.policy.vocabulary import Kind
from gongdi.exchange.packfiles import load_library
from tests.support.facts import cases

LIBRARY = load_library()
JIANGBEI, ON = "zhejiang-ningbo-jiangbei-2020", date(2021, 6, 1)
IN = {
    "delivered_on": "1996-05-01",
    "compound_kind": "compound",
    "land_ownership": "state",
    "in_shantytown_plan": False,
    "expropriation_planned": False,
}


def found(decision: str, facts: dict[str, Any], pack: str = JIANGBEI) -> dict[tuple[str, str], str | None]:
    answer = decide(LIBRARY, Question("", pack, decision, ON, facts))
    assert isinstance(answer, Answer)
    table = LIBRARY.packs[pack].tables[decision]
    return {
        (flip.fact.name, flip.outcome): shown(flip.fact, flip.then) for flip in flips(answer, table, LIBRARY.vocabulary)
    }


def test_one_plan_or_another_kind_of_land_takes_a_compound_out() -> None:
    changed = found("scope", {**IN, "function_incomplete": False})
    assert changed["in_shantytown_plan", "out"] == "是"
    assert changed["land_ownership", "out"] == "集体"
    assert changed["delivered_on", "out"] == "2001-01-01"


def test_a_day_that_is_not_known_is_told_by_the_bound_itself() -> None:
    unknown = {name: value for name, value in IN.items() if name != "delivered_on"}
    changed = found("scope", {**unknown, "function_incomplete": False})
    assert changed["delivered_on", "in"] == "2000-12-31"
    assert changed["delivered_on", "out"] == "2001-01-01"


def test_a_list_that_is_not_known_is_told_by_nothing_and_by_what_the_document_writes() -> None:
    changed = found("acceptance_parties", {})
    assert changed["parties_present", "incomplete"] == "无"
    assert changed["parties_present", "complete"] == "街道、设计单位、施工单位、监理单位、业主方"


def test_money_flips_at_the_last_fen() -> None:
    facts = {"owner_money_yuan": "40.00", "social_money_yuan": "0", "total_investment_yuan": "1000.00"}
    changed = found("owner_minimum_share", facts)
    assert changed["owner_money_yuan", "met"] == "50.00 元"
    assert changed["total_investment_yuan", "met"] == "800.00 元"


def test_heads_flip_at_the_next_owner() -> None:
    facts = {"owners_total": 300, "owners_agreeing": 199, "area_total_m2": 300, "area_agreeing_m2": 200}
    assert found("wish_vote", facts)["owners_agreeing", "pass"] == "200"


def test_a_date_flips_at_the_cut_off_year_that_the_asker_gives() -> None:
    pack, on = LIBRARY.packs["anhui-2022"], date(2022, 12, 6)
    table = pack.tables["scope"]
    facts: dict[str, Any] = {fact.name: True for fact in table.reads if fact.kind is Kind.BOOL}
    facts |= {"parameter:scope_main_cutoff_year": 2000, "parameter:scope_second_cutoff_year": 2005}
    answer = decide(LIBRARY, Question("", "anhui-2022", "scope", on, {**facts, "completed_on": "2003-06-01"}))
    assert isinstance(answer, Answer)
    found_days = {
        flip.outcome: shown(flip.fact, flip.then)
        for flip in flips(answer, table, LIBRARY.vocabulary)
        if isinstance(flip.then, Span)
    }
    assert found_days == {"in": "2000-12-31", "out": "2006-01-01"}


def test_a_flip_never_asks_for_more_owners_than_there_are() -> None:
    facts = {"owners_total": 300, "owners_agreeing": 150, "area_total_m2": 300, "area_agreeing_m2": 150}
    assert found("wish_vote", facts) == {}
    assert found("wish_vote", {**facts, "area_agreeing_m2": 200}) == {
        ("owners_agreeing", "pass"): "200",
        ("owners_total", "pass"): "225",
    }


def test_a_number_that_is_not_known_flips_at_the_least_that_is_enough() -> None:
    facts = {"owners_total": 300, "area_total_m2": 300, "area_agreeing_m2": 200}
    changed = {flip: value for flip, value in found("wish_vote", facts).items() if flip[0] == "owners_agreeing"}
    assert changed == {("owners_agreeing", "fail"): "0", ("owners_agreeing", "pass"): "200"}


def test_three_specials_together_never_exceed_the_account_in_a_flip() -> None:
    facts = {"final_account_verified": False, "final_account_yuan": 100, "lift_renewal_yuan": 60}
    changed = found("fiscal_split", {**facts, "lift_addition_yuan": 0, "danger_relief_yuan": 0})
    assert changed == {("final_account_verified", "computed"): "是"}


def test_what_is_not_regulated_has_nothing_to_flip() -> None:
    assert found("fund_for_item", {"fund": "provident_fund"}) == {}


@pytest.mark.parametrize("slug", list(LIBRARY.packs))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_flip_gives_the_outcome_that_it_promises(slug: str, data: Any) -> None:
    name = data.draw(st.sampled_from(list(LIBRARY.packs[slug].tables)))
    table = LIBRARY.packs[slug].tables[name]
    answer = decide(LIBRARY, Question("", slug, name, ON, data.draw(cases(table))))
    if not isinstance(answer, Answer):
        return
    for flip in flips(answer, table, LIBRARY.vocabulary):
        assert flip.outcome != answer.outcome
        assert not contradicts({**answer.facts, flip.fact.name: flip.then}, flip.fact.name, LIBRARY.vocabulary)
        assert outcome_on(table, {**answer.facts, flip.fact.name: flip.then}, ON) == flip.outcome

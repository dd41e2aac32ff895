from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.candidates import candidates
from gongdi.core.policy.deciding import outcome_on
from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Kind
from gongdi.engines.polars_tables import facts_frame
from gongdi.engines.survey_list import COUNT, SurveyNeed, _column_of, _distinct, _unknown, survey_list
from gongdi.exchange.packfiles import load_library
from tests.support.facts import cases

LIBRARY = load_library()
PACK, ON = "henan-zhumadian-2021", date(2021, 6, 1)
CORE = {
    "upkeep_neglected": True,
    "municipal_facilities_incomplete": True,
    "service_facilities_incomplete": True,
    "structure_safe": True,
    "suited_to_rebuild": False,
    "resident_will_strong": True,
    "rebuild_planned": False,
    "compound_kind": "compound",
}


def needs(*given_cases: dict[str, object]):  # type: ignore[no-untyped-def]
    table = LIBRARY.packs[PACK].tables["scope"]
    frame, _ = facts_frame(table, given_cases, ON, LIBRARY.vocabulary)
    return survey_list(LIBRARY, PACK, "scope", frame, ON)


def test_the_fact_that_settles_most_compounds_comes_first() -> None:
    listed = needs(
        {**CORE, "completed_on": "1990-01-01"},
        {**CORE, "completed_on": "1991-01-01"},
        {**CORE, "in_shantytown_plan": False},
    )
    assert [need.fact for need in listed] == ["in_shantytown_plan", "completed_on"]
    assert [need.settles for need in listed] == [2, 1]
    assert [need.settled_so_far for need in listed] == [2, 3]


def test_a_compound_of_which_only_the_name_is_known_may_be_settled_by_its_date_alone() -> None:
    listed = {need.fact: need for need in needs({}, {})}
    assert listed["completed_on"].may_settle == 2
    assert listed["completed_on"].settles == 0
    assert listed["structure_safe"].may_settle == 0


def test_nothing_is_to_be_surveyed_when_every_compound_is_decided() -> None:
    assert needs({**CORE, "in_shantytown_plan": True}) == []


ANHUI = "anhui-2022"
CUTOFFS: dict[str, object] = {"parameter:scope_main_cutoff_year": 2000, "parameter:scope_second_cutoff_year": 2005}


def anhui_needs(case: dict[str, object]) -> dict[str, SurveyNeed]:
    table, on = LIBRARY.packs[ANHUI].tables["scope"], date(2022, 12, 6)
    core = {fact.name: True for fact in table.reads if fact.kind is Kind.BOOL and fact.name != "local_conditions_met"}
    frame, faults = facts_frame(table, [{**core, **case}], on, LIBRARY.vocabulary)
    assert not faults
    return {need.fact: need for need in survey_list(LIBRARY, ANHUI, "scope", frame, on)}


def test_a_date_between_two_cut_off_years_that_still_leaves_a_question_does_not_settle() -> None:
    need = anhui_needs(CUTOFFS)["completed_on"]
    assert (need.settles, need.may_settle) == (0, 1)


def test_a_masked_year_is_tried_as_a_year() -> None:
    need = anhui_needs({"completed_on": "1995-05-01"})["parameter:scope_main_cutoff_year"]
    assert (need.settles, need.may_settle) == (0, 1)


def test_an_event_that_is_known_not_to_have_happened_is_not_surveyed_again() -> None:
    fact = LIBRARY.vocabulary.facts["all_done_on"]
    frame = pl.DataFrame(
        {"all_done_on": [None, None, date(2021, 5, 1)], "all_done_on__none": [True, None, False]},
        schema={"all_done_on": pl.Date, "all_done_on__none": pl.Boolean},
    )
    assert _unknown(frame, fact).to_list() == [False, True, False]
    day = date(2022, 1, 1)
    tried = _column_of(fact, (Span(day, day), NEVER))
    assert tried.rows() == [(day, False), (None, True)]


def test_many_compounds_of_which_the_same_is_known_are_one_row() -> None:
    table = LIBRARY.packs[PACK].tables["content_order"]
    alike = {"selected_items": ["greening", "parking"], "needed_basic_items": []}
    known = [alike, {"selected_items": ["greening"]}, alike, {}, alike]
    frame, _ = facts_frame(table, known, ON, LIBRARY.vocabulary)
    assert sorted(_distinct(frame, table)[COUNT].to_list()) == [1, 1, 3]


LISTED = ("scope", "support_tier", "priority_factors", "content_order", "deadline_status", "start_gate", "permits")
TABLES = [(slug, name) for slug, pack in LIBRARY.packs.items() for name in LISTED if name in pack.tables]


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_trying_values_on_all_compounds_at_once_gives_what_trying_them_one_by_one_gives(
    slug: str, decision: str, data: Any
) -> None:
    table, on = LIBRARY.packs[slug].tables[decision], date(2022, 12, 6)
    few = data.draw(st.lists(cases(table), min_size=1, max_size=4))
    many = [few[at] for at in data.draw(st.lists(st.integers(0, len(few) - 1), min_size=1, max_size=9))]
    frame, _ = facts_frame(table, many, on, LIBRARY.vocabulary)
    found = {
        need.fact: (need.compounds, need.settles, need.may_settle)
        for need in survey_list(LIBRARY, slug, decision, frame, on)
    }
    assert found == one_by_one(table, slug, many, on)


def one_by_one(table: Table, slug: str, given_cases: list[dict[str, Any]], on: date) -> dict[str, tuple[int, int, int]]:
    """The same counts by the single-case engine: each value of each missing fact tried on each compound alone."""
    facts = {fact.name: fact for fact in table.reads}
    answers = [decide(LIBRARY, Question("", slug, table.decision.name, on, each)) for each in given_cases]
    open_answers = [each for each in answers if isinstance(each, Answer) and each.outcome == "undetermined"]
    years = {
        value
        for each in open_answers
        for name, value in each.facts.items()
        if name in facts and facts[name].kind is Kind.YEAR
    }
    counted: dict[str, tuple[int, int, int]] = {}
    for name in {name for each in open_answers for name in each.missing}:
        never = (NEVER,) if facts[name].kind is Kind.EVENT else ()
        values = (*candidates(table, facts[name], years), *never)
        settled = [
            [outcome_on(table, {**each.facts, name: value}, on) != "undetermined" for value in values]
            for each in open_answers
            if vague(each.facts.get(name))
        ]
        lacking = sum(name in each.missing for each in open_answers)
        every, some = (sum(bool(row) and test(row) for row in settled) for test in (all, any))
        counted[name] = (lacking, every, some)
    return counted


def vague(value: Any) -> bool:
    return value is None or (isinstance(value, Span) and not value.exact)

from datetime import date

import polars as pl

from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.vocabulary import Kind
from gongdi.engines.polars_tables import facts_frame
from gongdi.engines.survey_list import SurveyNeed, _unknown, _with_value, survey_list
from gongdi.exchange.packfiles import load_library

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


def needs(*cases: dict[str, object]):  # type: ignore[no-untyped-def]
    table = LIBRARY.packs[PACK].tables["scope"]
    frame, _ = facts_frame(table, cases, ON, LIBRARY.vocabulary)
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
    filled = _with_value(frame, fact, Span(day, day))
    assert filled["all_done_on"].to_list() == [None, day, date(2021, 5, 1)]
    assert filled["all_done_on__none"].to_list() == [True, False, False]
    assert _with_value(frame, fact, NEVER)["all_done_on__none"].to_list() == [True, True, False]

from datetime import date

from gongdi.engines.polars_tables import facts_frame
from gongdi.engines.survey_list import survey_list
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

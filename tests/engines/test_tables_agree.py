from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.expressions import Call, Reference, Type
from gongdi.core.policy.flipping import flips
from gongdi.core.policy.packs import Library, Table
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.core.values import format_hundredths
from gongdi.engines.polars_expressions import Compiler
from gongdi.engines.polars_tables import decide_table, facts_frame
from gongdi.exchange.packfiles import load_library
from tests.support.facts import ASKED_ON, cases
from tests.support.packs import read

LIBRARY = load_library()
ON = date(2022, 12, 6)
TABLES = [(slug, name) for slug, pack in LIBRARY.packs.items() for name in pack.tables]


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_table_decides_every_row_as_the_single_case_engine_does(slug: str, decision: str, data: Any) -> None:
    table = LIBRARY.packs[slug].tables[decision]
    given_facts, on = data.draw(st.lists(cases(table), min_size=1, max_size=20)), data.draw(ASKED_ON)
    answers = [decide(LIBRARY, Question("", slug, decision, on, facts)) for facts in given_facts]
    kept = [(facts, answer) for facts, answer in zip(given_facts, answers, strict=True) if isinstance(answer, Answer)]
    if not kept:
        return
    frame, faults = facts_frame(table, [facts for facts, _ in kept], on, LIBRARY.vocabulary)
    first_day = LIBRARY.packs[slug].document.first_day
    assert not faults or (first_day and on < first_day)  # before its first day a document reads nothing
    decided = decide_table(LIBRARY, slug, decision, frame, on).frame
    for (facts, answer), row in zip(kept, decided.iter_rows(named=True), strict=True):
        assert row["outcome"] == answer.outcome, facts
        assert set(row["missing"]) == set(answer.missing), facts


def as_json(fact: Fact, value: Any) -> Any:
    """A value that predicates compare, as it is given."""
    if isinstance(value, Span):
        return value.first.isoformat()
    if fact.kind in (Kind.YUAN, Kind.M2):
        return format_hundredths(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_engines_turn_at_the_same_day_fen_and_head(slug: str, decision: str, data: Any) -> None:
    """Where the single-case engine says that an answer turns, and one step before, the table says the same."""
    table = LIBRARY.packs[slug].tables[decision]
    facts = data.draw(cases(table))
    answer = decide(LIBRARY, Question("", slug, decision, ON, facts))
    if not isinstance(answer, Answer):
        return
    turned = [
        {**facts, flip.fact.name: as_json(flip.fact, value)}
        for flip in flips(answer, table, LIBRARY.vocabulary)
        for value in (flip.then, *((flip.then - 1, flip.then + 1) if type(flip.then) is int and flip.then else ()))
    ]
    answers = [decide(LIBRARY, Question("", slug, decision, ON, each)) for each in turned]
    kept = [(each, found) for each, found in zip(turned, answers, strict=True) if isinstance(found, Answer)]
    frame, _ = facts_frame(table, [each for each, _ in kept], ON, LIBRARY.vocabulary)
    outcomes = decide_table(LIBRARY, slug, decision, frame, ON, missing=False).frame["outcome"].to_list()
    assert outcomes == [found.outcome for _, found in kept]


def test_facts_that_contradict_each_other_are_unknown_in_a_table() -> None:
    table = LIBRARY.packs["cn"].tables["owners_vote"]
    counts = {"owners_total": 100, "owners_participating": 100}
    areas = {"area_total_m2": 100, "area_participating_m2": 100, "area_agreeing_m2": 90}
    given_facts = [{"matter": "ordinary", **counts, **areas, "owners_agreeing": agreeing} for agreeing in (150, 90)]
    frame, faults = facts_frame(table, given_facts, ON, LIBRARY.vocabulary)
    assert {(number, fault.code) for number, fault in faults} == {(0, "impossible")}
    assert frame["owners_agreeing"].to_list() == [None, 90]
    outcomes = decide_table(LIBRARY, "cn", "owners_vote", frame, ON).frame["outcome"].to_list()
    assert outcomes == ["undetermined", "pass"]


def test_a_month_day_that_a_year_lacks_is_the_last_day_of_the_month() -> None:
    compiler = Compiler(frozenset(("year", "day")), ON)
    year, bound = Fact("year", Kind.YEAR, "年", "year"), Fact("day", Kind.MONTH_DAY, "日", "day")
    made = Call("date_in_year", (Reference(year, Type.NUMBER), Reference(bound, Type.MONTH_DAY)), Type.DATE)
    frame = pl.DataFrame(
        {"year": [2023, 2024, 2023, None, 2023], "day": [229, 229, 731, 229, None]},
        schema={"year": pl.Int64, "day": pl.Int64},
    )
    days = frame.select(made=compiler.expression(made))["made"].to_list()
    assert days == [date(2023, 2, 28), date(2024, 2, 29), date(2023, 7, 31), None, None]


def one_table(decision: str, *rows: dict[str, str]) -> tuple[Library, Table]:
    pack, faults = read(decision, *rows)
    assert pack is not None, faults
    return Library(LIBRARY.vocabulary, {pack.slug: pack}), pack.tables[decision]


@pytest.mark.parametrize("count", [253, 254, 255, 300])
def test_a_table_of_hundreds_of_rows_names_the_right_one(count: int) -> None:
    rows = [
        {"id": f"n{n}", "when": f"owners_total = {n}", "outcome": "fail" if n == count else "pass"}
        for n in range(1, count + 1)
    ]
    library, table = one_table("wish_vote", *rows)
    given_facts = [{"owners_total": n} for n in (1, 253, 254, 255, 256, count, count + 1)] + [{}]
    frame, _ = facts_frame(table, given_facts, ON, library.vocabulary)
    decided = decide_table(library, "test-1999", "wish_vote", frame, ON, missing=False).frame
    for facts, row in zip(given_facts, decided.iter_rows(named=True), strict=True):
        answer = decide(library, Question("", "test-1999", "wish_vote", ON, facts))
        assert isinstance(answer, Answer)
        deciding = next((clause.row.id for clause in answer.clauses if clause.decided), None)
        assert (row["outcome"], row["clause"]) == (answer.outcome, deciding)


def test_a_table_with_no_row_in_force_asks_for_the_selector_first_as_a_single_case_does() -> None:
    library, table = one_table(
        "fund_for_item", {"when": "fund = 'fiscal'", "outcome": "allowed", "until": "2020-12-31"}
    )
    frame, _ = facts_frame(table, [{}, {"fund": "fiscal"}], ON, library.vocabulary)
    decided = decide_table(library, "test-1999", "fund_for_item", frame, ON).frame
    assert decided.rows() == [("undetermined", None, ["fund"]), ("not_regulated", None, [])]
    single = decide(library, Question("", "test-1999", "fund_for_item", ON, {}))
    assert isinstance(single, Answer)
    assert (single.outcome, single.missing) == ("undetermined", ("fund",))


def test_two_ways_to_one_outcome_leave_the_same_facts_missing_in_a_table_as_in_a_single_case() -> None:
    library, table = one_table(
        "scope",
        {"when": "in_shantytown_plan", "outcome": "out"},
        {"when": "upkeep_neglected", "outcome": "in"},
        {"when": "rebuild_planned", "outcome": "optional"},
        {"when": "resident_will_strong", "outcome": "in"},
        {"when": "structure_safe", "outcome": "in"},
        {"when": "TRUE", "outcome": "out"},
    )
    names = ("in_shantytown_plan", "upkeep_neglected", "rebuild_planned", "resident_will_strong", "structure_safe")
    every = [dict(zip(names, known, strict=True)) for known in product((None, False, True), repeat=len(names))]
    frame, _ = facts_frame(table, every, ON, library.vocabulary)
    decided = decide_table(library, "test-1999", "scope", frame, ON).frame
    for facts, row in zip(every, decided.iter_rows(named=True), strict=True):
        answer = decide(library, Question("", "test-1999", "scope", ON, facts))
        assert isinstance(answer, Answer)
        assert (row["outcome"], set(row["missing"])) == (answer.outcome, set(answer.missing)), facts


def test_a_period_of_more_months_than_any_calendar_has_leaves_the_day_unknown() -> None:
    library, table = one_table(
        "wish_vote",
        {"when": "as_of <= add_months(completed_on, owners_total)", "outcome": "pass"},
        {"when": "TRUE", "outcome": "fail"},
    )
    given_facts = [{"completed_on": "2000-01-31", "owners_total": n} for n in (1, 4800, 4801, 10**12)]
    frame, _ = facts_frame(table, given_facts, ON, library.vocabulary)
    decided = decide_table(library, "test-1999", "wish_vote", frame, ON, missing=False).frame
    answers = [decide(library, Question("", "test-1999", "wish_vote", ON, facts)) for facts in given_facts]
    assert [each.outcome for each in answers if isinstance(each, Answer)] == decided["outcome"].to_list()
    assert decided["outcome"].to_list() == ["fail", "pass", "undetermined", "undetermined"]

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.expressions import Call, Reference, Type
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.engines.polars_expressions import Compiler
from gongdi.engines.polars_tables import decide_table, facts_frame
from gongdi.exchange.packfiles import load_library
from tests.support.facts import cases

LIBRARY = load_library()
ON = date(2022, 12, 6)
TABLES = [(slug, name) for slug, pack in LIBRARY.packs.items() for name in pack.tables]


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_table_decides_every_row_as_the_single_case_engine_does(slug: str, decision: str, data: Any) -> None:
    table = LIBRARY.packs[slug].tables[decision]
    given_facts = data.draw(st.lists(cases(table), min_size=1, max_size=20))
    answers = [decide(LIBRARY, Question("", slug, decision, ON, facts)) for facts in given_facts]
    kept = [(facts, answer) for facts, answer in zip(given_facts, answers, strict=True) if isinstance(answer, Answer)]
    if not kept:
        return
    frame, faults = facts_frame(table, [facts for facts, _ in kept], ON, LIBRARY.vocabulary)
    assert not faults
    decided = decide_table(LIBRARY, slug, decision, frame, ON).frame
    for (facts, answer), row in zip(kept, decided.iter_rows(named=True), strict=True):
        assert row["outcome"] == answer.outcome, facts
        assert set(row["missing"]) == set(answer.missing), facts


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

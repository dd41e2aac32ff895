from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
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

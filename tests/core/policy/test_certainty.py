"""What must always hold: knowing more never unsettles an answer, knowing less never gives another certain one."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Kind
from gongdi.exchange.packfiles import load_library
from tests.support.facts import ASKED_ON, cases, values

LIBRARY = load_library()
TABLES = [(slug, name) for slug, pack in LIBRARY.packs.items() for name in pack.tables]
OPEN = "undetermined"


def answered(slug: str, decision: str, facts: dict[str, Any], on: date) -> Answer:
    found = decide(LIBRARY, Question("", slug, decision, on, facts))
    assume(isinstance(found, Answer))
    assert isinstance(found, Answer)
    return found


def removable(table: Table, facts: dict[str, Any]) -> list[str]:
    """Facts whose absence only means not knowing: no options, selectors or defaults, no day that corrects its year."""
    meaning = {fact.name for fact in table.reads if fact.kind is Kind.OPTION or fact.default is not None}
    dated = {fact.name for fact in table.reads if fact.year_fact in facts and fact.year_fact}
    return [name for name in facts if name not in meaning | dated | set(table.selectors)]


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_taking_a_fact_away_never_gives_another_certain_answer(slug: str, decision: str, data: Any) -> None:
    table = LIBRARY.packs[slug].tables[decision]
    facts = data.draw(cases(table))
    names, on = removable(table, facts), data.draw(ASKED_ON)
    whole = answered(slug, decision, facts, on)
    for name in names:
        less = answered(slug, decision, {key: value for key, value in facts.items() if key != name}, on)
        assert less.outcome in (OPEN, whole.outcome)
        assert less.outcome != OPEN or less.missing
        if whole.outcome == OPEN:
            assert less.outcome == OPEN


@pytest.mark.parametrize(("slug", "decision"), TABLES)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_finding_out_all_that_is_missing_leaves_less_missing(slug: str, decision: str, data: Any) -> None:
    table = LIBRARY.packs[slug].tables[decision]
    facts, on = data.draw(cases(table)), data.draw(ASKED_ON)
    before = answered(slug, decision, facts, on)
    assert (before.outcome == OPEN) == bool(before.missing)
    known = {fact.name: data.draw(values(fact)) for fact in table.reads if fact.name in before.missing}
    after = answered(slug, decision, {**facts, **known}, on)
    assert not set(before.missing) & set(after.missing)
    if before.outcome != OPEN:
        assert after.outcome == before.outcome

"""The engine against a second, plain reading of its contract: every outcome has one three-valued formula.

The formula of an outcome is read off the table from the last row up: a row with that outcome adds "or its condition",
a row with another adds "and not its condition". What is missing is the union, over the formulas that are unknown, of
their unknown parts; a part that is certain adds nothing.
"""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED
from tests.support.packs import answer

FACTS = ("upkeep_neglected", "resident_will_strong", "structure_safe", "in_urban_area", "repairable")
Formula = tuple[bool | None, frozenset[str]]
"""A truth value, None when unknown, and the facts for lack of which it is."""
NEVER: Formula = (False, frozenset())


def negated(part: Formula) -> Formula:
    return (None if part[0] is None else not part[0], part[1])


def both(*parts: Formula) -> Formula:
    if any(value is False for value, _ in parts):
        return NEVER
    lacking = [names for value, names in parts if value is None]
    return (None if lacking else True, frozenset().union(*lacking))


def either(*parts: Formula) -> Formula:
    return negated(both(*map(negated, parts)))


Condition = tuple[str, tuple[str, ...]]
CONDITIONS: st.SearchStrategy[Condition] = st.tuples(
    st.sampled_from(("AND", "OR")), st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique=True).map(tuple)
)
ROWS = st.lists(st.tuples(CONDITIONS, st.sampled_from(("in", "optional", "out"))), min_size=1, max_size=7)
LAST = st.sampled_from(([], [(("AND", ()), "out")], [(("AND", ()), NOT_REGULATED)]))
"""Nothing, or what is said of all the rest."""
KNOWN = st.dictionaries(st.sampled_from(FACTS), st.booleans())


def value_of(condition: Condition, facts: dict[str, bool]) -> Formula:
    word, names = condition
    parts = [(facts.get(name), frozenset(() if name in facts else (name,))) for name in names]
    return both(*parts) if word == "AND" else either(*parts)


def by_formulas(rows: Sequence[tuple[Condition, str]], facts: dict[str, bool]) -> tuple[str, set[str]]:
    """The outcome and what is missing, by the formula of each outcome; where no row applies, nothing is regulated."""
    read = [(value_of(condition, facts), outcome) for condition, outcome in rows]
    formulas = {outcome: NEVER for _, outcome in rows} | {NOT_REGULATED: negated(NEVER)}
    for when, said in reversed(read):
        for outcome, rest in formulas.items():
            formulas[outcome] = either(when, rest) if outcome == said else both(negated(when), rest)
    sure = [outcome for outcome, (value, _) in formulas.items() if value]
    lacking = [names for value, names in formulas.values() if value is None]
    return (sure[0], set()) if sure else (UNDETERMINED, set().union(*lacking))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=ROWS, last=LAST, facts=KNOWN)
def test_outcome_and_missing_are_those_of_the_formulas(first: Any, last: Any, facts: dict[str, bool]) -> None:
    rows = [*first, *last]
    table = [{"when": f" {word} ".join(names) or "TRUE", "outcome": outcome} for (word, names), outcome in rows]
    found = answer("scope", facts, *table)
    assert (found.outcome, set(found.missing)) == by_formulas(rows, facts)

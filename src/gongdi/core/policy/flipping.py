"""What would change an answer (改判条件): for each fact alone, the smallest change with another certain outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gongdi.core.policy.candidates import candidates, ends
from gongdi.core.policy.deciding import Answer, outcome_on
from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.expressions import references
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED, Fact, Kind

_NUMBERS = (Kind.YEAR, Kind.COUNT, Kind.YUAN, Kind.M2)


@dataclass(frozen=True, slots=True)
class Flip:
    """One fact that, changed alone, changes the answer: what it is now (None: unknown), what it would have to be."""

    fact: Fact
    now: Any
    then: Any
    outcome: str


def flips(answer: Answer, table: Table) -> list[Flip]:
    """For each fact that predicates read, the nearest value with another certain outcome; one flip a fact and outcome.

    Selectors and parameters are left as they are: they are part of the question. Numbers are searched between the
    value and the ends, taking the first crossing, which is the only one where a rule asks for enough or not too much.
    """
    if answer.outcome == NOT_REGULATED:
        return []
    read = {name: fact for row in table.rows for name, fact in references(row.when).items()}
    asked = (*table.selectors, "as_of")
    facts = [fact for name, fact in read.items() if name not in asked and not name.startswith("parameter:")]
    return [flip for fact in facts for flip in _flips_of(answer, table, fact)]


def _flips_of(answer: Answer, table: Table, fact: Fact) -> Iterable[Flip]:
    now = answer.facts.get(fact.name)

    def outcome(value: Any) -> str:
        return outcome_on(table, {**answer.facts, fact.name: value}, answer.on)

    if fact.kind in _NUMBERS and isinstance(now, int):
        crossings = (_crossing(now, end, outcome) for end in ends(fact))
        tried: Iterable[Any] = [value for value in crossings if value is not None]
    elif fact.kind is Kind.LIST:
        tried = _lists(fact, now)
    else:
        tried = sorted(candidates(table, fact, _years(answer, table)), key=lambda value: _distance(now, value))
    seen = {answer.outcome, UNDETERMINED, NOT_REGULATED}
    for value in tried:
        found = outcome(value)
        if value != now and found not in seen:
            seen.add(found)
            yield Flip(fact, now, value, found)


def _years(answer: Answer, table: Table) -> Iterable[int]:
    """The years that the answer knows."""
    known = (answer.facts.get(fact.name) for fact in table.reads if fact.kind is Kind.YEAR)
    return [year for year in known if isinstance(year, int)]


def _crossing(now: int, end: int, outcome: Callable[[Any], str]) -> int | None:
    """The value nearest to `now`, on the way to `end`, with the outcome of the end; None when nothing changes."""
    at, far, wanted = now, end, outcome(end)
    if outcome(now) == wanted:
        return None
    while abs(far - at) > 1:
        middle = (at + far) // 2
        if outcome(middle) == wanted:
            far = middle
        else:
            at = middle
    return far


def _lists(fact: Fact, now: Any) -> Iterable[tuple[str, ...]]:
    """The list with one word more or less."""
    known: tuple[str, ...] = now or ()
    yield from (tuple(word for word in known if word != left) for left in known)
    yield from ((*known, word) for word in fact.labels if word not in known)


def _distance(now: Any, value: Any) -> tuple[int, str]:
    """How far a value is from what is known; days count, everything else is equally far."""
    if isinstance(now, Span) and isinstance(value, Span):
        return abs((value.first - now.first).days), value.first.isoformat()
    return 0, ""

"""What would change an answer (改判条件): for each fact alone, the smallest change with another certain outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gongdi.core.policy.candidates import candidates, ends
from gongdi.core.policy.deciding import Answer, outcome_on
from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.expressions import Literal, references, walk
from gongdi.core.policy.inputs import contradicts
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED, Fact, Kind, Vocabulary

_NUMBERS = (Kind.YEAR, Kind.COUNT, Kind.YUAN, Kind.M2)


@dataclass(frozen=True, slots=True)
class Flip:
    """One fact that, changed alone, changes the answer: what it is now (None: unknown), what it would have to be."""

    fact: Fact
    now: Any
    then: Any
    outcome: str


def flips(answer: Answer, table: Table, vocabulary: Vocabulary) -> list[Flip]:
    """For each fact that predicates read, the nearest value with another certain outcome; one flip a fact and outcome.

    Selectors and parameters are left as they are: they are part of the question. A value that contradicts the other
    known facts is never offered. Numbers are searched between the value and the ends that are possible, taking the
    first crossing, which is the only one where a rule asks for enough or not too much; a number that is not known is
    searched from its least possible value.
    """
    if answer.outcome == NOT_REGULATED:
        return []
    read = {name: fact for row in table.rows for name, fact in references(row.when).items()}
    asked = (*table.selectors, "as_of")
    facts = [fact for name, fact in read.items() if name not in asked and not name.startswith("parameter:")]
    return [flip for fact in facts for flip in _flips_of(answer, table, fact, vocabulary)]


def _flips_of(answer: Answer, table: Table, fact: Fact, vocabulary: Vocabulary) -> Iterable[Flip]:
    now = answer.facts.get(fact.name)

    def outcome(value: Any) -> str:
        return outcome_on(table, {**answer.facts, fact.name: value}, answer.on)

    def possible(value: Any) -> bool:
        return not contradicts({**answer.facts, fact.name: value}, fact.name, vocabulary)

    tried: Iterable[Any]
    if fact.kind is Kind.LIST:
        tried = _lists(fact, now) if now is not None else _written_lists(table, fact)
    elif fact.kind in _NUMBERS and (isinstance(now, int) or fact.kind is not Kind.YEAR):
        tried = _numbers(answer, fact, outcome, possible)
    else:
        tried = sorted(candidates(table, fact, _years(answer, table)), key=lambda value: _distance(now, value))
    seen = {answer.outcome, UNDETERMINED, NOT_REGULATED}
    for value in tried:
        found = outcome(value)
        if value != now and found not in seen and possible(value):
            seen.add(found)
            yield Flip(fact, now, value, found)


def _numbers(
    answer: Answer, fact: Fact, outcome: Callable[[Any], str], possible: Callable[[Any], bool]
) -> Iterator[int]:
    """The numbers worth trying: where the outcome turns, from what is known towards each end that is possible."""
    now = answer.facts.get(fact.name)
    known = (value for value in answer.facts.values() if isinstance(value, int) and not isinstance(value, bool))
    anchors = sorted(value for value in {*ends(fact), *known} if possible(value))
    if not isinstance(now, int) and not anchors:
        return
    start = now if isinstance(now, int) else anchors[0]
    if start != now:
        yield start
    for end in ends(fact):
        far = end if possible(end) else _nearest(end, start, possible)
        wanted = outcome(far)
        if outcome(start) != wanted:
            yield _nearest(start, far, lambda value, wanted=wanted: outcome(value) == wanted)  # type: ignore[misc]


def _nearest(start: int, end: int, holds: Callable[[int], bool]) -> int:
    """The value nearest to `start` on the way to `end` for which it holds; it holds at the end, not at the start."""
    at, far = start, end
    while abs(far - at) > 1:
        middle = (at + far) // 2
        if holds(middle):
            far = middle
        else:
            at = middle
    return far


def _years(answer: Answer, table: Table) -> Iterable[int]:
    """The years that the answer knows."""
    known = (answer.facts.get(fact.name) for fact in table.reads if fact.kind is Kind.YEAR)
    return [year for year in known if isinstance(year, int)]


def _lists(fact: Fact, now: Any) -> Iterable[tuple[str, ...]]:
    """The list with one word more or less."""
    known: tuple[str, ...] = now or ()
    yield from (tuple(word for word in known if word != left) for left in known)
    yield from ((*known, word) for word in fact.labels if word not in known)


def _written_lists(table: Table, fact: Fact) -> Iterable[tuple[str, ...]]:
    """For a list not known: nothing at all, then the lists that the table itself writes out of its words."""
    yield ()
    for row in table.rows:
        for part in walk(row.when):
            if isinstance(part, Literal) and isinstance(part.value, tuple) and set(part.value) <= set(fact.labels):
                yield tuple(map(str, part.value))


def _distance(now: Any, value: Any) -> tuple[int, str]:
    """How far a value is from what is known; days count, everything else is equally far."""
    if isinstance(now, Span) and isinstance(value, Span):
        return abs((value.first - now.first).days), value.first.isoformat()
    return 0, ""

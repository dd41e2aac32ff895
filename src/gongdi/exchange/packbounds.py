"""Bounds that worked cases leave untried (界限): whether a case stands on either side of each, at the bound itself.

A case stands at a bound when the smallest change of one fact that the comparison reads (a day, an owner, a fen,
0.01 m2, a word of a list) takes it to the other side: "exactly reached" on one side, "just missed" on the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from gongdi.core.policy.deciding import Answer
from gongdi.core.policy.evaluation import Span, compiled
from gongdi.core.policy.expressions import Comparison, references, walk
from gongdi.core.policy.inputs import contradicts
from gongdi.core.policy.packs import PackFault, Row, Table
from gongdi.core.policy.rendering import to_chinese, to_sql
from gongdi.core.policy.vocabulary import Fact, Vocabulary

ORDERED = ("<", "<=", ">", ">=")
WORDS = {True: "恰好成立", False: "差一点、恰好不成立"}


def untried_bounds(place: str, table: Table, answers: Iterable[Answer], vocabulary: Vocabulary) -> Iterator[PackFault]:
    """The bounds of a table that its cases do not try from both sides; a side that cannot be is not asked for."""
    taken = list(answers)
    for row in table.rows:
        if not row.outcome:
            continue
        for bound in _bounds(row):
            tried = _tried(bound, (each for each in taken if each.on in row.in_force), vocabulary)
            for side in (True, False):
                if side not in tried:
                    told = f"行“{row.id}”的界限“{to_chinese(bound)}”没有{WORDS[side]}的示例"
                    yield PackFault(
                        place, 0, "", told, "界限两边各写一题：恰好达到一题，差一点（差一人、差一分、差一天）一题"
                    )


def _bounds(row: Row) -> Iterable[Comparison]:
    ordered = (part for part in walk(row.when) if isinstance(part, Comparison) and part.operator in ORDERED)
    return {to_sql(part): part for part in ordered}.values()


def _tried(bound: Comparison, answers: Iterable[Answer], vocabulary: Vocabulary) -> set[bool]:
    """The sides on which a case stands at the bound itself, and those that contradict themselves there."""
    holds, found = compiled(bound), set[bool]()
    for answer in answers:
        side = holds(answer.facts)
        if side is None:
            continue
        for name, fact in references(bound).items():
            for value in _beside(fact, answer.facts.get(name)):
                moved = {**answer.facts, name: value}
                if holds(moved) is (not side):
                    found.add(side)
                    if contradicts(moved, name, vocabulary):
                        found.add(not side)
    return found


def _beside(fact: Fact, value: Any) -> Iterator[Any]:
    """The values next to a value."""
    if isinstance(value, Span) and value.exact:
        for step in (-1, 1):
            day = value.first + timedelta(days=step)
            yield Span(day, day)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (value - 1, value + 1)
    elif isinstance(value, tuple) and fact.labels:
        yield from (tuple(word for word in value if word != left) for left in value)
        yield from ((*value, word) for word in fact.labels if word not in value)

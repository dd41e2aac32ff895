"""Values that stand for all that a fact can be, as far as a table can tell them apart (代表值)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.expressions import Expression, Literal, Type, walk
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind

MOST = 10**13
"""A number larger than any in a question: fen or 0.01 m2, counts alike."""


def candidates(table: Table, fact: Fact) -> Sequence[Any]:
    """Values of a fact in the form that predicates compare: both truths, every word, days around each bound, ends."""
    if fact.kind in (Kind.BOOL, Kind.OPTION):
        return (True, False)
    if fact.kind is Kind.ENUM:
        return tuple(fact.labels)
    if fact.kind in (Kind.DATE, Kind.EVENT):
        return tuple(Span(day, day) for day in _days_to_try(table))
    if fact.kind in (Kind.YEAR, Kind.COUNT, Kind.YUAN, Kind.M2):
        return (0, MOST)
    return ()


def _days_to_try(table: Table) -> list[date]:
    bounds = sorted(set(_days(row.when for row in table.rows)))
    around = {day + timedelta(days=step) for day in bounds for step in (-1, 0, 1)}
    return sorted(around) or [date(1990, 1, 1)]


def _days(expressions: Iterable[Expression]) -> Iterator[date]:
    for expression in expressions:
        for part in walk(expression):
            if isinstance(part, Literal) and part.type is Type.DATE and isinstance(part.value, date):
                yield part.value

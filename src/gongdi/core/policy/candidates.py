"""Values that stand for all that a fact can be, as far as a table can tell them apart (代表值)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.expressions import Call, Expression, Literal, Reference, Type, walk
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind

MOST = 10**13
"""A number larger than any in a question: fen or 0.01 m2, counts alike."""
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2200, 12, 31)
"""The ends of the calendar that questions may use."""
_USUAL_YEARS = range(1949, 2031)


def candidates(table: Table, fact: Fact, years: Iterable[int] = ()) -> Sequence[Any]:
    """Values of a fact in the form that predicates compare: both truths, every word, days around each bound, ends.

    `years` are those that year facts and parameters are known to have; days that the table makes of them are bounds.
    """
    if fact.kind in (Kind.BOOL, Kind.OPTION):
        return (True, False)
    if fact.kind is Kind.ENUM:
        return tuple(fact.labels)
    if fact.kind in (Kind.DATE, Kind.EVENT):
        return tuple(Span(day, day) for day in _days_to_try(table, years))
    if fact.kind is Kind.YEAR:
        return (*_USUAL_YEARS, *ends(fact))
    if fact.kind in (Kind.COUNT, Kind.YUAN, Kind.M2):
        return ends(fact)
    return ()


def ends(fact: Fact) -> tuple[int, int]:
    """The least and the greatest that a number can be."""
    return (FIRST_DAY.year, LAST_DAY.year) if fact.kind is Kind.YEAR else (0, MOST)


def _days_to_try(table: Table, years: Iterable[int]) -> list[date]:
    """Each bound, the days beside the bounds, then the ends of the calendar: a bound is what a reader knows."""
    bounds = set(_bounds(table, {*years, *_default_years(table)}))
    beside = {day + timedelta(days=step) for day in bounds for step in (-1, 1)} - bounds
    inside = (day for days in (bounds, beside) for day in sorted(days) if FIRST_DAY < day < LAST_DAY)
    return [*inside, FIRST_DAY, LAST_DAY]


def _bounds(table: Table, years: Iterable[int]) -> Iterator[date]:
    """Days written in a table, days it makes of known years, and ends of usual years where it reckons otherwise."""
    for part in _parts(table):
        if isinstance(part, Literal) and part.type is Type.DATE and isinstance(part.value, date):
            yield part.value
        elif isinstance(part, Call) and part.type is Type.DATE:
            yield from _made(part, years)


def _made(call: Call, years: Iterable[int]) -> Iterator[date]:
    month_and_day = [part.value for part in call.arguments[1:] if isinstance(part, Literal)]
    if call.name == "make_date" and len(month_and_day) == 2:
        month, day = (int(str(number)) for number in month_and_day)
        yield from (date(year, month, min(day, monthrange(year, month)[1])) for year in years)
    else:
        yield from (date(year, 12, 31) for year in _USUAL_YEARS)


def _default_years(table: Table) -> Iterator[int]:
    for part in _parts(table):
        if isinstance(part, Reference) and part.fact.kind is Kind.YEAR and isinstance(part.fact.default, int):
            yield part.fact.default


def _parts(table: Table) -> Iterator[Expression]:
    return (part for row in table.rows for part in walk(row.when))

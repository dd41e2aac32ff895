"""Typed expressions as Polars expressions: the same three-valued logic over a whole table of cases.

A table holds one column a fact: money and areas as whole hundredths, dates as dates, events as a date column and a
boolean column `<name>__none`, words as text or Enum, lists of words as lists of text. A fact without a column is
unknown in every row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from gongdi.core.policy.expressions import (
    MOST_MONTHS,
    NONE_SUFFIX,
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Literal,
    Logic,
    Membership,
    Reference,
    Type,
    by_whole_years,
    children,
    scale_of,
    type_of,
)
from gongdi.core.policy.vocabulary import Fact, Kind

DTYPES: dict[Kind, pl.DataType] = {
    Kind.BOOL: pl.Boolean(),
    Kind.OPTION: pl.Boolean(),
    Kind.DATE: pl.Date(),
    Kind.EVENT: pl.Date(),
    Kind.YEAR: pl.Int64(),
    Kind.COUNT: pl.Int64(),
    Kind.YUAN: pl.Int64(),
    Kind.M2: pl.Int64(),
    Kind.ENUM: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.LIST: pl.List(pl.String()),
    Kind.MONTH_DAY: pl.Int64(),
}
"""The column type of each kind of fact, as it may come from anywhere; `column_type` is what Gongdi builds itself."""


def column_type(fact: Fact) -> pl.DataType:
    """The column type for a fact: words of a closed list as Enum, which compares numbers instead of text."""
    if fact.kind is Kind.ENUM and fact.labels:
        return pl.Enum(list(fact.labels))
    return DTYPES.get(fact.kind, pl.String())


def month_day_number(day: tuple[int, int]) -> int:
    """A day of the year as a column holds it: 7, 31 gives 731."""
    return day[0] * 100 + day[1]


class NotVectorisedError(Exception):
    """A function that the table engine does not run; the single-case engine does."""


@dataclass
class Compiler:
    """Compiles for one table's columns and one day; remembers what it has compiled."""

    columns: frozenset[str]
    as_of: date
    constants: dict[str, object] = field(default_factory=dict)
    """Facts and parameters that have one value for all rows."""
    _done: dict[Expression, pl.Expr] = field(default_factory=dict)

    def expression(self, node: Expression) -> pl.Expr:
        """A predicate, number, word or list as a Polars expression."""
        if node not in self._done:
            self._done[node] = self._compile(node)
        return self._done[node]

    def _compile(self, node: Expression) -> pl.Expr:
        match node:
            case Literal(value=value, type=Type.LIST):
                assert isinstance(value, tuple)
                return pl.lit(pl.Series([list(value)], dtype=pl.List(pl.String())))
            case Literal(value=value):
                return pl.lit(value)
            case Reference(fact=fact):
                return self.column(fact)
            case Logic(operator="NOT", parts=(part,)):
                return ~self.expression(part)
            case Logic(operator=word, parts=parts):
                return reduce(or_ if word == "OR" else and_, map(self.expression, parts))
            case Comparison():
                return self._comparison(node)
            case Membership(word=word, words=words):
                return self.expression(word).is_in(list(words))
            case Arithmetic():
                return self._arithmetic(node)
            case Call():
                return self._call(node)
        raise TypeError(f"no expression: {node!r}")

    def column(self, fact: Fact) -> pl.Expr:
        """A fact's column; a constant if it has one value; null if the table does not have it."""
        if fact.name == "as_of":
            return pl.lit(self.as_of)
        if fact.name in self.constants:
            return pl.lit(self.constants[fact.name])
        if fact.name in self.columns:
            return pl.col(fact.name)
        if fact.kind is Kind.OPTION:
            return pl.lit(False)
        if isinstance(fact.default, tuple):
            return pl.lit(month_day_number(fact.default))
        if fact.default is not None:
            return pl.lit(fact.default)
        return pl.lit(None, dtype=DTYPES.get(fact.kind, pl.String()))

    def bounds(self, node: Expression) -> tuple[pl.Expr, pl.Expr]:
        """The first and the last day on which a date may lie; the same expression when the day is known."""
        if isinstance(node, Reference) and node.fact.year_fact in self.columns and node.fact.year_fact:
            year, known = pl.col(node.fact.year_fact), self.column(node.fact)
            return pl.coalesce(known, pl.date(year, 1, 1)), pl.coalesce(known, pl.date(year, 12, 31))
        if isinstance(node, Call) and node.name == "add_months":
            count = self.expression(node.arguments[1])
            months = pl.when(count.abs() <= MOST_MONTHS).then(count)
            first, last = self.bounds(node.arguments[0])
            shift = pl.concat_str(months.cast(pl.String), pl.lit("mo"))
            return first.dt.offset_by(shift), last.dt.offset_by(shift)
        day = self.expression(node)
        return day, day

    def _comparison(self, node: Comparison) -> pl.Expr:
        kinds = {type_of(node.left), type_of(node.right)}
        if Type.EVENT in kinds:
            return self._event(node)
        if Type.DATE in kinds:
            return self._dates(node.operator, self.bounds(node.left), self.bounds(node.right))
        scale = max(scale_of(node.left), scale_of(node.right))
        return _COMPARE[node.operator](self._at(node.left, scale), self._at(node.right, scale))

    def _at(self, node: Expression, scale: int) -> pl.Expr:
        factor = 10 ** (scale - scale_of(node))
        if factor == 1:
            return self.expression(node)
        if isinstance(node, Literal) and isinstance(node.value, int):
            return pl.lit(node.value * factor, dtype=pl.Int64)
        return self.expression(node) * pl.lit(factor, dtype=pl.Int64)

    def _dates(self, word: str, one: tuple[pl.Expr, pl.Expr], other: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
        if word in (">", ">="):
            return self._dates("<" if word == ">" else "<=", other, one)
        if one[0] is one[1] and other[0] is other[1]:
            return _COMPARE[word](one[0], other[0])
        if word in ("<", "<="):
            sure, refuted = _COMPARE[word](one[1], other[0]), _COMPARE[word](one[0], other[1])
            return pl.when(sure).then(True).when(~refuted).then(False)
        apart = (one[1] < other[0]) | (other[1] < one[0])
        known = (one[0] == one[1]) & (other[0] == other[1])
        same: pl.Expr = pl.when(apart).then(False).when(known).then(one[0] == other[0])
        return ~same if word == "<>" else same

    def _event(self, node: Comparison) -> pl.Expr:
        """An event that has not happened is before and after no day; compared with 'none' it is true."""
        event, word, other = node.left, node.operator, node.right
        if type_of(event) is not Type.EVENT:
            event, word, other = node.right, _MIRRORED[word], node.left
        assert isinstance(event, Reference)
        name = event.fact.name + NONE_SUFFIX
        never = pl.col(name) if name in self.columns else pl.lit(False)
        known = self.column(event.fact).is_not_null()
        if type_of(other) is Type.TEXT:
            return pl.when(never).then(True).when(known).then(False)
        day = self.column(event.fact)
        return pl.when(never).then(False).otherwise(self._dates(word, (day, day), self.bounds(other)))

    def _arithmetic(self, node: Arithmetic) -> pl.Expr:
        if node.type is Type.RATIO:
            raise NotVectorisedError("/")
        if node.operator == "*":
            return self.expression(node.left) * self.expression(node.right)
        left, right = self._at(node.left, node.scale), self._at(node.right, node.scale)
        return left + right if node.operator == "+" else left - right

    def _call(self, node: Call) -> pl.Expr:
        if node.name not in _CALLS:
            raise NotVectorisedError(node.name)
        return _CALLS[node.name](*(self.expression(argument) for argument in node.arguments))

    def missing(self, node: Expression, fact: str, *, vague: bool = True) -> pl.Expr | None:
        """Whether the expression is unknown for lack of that fact; None when it does not read it.

        Without `vague`, a date known by its year is not lacking.
        """
        if isinstance(node, Reference):
            if node.fact.name != fact:
                return None
            if type_of(node) is Type.DATE:
                first, last = self.bounds(node)
                return first.is_null() | (first != last) if vague and first is not last else first.is_null()
            never = fact + NONE_SUFFIX
            absent = self.column(node.fact).is_null()
            return absent & ~pl.col(never).fill_null(False) if never in self.columns else absent
        vague = not by_whole_years(node)
        inner = [part for child in children(node) if (part := self.missing(child, fact, vague=vague)) is not None]
        if not inner:
            return None
        unknown = reduce(or_, inner)
        return self.expression(node).is_null() & unknown if type_of(node) is Type.BOOL else unknown


_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _made_date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A day of a month; the last one where the month has no such day."""
    last = pl.date(year, month, 1).dt.month_end().dt.day().cast(pl.Int64)
    return pl.date(year, month, pl.when(day > last).then(last).otherwise(day))


_CALLS: dict[str, Callable[..., pl.Expr]] = {
    "make_date": _made_date,
    "date_in_year": lambda year, day: _made_date(year, day // 100, day % 100),
    "month": lambda day: day.dt.month().cast(pl.Int64),
    "array_contains": lambda words, word: pl.when(word.is_not_null()).then(words.list.contains(word.cast(pl.String))),
    "arrays_overlap": lambda one, other: one.list.set_intersection(other).list.len() > 0,
    "array_except": lambda one, other: one.list.set_difference(other),
    "size": lambda words: words.list.len().cast(pl.Int64),
    "least": lambda *numbers: pl.when(pl.all_horizontal(n.is_not_null() for n in numbers)).then(
        pl.min_horizontal(*numbers)
    ),
    "greatest": lambda *numbers: pl.when(pl.all_horizontal(n.is_not_null() for n in numbers)).then(
        pl.max_horizontal(*numbers)
    ),
}

"""Typed expressions as Spark SQL text, with the same three-valued logic as the other engines.

SQL's own NULL logic does most of it; what it does not know is written out: a date of which only the year is known, an
event that has not happened, functions that Spark would evaluate although an argument is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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

_TYPES: dict[Kind, str] = {
    Kind.BOOL: "BOOLEAN",
    Kind.OPTION: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.EVENT: "DATE",
    Kind.YEAR: "BIGINT",
    Kind.COUNT: "BIGINT",
    Kind.YUAN: "BIGINT",
    Kind.M2: "BIGINT",
    Kind.LIST: "ARRAY<STRING>",
    Kind.MONTH_DAY: "BIGINT",
}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class NotDistributedError(Exception):
    """A function that the cluster engine does not run; the single-case engine does."""


def quoted(name: str) -> str:
    """A column's name as Spark SQL takes it."""
    return "`" + name.replace("`", "``") + "`"


def text(value: str) -> str:
    """A word as a Spark SQL literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


@dataclass(frozen=True)
class SqlCompiler:
    """Writes expressions for one table's columns and one day."""

    columns: frozenset[str]
    as_of: date

    def sql(self, node: Expression) -> str:
        """A predicate, number, word or list as Spark SQL."""
        match node:
            case Literal():
                return self._literal(node)
            case Reference(fact=fact):
                return self.column(fact)
            case Logic(operator="NOT", parts=(part,)):
                return f"(NOT {self.sql(part)})"
            case Logic(operator=word, parts=parts):
                return "(" + f" {word} ".join(map(self.sql, parts)) + ")"
            case Comparison():
                return self._comparison(node)
            case Membership(word=word, words=words):
                return f"({self.sql(word)} IN ({', '.join(map(text, words))}))"
            case Arithmetic():
                return self._arithmetic(node)
            case Call():
                return self._call(node)
        raise TypeError(f"no expression: {node!r}")

    def _literal(self, node: Literal) -> str:
        match node.value:
            case bool(value):
                return "TRUE" if value else "FALSE"
            case date() as day:
                return f"DATE '{day.isoformat()}'"
            case tuple(words):
                return f"CAST(array({', '.join(map(text, words))}) AS ARRAY<STRING>)"
            case str(word):
                return text(word)
            case number:
                return f"{number}L"

    def column(self, fact: Fact) -> str:
        """A fact's column; null if the table does not have it."""
        if fact.name == "as_of":
            return f"DATE '{self.as_of.isoformat()}'"
        if fact.name in self.columns:
            return quoted(fact.name)
        if fact.kind is Kind.OPTION:
            return "FALSE"
        if isinstance(fact.default, tuple):
            return f"{fact.default[0] * 100 + fact.default[1]}L"
        if fact.default is not None:
            return f"{fact.default}L"
        return f"CAST(NULL AS {_TYPES.get(fact.kind, 'STRING')})"

    def bounds(self, node: Expression) -> tuple[str, str]:
        """The first and the last day on which a date may lie."""
        if isinstance(node, Reference) and node.fact.year_fact and node.fact.year_fact in self.columns:
            known, year = self.column(node.fact), f"CAST({quoted(node.fact.year_fact)} AS INT)"
            return f"coalesce({known}, make_date({year}, 1, 1))", f"coalesce({known}, make_date({year}, 12, 31))"
        if isinstance(node, Call) and node.name == "add_months":
            first, last = self.bounds(node.arguments[0])
            count = self.sql(node.arguments[1])
            months = f"CAST(CASE WHEN abs({count}) <= {MOST_MONTHS} THEN {count} END AS INT)"
            return f"add_months({first}, {months})", f"add_months({last}, {months})"
        day = self.sql(node)
        return day, day

    def _comparison(self, node: Comparison) -> str:
        kinds = {type_of(node.left), type_of(node.right)}
        if Type.EVENT in kinds:
            return self._event(node)
        if Type.DATE in kinds:
            return self._dates(node.operator, self.bounds(node.left), self.bounds(node.right))
        scale = max(scale_of(node.left), scale_of(node.right))
        return f"({self._at(node.left, scale)} {node.operator} {self._at(node.right, scale)})"

    def _at(self, node: Expression, scale: int) -> str:
        factor = 10 ** (scale - scale_of(node))
        return self.sql(node) if factor == 1 else f"({self.sql(node)} * {factor}L)"

    def _dates(self, word: str, one: tuple[str, str], other: tuple[str, str]) -> str:
        if word in (">", ">="):
            return self._dates("<" if word == ">" else "<=", other, one)
        if one[0] == one[1] and other[0] == other[1]:
            return f"({one[0]} {word} {other[0]})"
        if word in ("<", "<="):
            sure, possible = f"{one[1]} {word} {other[0]}", f"{one[0]} {word} {other[1]}"
            return f"(CASE WHEN {sure} THEN TRUE WHEN NOT ({possible}) THEN FALSE END)"
        apart = f"{one[1]} < {other[0]} OR {other[1]} < {one[0]}"
        known = f"{one[0]} = {one[1]} AND {other[0]} = {other[1]}"
        same = f"(CASE WHEN {apart} THEN FALSE WHEN {known} THEN {one[0]} = {other[0]} END)"
        return f"(NOT {same})" if word == "<>" else same

    def _event(self, node: Comparison) -> str:
        event, word, other = node.left, node.operator, node.right
        if type_of(event) is not Type.EVENT:
            event, word, other = node.right, _MIRRORED[word], node.left
        assert isinstance(event, Reference)
        name, day = event.fact.name + NONE_SUFFIX, self.column(event.fact)
        never = quoted(name) if name in self.columns else "FALSE"
        if type_of(other) is Type.TEXT:
            return f"(CASE WHEN {never} THEN TRUE WHEN {day} IS NOT NULL THEN FALSE END)"
        return f"(CASE WHEN {never} THEN FALSE ELSE {self._dates(word, (day, day), self.bounds(other))} END)"

    def _arithmetic(self, node: Arithmetic) -> str:
        if node.type is Type.RATIO:
            raise NotDistributedError("/")
        if node.operator == "*":
            return f"({self.sql(node.left)} * {self.sql(node.right)})"
        return f"({self._at(node.left, node.scale)} {node.operator} {self._at(node.right, node.scale)})"

    def _call(self, node: Call) -> str:
        if node.name not in _CALLS:
            raise NotDistributedError(node.name)
        return _CALLS[node.name](*(self.sql(argument) for argument in node.arguments))

    def missing(self, node: Expression, fact: str, *, vague: bool = True) -> str | None:
        """Whether the expression is unknown for lack of that fact; None when it does not read it.

        Without `vague`, a date known by its year is not lacking.
        """
        if isinstance(node, Reference):
            return self._absent(node, vague) if node.fact.name == fact else None
        vague = not by_whole_years(node)
        inner = [part for child in children(node) if (part := self.missing(child, fact, vague=vague)) is not None]
        if not inner:
            return None
        unknown = "(" + " OR ".join(inner) + ")"
        return f"({self.sql(node)} IS NULL AND {unknown})" if type_of(node) is Type.BOOL else unknown

    def _absent(self, node: Reference, vague: bool) -> str:
        if type_of(node) is Type.DATE:
            first, last = self.bounds(node)
            return f"({first} IS NULL)" if first == last or not vague else f"({first} IS NULL OR {first} <> {last})"
        never = node.fact.name + NONE_SUFFIX
        absent = f"{self.column(node.fact)} IS NULL"
        return f"({absent} AND NOT coalesce({quoted(never)}, FALSE))" if never in self.columns else f"({absent})"


def _strict(function: str) -> Callable[..., str]:
    """A function that is unknown as soon as one argument is, whatever Spark thinks."""

    def call(*arguments: str) -> str:
        known = " AND ".join(f"{argument} IS NOT NULL" for argument in arguments)
        return f"(CASE WHEN {known} THEN {function}({', '.join(arguments)}) END)"

    return call


def _day(year: str, month: str, day: str) -> str:
    return f"make_date(CAST({year} AS INT), CAST({month} AS INT), CAST({day} AS INT))"


_CALLS: dict[str, Callable[..., str]] = {
    "make_date": _day,
    "date_in_year": lambda year, day: _day(year, f"({day} DIV 100)", f"({day} % 100)"),
    "month": lambda day: f"CAST(month({day}) AS BIGINT)",
    "array_contains": _strict("array_contains"),
    "arrays_overlap": _strict("arrays_overlap"),
    "array_except": _strict("array_except"),
    "size": lambda words: f"(CASE WHEN {words} IS NOT NULL THEN CAST(size({words}) AS BIGINT) END)",
    "least": _strict("least"),
    "greatest": _strict("greatest"),
}

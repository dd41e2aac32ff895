"""The typed form of a predicate or value expression: what stands between SQL text and every engine.

Numbers are whole numbers with a scale (money and areas have scale 2: fen, 0.01 m2), so that every engine compares
exactly. A quotient exists only inside ROUND and CEIL, in value expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from gongdi.core.policy.vocabulary import Fact

# Beside the column of a day stands one that says "did not happen", under this suffix.
NONE_SUFFIX = "__none"

REMEMBERED = 65_536
"""How many expressions are remembered with what was worked out of them; all shipped packs have far fewer."""

MOST_MONTHS = 4800
"""The longest period that ADD_MONTHS reckons with, 400 years; beyond it the day is unknown, in every engine."""


class Type(StrEnum):
    """The type of an expression."""

    BOOL = "bool"
    NUMBER = "number"
    RATIO = "ratio"
    DATE = "date"
    EVENT = "event"
    TEXT = "text"
    LIST = "list"
    MONTH_DAY = "month_day"


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """Any expression. Two are the same only if they are the same object, which keeps look-ups by expression fast."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference(Expression):
    """A fact or parameter by its name (parameters as `parameter:<name>`), or `as_of`, the day asked about."""

    fact: Fact
    type: Type
    scale: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Expression):
    """A constant: True/False, a scaled whole number, a date, a word, or a tuple of words."""

    value: bool | int | date | str | tuple[str, ...]
    type: Type
    scale: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Logic(Expression):
    """AND, OR of several parts, or NOT of one."""

    operator: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Expression):
    """Two things compared: = <> < <= > >=."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Membership(Expression):
    """A word that is one of several."""

    word: Expression
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Expression):
    """A sum, difference, product or (in values) quotient of numbers."""

    operator: str
    left: Expression
    right: Expression
    type: Type = Type.NUMBER
    scale: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Call(Expression):
    """One of the functions of parsing.FUNCTIONS."""

    name: str
    arguments: tuple[Expression, ...]
    type: Type
    scale: int = 0


def type_of(node: Expression) -> Type:
    """The type of an expression."""
    match node:
        case Reference(type=kind) | Literal(type=kind) | Arithmetic(type=kind) | Call(type=kind):
            return kind
        case _:
            return Type.BOOL


def scale_of(node: Expression) -> int:
    """The scale of a number: 2 for money and areas, 0 for counts."""
    match node:
        case Reference(scale=scale) | Literal(scale=scale) | Arithmetic(scale=scale) | Call(scale=scale):
            return scale
        case _:
            return 0


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside."""
    match node:
        case Logic(parts=parts):
            return parts
        case Comparison(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Membership(word=word):
            return (word,)
        case Call(arguments=arguments):
            return arguments
        case _:
            return ()


_YEAR_ENDS = {
    "<=": (12, 31), ">": (12, 31), "<": (1, 1), ">=": (1, 1),
}  # fmt: skip
"""Which day of the bounding year makes a year enough to compare by: the last for up to it, the first for before it."""
_MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}


def by_whole_years(node: Expression) -> bool:
    """Whether a date is compared with the end or start of some year, so that its year alone always decides.

    Of such a comparison a date known by its year is never what is missing, even while the bounding year is unknown.
    """
    if not isinstance(node, Comparison) or node.operator not in _YEAR_ENDS:
        return False
    return _ends_year(node.right, node.operator) or _ends_year(node.left, _MIRRORED[node.operator])


def _ends_year(bound: Expression, word: str) -> bool:
    if not isinstance(bound, Call) or bound.name != "make_date":
        return False
    return tuple(part.value if isinstance(part, Literal) else None for part in bound.arguments[1:]) == _YEAR_ENDS[word]


def walk(node: Expression) -> Iterator[Expression]:
    """The expression and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)


@lru_cache(REMEMBERED)
def references(node: Expression) -> Mapping[str, Fact]:
    """Every fact that the expression reads, by name, in order of appearance."""
    return MappingProxyType({part.fact.name: part.fact for part in walk(node) if isinstance(part, Reference)})


def conjuncts(node: Expression) -> tuple[Expression, ...]:
    """The parts of a top-level AND, or the expression alone."""
    if isinstance(node, Logic) and node.operator == "AND":
        return node.parts
    return (node,)

"""Three-valued evaluation of an expression for one case, compiled once to plain Python closures.

A fact that is not known is None. A date of which only the year is known is a span of days: a comparison that comes out
the same for every day of it is certain, any other is unknown.
"""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Final

from gongdi.core.policy.expressions import (
    MOST_MONTHS,
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
from gongdi.core.values import round_half_up

Facts = Mapping[str, Any]
Evaluator = Callable[[Facts], Any]


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something may have happened (可能的日期), both ends included; one day when it is known."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


class Never:
    """An event that has not happened at the day asked about (尚未发生)."""

    def __repr__(self) -> str:
        return "NEVER"


NEVER: Final = Never()

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


@cache
def compiled(node: Expression) -> Evaluator:
    """The expression as a function of the facts: True, False or a value; None when it cannot be told."""
    match node:
        case Literal(value=value, type=kind):
            constant: Any = Span(value, value) if kind is Type.DATE and isinstance(value, date) else value
            return lambda facts: constant
        case Reference(fact=fact):
            name = fact.name
            return lambda facts: facts.get(name)
        case Logic(operator="NOT", parts=(part,)):
            return _negation(compiled(part))
        case Logic(operator=word, parts=parts):
            return _junction(tuple(compiled(part) for part in parts), word == "OR")
        case Comparison():
            return _comparison(node)
        case Membership(word=word, words=words):
            return _membership(compiled(word), frozenset(words))
        case Arithmetic():
            return _arithmetic(node)
        case Call(name=name, arguments=arguments):
            return FUNCTIONS[name](node, arguments)
    raise TypeError(f"no expression: {node!r}")


def unknown_facts(node: Expression, facts: Facts) -> frozenset[str]:
    """The facts for lack of which the expression is unknown; parts that are already certain add nothing."""
    if compiled(node)(facts) is not None:
        return frozenset()
    if isinstance(node, Reference):
        return frozenset((node.fact.name,))
    inner = [unknown_facts(child, facts) for child in children(node)]
    vague = () if by_whole_years(node) else [_vague(child, facts) for child in children(node)]
    return frozenset().union(*inner, *vague)


def _vague(node: Expression, facts: Facts) -> frozenset[str]:
    """Dates known only by their year, which leave a comparison open although they have a value."""
    if isinstance(node, Reference):
        value = facts.get(node.fact.name)
        return frozenset((node.fact.name,)) if isinstance(value, Span) and not value.exact else frozenset()
    if isinstance(node, Call) and node.type is Type.DATE:
        return frozenset().union(*(_vague(child, facts) for child in children(node)))
    return frozenset()


def _negation(inner: Evaluator) -> Evaluator:
    def negated(facts: Facts) -> bool | None:
        value = inner(facts)
        return None if value is None else not value

    return negated


def _junction(parts: tuple[Evaluator, ...], decisive: bool) -> Evaluator:
    """AND (decided by one False) or OR (decided by one True)."""

    def joined(facts: Facts) -> bool | None:
        open_part = False
        for part in parts:
            value = part(facts)
            if value is decisive:
                return bool(value)
            open_part = open_part or value is None
        return None if open_part else not decisive

    return joined


def _comparison(node: Comparison) -> Evaluator:
    left, right = compiled(node.left), compiled(node.right)
    kinds = {type_of(node.left), type_of(node.right)}
    if Type.EVENT in kinds and Type.TEXT in kinds:
        event = left if type_of(node.left) is Type.EVENT else right
        return lambda facts: None if (value := event(facts)) is None else value is NEVER
    if kinds & {Type.DATE, Type.EVENT}:
        return _date_comparison(node.operator, left, right)
    holds = _ORDER[node.operator]
    left, right = _aligned(node.left, node.right)

    def compared(facts: Facts) -> bool | None:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else bool(holds(one, other))

    return compared


def _aligned(left: Expression, right: Expression) -> tuple[Evaluator, Evaluator]:
    """Both numbers at the larger of their scales."""
    scale = max(scale_of(left), scale_of(right))
    return at_scale(left, scale), at_scale(right, scale)


def at_scale(node: Expression, scale: int) -> Evaluator:
    """A number at a scale not smaller than its own."""
    inner, factor = compiled(node), 10 ** (scale - scale_of(node))
    if factor == 1:
        return inner
    return lambda facts: None if (value := inner(facts)) is None else value * factor


def _date_comparison(word: str, left: Evaluator, right: Evaluator) -> Evaluator:
    def compared(facts: Facts) -> bool | None:
        one, other = left(facts), right(facts)
        if one is NEVER or other is NEVER:
            return False
        if one is None or other is None:
            return None
        return compare_spans(word, one, other)

    return compared


def compare_spans(word: str, one: Span, other: Span) -> bool | None:
    """Compare two days of which only a span may be known; None when it depends on the day."""
    match word:
        case "<=":
            return True if one.last <= other.first else False if one.first > other.last else None
        case "<":
            return True if one.last < other.first else False if one.first >= other.last else None
        case ">=" | ">":
            return compare_spans("<=" if word == ">=" else "<", other, one)
        case "=":
            if one.exact and other.exact:
                return one == other
            return False if one.last < other.first or other.last < one.first else None
        case _:
            same = compare_spans("=", one, other)
            return None if same is None else not same


def _membership(word: Evaluator, words: frozenset[str]) -> Evaluator:
    return lambda facts: None if (value := word(facts)) is None else value in words


def _arithmetic(node: Arithmetic) -> Evaluator:
    if node.type is Type.RATIO:
        return _ratio(node)
    if node.operator == "*":
        left, right = compiled(node.left), compiled(node.right)
    else:
        left, right = _aligned(node.left, node.right)
    return _both(_SUMS[node.operator], left, right)


def _both(combine: Callable[[Any, Any], Any], left: Evaluator, right: Evaluator) -> Evaluator:
    def combined(facts: Facts) -> Any:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else combine(one, other)

    return combined


def _ratio(node: Arithmetic) -> Evaluator:
    def divide(one: Fraction, other: Fraction) -> Fraction | None:
        return None if other == 0 else one / other

    combine = divide if node.operator == "/" else _SUMS[node.operator]
    return _both(combine, _fraction(node.left), _fraction(node.right))


def _fraction(node: Expression) -> Evaluator:
    inner = compiled(node)
    if type_of(node) is Type.RATIO:
        return inner
    unit = 10 ** scale_of(node)
    return lambda facts: None if (value := inner(facts)) is None else Fraction(value, unit)


Maker = Callable[[Call, tuple[Expression, ...]], Evaluator]


def _strict(combine: Callable[..., Any]) -> Maker:
    """A function that is unknown as soon as one argument is."""

    def make(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
        inner = tuple(compiled(argument) for argument in arguments)

        def called(facts: Facts) -> Any:
            values = [part(facts) for part in inner]
            return None if any(value is None for value in values) else combine(*values)

        return called

    return make


def _extreme(choose: Callable[[list[Any]], Any]) -> Maker:
    def make(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
        inner = tuple(at_scale(argument, node.scale) for argument in arguments)

        def chosen(facts: Facts) -> Any:
            values = [part(facts) for part in inner]
            return None if any(value is None for value in values) else choose(values)

        return chosen

    return make


def _rounding(step: Callable[[Fraction], int], scale: int) -> Maker:
    def make(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
        inner = _fraction(arguments[0])
        return lambda facts: None if (value := inner(facts)) is None else step(value * 10**scale)

    return make


def _day(year: int, month: int, day: int) -> Span | None:
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    made = date(year, month, min(day, monthrange(year, month)[1]))
    return Span(made, made)


def _later(span: Span, months: int) -> Span | None:
    if abs(months) > MOST_MONTHS:
        return None
    first, last = _shifted(span.first, months), _shifted(span.last, months)
    return None if first is None or last is None else Span(first, last)


def _shifted(day: date, months: int) -> date | None:
    """The same day so many months later, or the last of that month; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month(span: Span) -> int | None:
    same = span.first.year == span.last.year and span.first.month == span.last.month
    return span.first.month if same else None


def _counting(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
    inner = tuple(compiled(argument) for argument in arguments)
    return lambda facts: sum(part(facts) is True for part in inner)


def _false_names(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
    named = tuple((part.fact.name, compiled(part)) for part in arguments if isinstance(part, Reference))
    return lambda facts: tuple(name for name, part in named if part(facts) is False)


def _joined(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
    """Lists one after the other; those not known are left out."""
    inner = tuple(compiled(argument) for argument in arguments)
    return lambda facts: tuple(word for part in inner for word in part(facts) or ())


def _choice(node: Call, arguments: tuple[Expression, ...]) -> Evaluator:
    condition, one, other = (compiled(argument) for argument in arguments)
    return lambda facts: None if (held := condition(facts)) is None else (one if held else other)(facts)


FUNCTIONS: dict[str, Maker] = {
    "round": _rounding(round_half_up, 2),
    "ceil": _rounding(lambda value: -(-value.numerator // value.denominator), 0),
    "least": _extreme(min),
    "greatest": _extreme(max),
    "make_date": _strict(_day),
    "date_in_year": _strict(lambda year, month_day: _day(year, *month_day)),
    "add_months": _strict(_later),
    "month": _strict(_month),
    "arrays_overlap": _strict(lambda one, other: not set(one).isdisjoint(other)),
    "array_contains": _strict(lambda words, word: word in words),
    "array_except": _strict(lambda words, others: tuple(word for word in words if word not in set(others))),
    "size": _strict(len),
    "concat": _joined,
    "if": _choice,
    "count_true": _counting,
    "false_of": _false_names,
}
"""Every function that an expression may call, as what makes its evaluator."""

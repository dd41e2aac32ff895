"""What an asker gives: facts as JSON values, checked and turned into what predicates compare."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongdi.core.policy.evaluation import NEVER, Span, compiled
from gongdi.core.policy.expressions import Expression
from gongdi.core.policy.packs import Table
from gongdi.core.policy.parsing import Scope, parse_predicate, reads
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary
from gongdi.core.values import parse_hundredths

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_MOST_COUNT = 10**12
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class InputFault:
    """What is wrong with a question (输入有误): which fact, why, and what to do."""

    code: str
    fact: str
    problem: str
    remedy: str
    at_odds: tuple[str, ...] = ()
    """For facts that contradict each other: all of them."""

    def __str__(self) -> str:
        return f"{self.problem}；{self.remedy}"


class _Wrong(Exception):  # noqa: N818 - local control flow
    """A value of the wrong type or outside its range; the text is the remedy."""


def read_facts(
    table: Table, given: Mapping[str, Any], on: date, vocabulary: Vocabulary
) -> tuple[dict[str, Any], list[InputFault]]:
    """The facts that a table reads, ready to compare; facts it does not read are ignored.

    An absent or null fact stays unknown; an absent option is false; an absent parameter has its default, if any.
    """
    ready: dict[str, Any] = {"as_of": Span(on, on)}
    faults: list[InputFault] = []
    for fact in table.reads:
        try:
            value = _value(fact, given, vocabulary)
        except _Wrong as wrong:
            blamed = vocabulary.facts[fact.year_fact] if fact.year_fact and given.get(fact.name) is None else fact
            problem = f"事实“{blamed.zh}”（{blamed.name}）的值 {given.get(blamed.name)!r} 不能使用"
            faults.append(InputFault("wrong_type", blamed.name, problem, str(wrong)))
            continue
        if value is not None:
            ready[fact.name] = value
    return ready, faults + _impossible(ready, vocabulary)


def _value(fact: Fact, given: Mapping[str, Any], vocabulary: Vocabulary) -> Any:
    raw = given.get(fact.name)
    if raw is not None:
        return normalised(fact, raw)
    if fact.kind is Kind.OPTION:
        return False
    if fact.year_fact and given.get(fact.year_fact) is not None:
        year = normalised(vocabulary.facts[fact.year_fact], given[fact.year_fact])
        return Span(date(year, 1, 1), date(year, 12, 31))
    return fact.default


def normalised(fact: Fact, raw: Any) -> Any:
    """A given value in the form that predicates compare.

    Raises:
        _Wrong: the value has the wrong type; told as an InputFault by read_facts.
    """
    match fact.kind:
        case Kind.BOOL | Kind.OPTION:
            return _checked(raw, isinstance(raw, bool), "请填 true 或 false")
        case Kind.DATE:
            return _day(raw)
        case Kind.EVENT:
            return NEVER if raw == "none" else _day(raw, '或 "none"')
        case Kind.YEAR:
            return _whole(raw, _FIRST_YEAR, _LAST_YEAR, "请填四位年份，例如 1998")
        case Kind.COUNT:
            return _whole(raw, 0, _MOST_COUNT, f"请填不小于 0、不大于 {_MOST_COUNT:,} 的整数")
        case Kind.YUAN | Kind.M2:
            return _amount(raw)
        case Kind.LIST:
            return _words(fact, raw)
        case Kind.MONTH_DAY:
            return _month_day(raw)
        case _:
            _checked(raw, isinstance(raw, str), "请填文字代码")
            _checked(raw, not fact.labels or raw in fact.labels, f"可用的取值：{'、'.join(list(fact.labels)[:20])}")
            return raw


def remedy_for(fact: Fact, raw: Any) -> str | None:
    """What to give instead of a value that a fact cannot have; None when it fits."""
    try:
        normalised(fact, raw)
    except _Wrong as wrong:
        return str(wrong)
    return None


def _checked(raw: Any, fine: bool, remedy: str) -> Any:
    if not fine:
        raise _Wrong(remedy)
    return raw


def _day(raw: Any, more: str = "") -> Span:
    remedy = f"请填日期，例如 1998-06-30{more}"
    _checked(raw, isinstance(raw, str) and _DAY.fullmatch(raw) is not None, remedy)
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise _Wrong(remedy) from None
    _checked(raw, _FIRST_YEAR <= day.year <= _LAST_YEAR, f"{remedy}，年份须在 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间")
    return Span(day, day)


def _month_day(raw: Any) -> tuple[int, int]:
    """A day of the year; 02-29 is one, as it is in some years."""
    remedy = "请填存在的月-日，例如 07-31"
    _checked(raw, isinstance(raw, str) and _MONTH_DAY.fullmatch(raw) is not None, remedy)
    month, day = int(raw[:2]), int(raw[3:])
    _checked(raw, day <= monthrange(_LEAP_YEAR, month)[1], remedy)
    return month, day


def _whole(raw: Any, low: int, high: int, remedy: str) -> int:
    _checked(raw, isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high, remedy)
    assert isinstance(raw, int)
    return raw


def _amount(raw: Any) -> int:
    remedy = '请填不小于 0 的整数或最多两位小数的文字，整数部分不超过 15 位，例如 "1234.50"'
    hundredths = parse_hundredths(raw) if isinstance(raw, int | str) else None
    if hundredths is None or hundredths < 0:
        raise _Wrong(remedy)
    return hundredths


def _words(fact: Fact, raw: Any) -> tuple[str, ...]:
    _checked(raw, isinstance(raw, list | tuple) and all(isinstance(word, str) for word in raw), "请填一组文字代码")
    strange = [word for word in raw if fact.labels and word not in fact.labels]
    _checked(raw, not strange, f"没有这些取值：{'、'.join(strange)}")
    return tuple(dict.fromkeys(raw))


@cache
def _impossible_rules(vocabulary: Vocabulary) -> tuple[tuple[Expression, tuple[str, ...], str], ...]:
    scope = Scope(vocabulary.facts, {}, {})
    rules = [(parse_predicate(text, scope), message) for text, message in vocabulary.impossible]
    return tuple((rule, reads(rule), message) for rule, message in rules)


def _impossible(ready: Mapping[str, Any], vocabulary: Vocabulary) -> list[InputFault]:
    return [
        InputFault("impossible", names[0], message, "请核对数字后重试", names)
        for rule, names, message in _relevant(ready, _impossible_rules(vocabulary))
        if compiled(rule)(ready) is True
    ]


def contradicts(ready: Mapping[str, Any], fact: str, vocabulary: Vocabulary) -> bool:
    """Whether what is known of a fact cannot be true beside the other facts that are known."""
    rules = (rule for rule in _relevant(ready, _impossible_rules(vocabulary)) if fact in rule[1])
    return any(compiled(rule)(ready) is True for rule, _, _ in rules)


def _relevant(
    ready: Mapping[str, Any], rules: Iterable[tuple[Expression, tuple[str, ...], str]]
) -> Iterable[tuple[Expression, tuple[str, ...], str]]:
    return (rule for rule in rules if all(name in ready for name in rule[1]))

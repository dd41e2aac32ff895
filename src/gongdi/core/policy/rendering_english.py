"""Expressions in English, for readers of explanations who do not read Chinese."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.expressions import (
    REMEMBERED,
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Literal,
    Logic,
    Membership,
    Reference,
)
from gongdi.core.policy.rendering import bracketed
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.core.values import format_hundredths

_SIGNS = {"=": "is", "<>": "is not", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_DATE_WORDS = {"=": "on", "<>": "not on", "<": "before", "<=": "on or before", ">": "after", ">=": "on or after"}


@lru_cache(REMEMBERED)
def to_english(node: Expression) -> str:
    """The expression in the English words of the fact dictionary."""
    match node:
        case Literal():
            return _literal(node)
        case Reference(fact=fact):
            return fact.en
        case Logic(operator="NOT", parts=(part,)):
            return f"not ({to_english(part)})"
        case Logic(operator=word, parts=parts):
            inner = (
                f"({to_english(p)})" if isinstance(p, Logic) and p.operator != "NOT" else to_english(p) for p in parts
            )
            return f" {word.lower()} ".join(inner)
        case Comparison():
            return _comparison(node)
        case Membership(word=inner, words=words):
            return f"{to_english(inner)} is {' or '.join(spoken(word) for word in words)}"
        case Arithmetic(operator=word, left=left, right=right):
            sign = "×" if word == "*" else word
            first = bracketed(left, word, to_english(left)) if word in "*/" else to_english(left)
            return f"{first} {sign} {bracketed(right, word, to_english(right))}"
        case Call(name=name, arguments=arguments):
            return _call(name, [to_english(argument) for argument in arguments])
    raise TypeError(f"no expression: {node!r}")


def spoken(code: str) -> str:
    """A code as words: single_building gives "single building"."""
    return code.replace("_", " ")


def _literal(node: Literal) -> str:
    match node.value:
        case bool(value):
            return "any other case" if value else "never"
        case date() as day:
            return day.isoformat()
        case tuple(words):
            return ", ".join(map(spoken, words)) or "nothing"
        case str(word):
            return spoken(word)
        case value:
            return str(value)


def _comparison(node: Comparison) -> str:
    left, right = node.left, node.right
    if isinstance(right, Literal) and right.value == "none" and node.operator == "=":
        fact = left.fact if isinstance(left, Reference) else None
        return f"{to_english(left)}: " + ("not yet" if fact is not None and fact.kind is Kind.EVENT else "none")
    dated = isinstance(right, Literal) and isinstance(right.value, date)
    if dated or (isinstance(right, Call) and right.name in ("make_date", "date_in_year", "add_months")):
        return f"{to_english(left)} {_DATE_WORDS[node.operator]} {to_english(right)}"
    sign = _SIGNS[node.operator]
    if sign in ("is", "is not") and not (isinstance(right, Literal) and isinstance(right.value, str)):
        sign = "=" if sign == "is" else "≠"
    return f"{to_english(left)} {sign} {to_english(right)}"


def _call(name: str, words: list[str]) -> str:
    match name:
        case "make_date":
            return "-".join(word.zfill(2) for word in words)
        case "date_in_year":
            return f"{words[1]} of {words[0]}"
        case "add_months":
            return f"{words[0]} plus {words[1]} months"
        case "month":
            return f"the month of {words[0]}"
        case "array_contains":
            return f"{words[0]} include {words[1]}"
        case "arrays_overlap":
            return f"{words[0]} include one of: {words[1]}"
        case "array_except":
            return f"what of ({words[0]}) is not in {words[1]}"
        case "size":
            return f"the number of {words[0]}"
        case _:
            return f"{name}({', '.join(words)})"


def shown_in_english(fact: Fact, value: object) -> str | None:
    """A fact's value as an English reader sees it; None when it is not known."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return value.first.isoformat() if value.exact else f"{value.first.isoformat()} to {value.last.isoformat()}"
    if value is NEVER:
        return "not yet"
    if fact.kind in (Kind.YUAN, Kind.M2) and isinstance(value, int):
        whole, _, decimals = format_hundredths(value).partition(".")
        return f"{int(whole):,}.{decimals} {'yuan' if fact.kind is Kind.YUAN else 'm2'}"
    if fact.kind is Kind.COUNT and isinstance(value, int):
        return f"{value:,}"
    if fact.kind is Kind.MONTH_DAY and isinstance(value, tuple):
        return f"{value[0]:02d}-{value[1]:02d}"
    if isinstance(value, tuple):
        return ", ".join(spoken(str(word)) for word in value) or "none"
    return spoken(str(value))

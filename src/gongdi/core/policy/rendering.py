"""Expressions as text: SQL for authors and clusters, Chinese for readers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

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

_SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_DATE_WORDS = {"=": "为", "<>": "不为", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}


@lru_cache(REMEMBERED)
def to_sql(node: Expression) -> str:
    """The expression as Spark SQL, fully bracketed where precedence could matter."""
    match node:
        case Literal():
            return _literal_sql(node)
        case Reference(fact=fact):
            return fact.name.replace("parameter:", "parameter.")
        case Logic():
            return _logic_sql(node)
        case Comparison(operator=word, left=left, right=right):
            return f"{to_sql(left)} {word} {to_sql(right)}"
        case Membership(word=inner, words=words):
            return f"{to_sql(inner)} IN (" + ", ".join(f"'{word}'" for word in words) + ")"
        case Arithmetic(operator=word, left=left, right=right):
            return f"({to_sql(left)} {word} {to_sql(right)})"
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(map(to_sql, arguments))})"
    raise TypeError(f"no expression: {node!r}")


def _literal_sql(node: Literal) -> str:
    match node.value:
        case bool(value):
            return "TRUE" if value else "FALSE"
        case date() as day:
            return f"DATE '{day.isoformat()}'"
        case tuple(words):
            return "array(" + ", ".join(f"'{word}'" for word in words) + ")"
        case str(word):
            return f"'{word}'"
        case number:
            return str(number)


def _logic_sql(node: Logic) -> str:
    if node.operator == "NOT":
        part = node.parts[0]
        return f"NOT ({to_sql(part)})" if isinstance(part, Logic | Comparison) else f"NOT {to_sql(part)}"
    inner = ((f"({to_sql(p)})" if isinstance(p, Logic) and p.operator != "NOT" else to_sql(p)) for p in node.parts)
    return f" {node.operator} ".join(inner)


@lru_cache(REMEMBERED)
def to_chinese(node: Expression) -> str:
    """The expression in the words of the fact dictionary (中文说明)."""
    match node:
        case Literal():
            return _literal_chinese(node)
        case Reference(fact=fact):
            return fact.zh
        case Logic(operator="NOT", parts=(part,)):
            return f"不符合“{to_chinese(part)}”"
        case Logic(operator=word, parts=parts):
            joint = "，且" if word == "AND" else "，或"
            inner = (
                f"（{to_chinese(p)}）" if isinstance(p, Logic) and p.operator != "NOT" else to_chinese(p) for p in parts
            )
            return joint.join(inner)
        case Comparison():
            return _comparison(node)
        case Membership(word=inner, words=words):
            return f"{to_chinese(inner)}为{'或'.join(label(inner, word) for word in words)}"
        case Arithmetic(operator=word, left=left, right=right):
            sign = {"*": "×", "/": "÷"}.get(word, word)
            first = bracketed(left, word, to_chinese(left)) if word in "*/" else to_chinese(left)
            return f"{first} {sign} {bracketed(right, word, to_chinese(right))}"
        case Call(name=name, arguments=arguments):
            return _call(name, arguments)
    raise TypeError(f"no expression: {node!r}")


def bracketed(part: Expression, outer: str, text: str) -> str:
    """A part of a product, or what is taken away, in words: a sum inside it keeps its brackets."""
    inner = isinstance(part, Arithmetic) and part.operator in ("+", "-")
    return f"({text})" if inner and outer in ("*", "/", "-") else text


def _literal_chinese(node: Literal) -> str:
    match node.value:
        case bool(value):
            return "其余情形" if value else "从不"
        case date() as day:
            return f"{day.year}年{day.month}月{day.day}日"
        case tuple(words):
            return "、".join(words)
        case value:
            return str(value)


def label(side: Expression, word: str) -> str:
    """The Chinese word of a code of an enum or a list."""
    if isinstance(side, Reference):
        return side.fact.labels.get(word, word)
    return word


def _comparison(node: Comparison) -> str:
    left, right = node.left, node.right
    if isinstance(right, Literal) and right.value == "none" and node.operator == "=":
        word = label(left, "none")
        return f"{to_chinese(left)}：尚未发生" if word == "none" else f"{to_chinese(left)}为{word}"
    if isinstance(right, Literal) and isinstance(right.value, str):
        return f"{to_chinese(left)}{_DATE_WORDS[node.operator]}{label(left, right.value)}"
    dated = isinstance(right, Literal) and isinstance(right.value, date)
    if dated or (isinstance(right, Call) and right.name in ("make_date", "date_in_year", "add_months")):
        return f"{to_chinese(left)}{_DATE_WORDS[node.operator]}{to_chinese(right)}"
    return f"{to_chinese(left)} {_SIGNS[node.operator]} {to_chinese(right)}"


def _year(node: Expression) -> str:
    match node:
        case Literal(value=int() as year):
            return f"{year}年"
        case Arithmetic(operator="-" | "+" as sign, left=Reference() as named, right=Literal(value=1)):
            return f"“{to_chinese(named)}”的{'上' if sign == '-' else '下'}一年"
        case _:
            return f"“{to_chinese(node)}”当年"


def _call(name: str, arguments: tuple[Expression, ...]) -> str:
    words = [to_chinese(argument) for argument in arguments]
    labelled = (argument for argument in arguments if isinstance(argument, Reference) and argument.fact.labels)
    first = next(labelled, arguments[0])
    listed = [
        "、".join(label(first, word) for word in part.value)
        if isinstance(part, Literal) and isinstance(part.value, tuple)
        else to_chinese(part)
        for part in arguments
    ]
    match name:
        case "make_date":
            return f"{_year(arguments[0])}{words[1]}月{words[2]}日"
        case "date_in_year":
            return f"{_year(arguments[0])}的“{words[1]}”"
        case "add_months":
            return f"{words[0]}起{words[1]}个月"
        case "month":
            return f"{words[0]}的月份"
        case "array_contains":
            last = arguments[1]
            word = label(first, str(last.value)) if isinstance(last, Literal) else words[1]
            among = isinstance(arguments[0], Literal)
            return f"{word}属于：{listed[0]}" if among else f"{words[0]}包括{word}"
        case "arrays_overlap":
            return f"{words[0]}含有：{listed[1]}"
        case "array_except":
            return f"“{listed[0]}”中{words[1]}以外的部分"
        case "size":
            return f"{words[0]}的个数"
        case _:
            return _value_call(name, words)


def _value_call(name: str, words: list[str]) -> str:
    """The functions that only values use."""
    match name:
        case "round":
            return f"“{words[0]}”四舍五入到小数点后{words[1]}位"
        case "ceil":
            return f"“{words[0]}”向上取整"
        case "least":
            return f"“{words[0]}”和“{words[1]}”中较小的"
        case "greatest":
            return f"“{words[0]}”和“{words[1]}”中较大的"
        case "count_true":
            return f"{'、'.join(words)}中已知成立的项数"
        case "false_of":
            return f"{'、'.join(words)}中已知不具备的"
        case "concat":
            return "；以及".join(words)
        case "if":
            return f"{words[0]}的，{words[1] or '无'}；否则{words[2] or '无'}"
        case _:
            return f"{name}（{'，'.join(words)}）"

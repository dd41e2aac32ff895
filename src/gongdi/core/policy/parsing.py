"""From SQL text to a typed expression: sqlglot parses, this module checks names and types.

The text is Spark SQL, so that the same words can run on a cluster. What SQL allows and a rule must not use (IS NULL,
sub-queries, floats) is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

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
    children,
    references,
    scale_of,
    type_of,
)
from gongdi.core.policy.vocabulary import DICTIONARY, Fact, Kind

TYPES: dict[Kind, tuple[Type, int]] = {
    Kind.BOOL: (Type.BOOL, 0),
    Kind.OPTION: (Type.BOOL, 0),
    Kind.DATE: (Type.DATE, 0),
    Kind.EVENT: (Type.EVENT, 0),
    Kind.YEAR: (Type.NUMBER, 0),
    Kind.COUNT: (Type.NUMBER, 0),
    Kind.YUAN: (Type.NUMBER, 2),
    Kind.M2: (Type.NUMBER, 2),
    Kind.ENUM: (Type.TEXT, 0),
    Kind.TEXT: (Type.TEXT, 0),
    Kind.LIST: (Type.LIST, 0),
    Kind.FACTS: (Type.LIST, 0),
    Kind.MONTH_DAY: (Type.MONTH_DAY, 0),
}

AS_OF = Fact("as_of", Kind.DATE, "判定日期", "date asked about")

_COMPARISONS: dict[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_FUNCTIONS: dict[str, tuple[tuple[Type | None, ...], Type, int]] = {
    # name: types of the arguments (the last repeats), type and scale of the result
    "round": ((Type.RATIO, Type.NUMBER), Type.NUMBER, 2),
    "ceil": ((Type.RATIO,), Type.NUMBER, 0),
    "least": ((Type.NUMBER,), Type.NUMBER, -1),
    "greatest": ((Type.NUMBER,), Type.NUMBER, -1),
    "make_date": ((Type.NUMBER, Type.NUMBER, Type.NUMBER), Type.DATE, 0),
    "date_in_year": ((Type.NUMBER, Type.MONTH_DAY), Type.DATE, 0),
    "add_months": ((Type.DATE, Type.NUMBER), Type.DATE, 0),
    "month": ((Type.DATE,), Type.NUMBER, 0),
    "arrays_overlap": ((Type.LIST, Type.LIST), Type.BOOL, 0),
    "array_contains": ((Type.LIST, Type.TEXT), Type.BOOL, 0),
    "array_except": ((Type.LIST, Type.LIST), Type.LIST, 0),
    "size": ((Type.LIST,), Type.NUMBER, 0),
    "concat": ((Type.LIST,), Type.LIST, 0),
    "if": ((Type.BOOL, Type.LIST, Type.LIST), Type.LIST, 0),
    "count_true": ((Type.BOOL,), Type.NUMBER, 0),
    "false_of": ((Type.BOOL,), Type.LIST, 0),
}
_ONLY_IN_VALUES = {"round", "ceil", "count_true", "false_of", "concat", "if"}
_OF_ANY_NUMBER = {"least", "greatest", "concat", "count_true", "false_of"}
_OF_LISTS = {"arrays_overlap", "array_contains", "array_except"}
_NAMED = {exp.ArraySize: "size", exp.If: "if", exp.Month: "month", exp.AddMonths: "add_months"}


@dataclass(frozen=True, slots=True)
class ExpressionFault(Exception):  # noqa: N818 - a fault in a pack, told to its author
    """Why a text is no expression, and what to write instead."""

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem}；{self.remedy}"


@dataclass(frozen=True)
class Scope:
    """What a text may refer to: facts, the pack's parameters, and its items by class."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Fact]
    items_by_class: Mapping[str, tuple[str, ...]]
    in_values: bool = False


def parse_predicate(text: str, scope: Scope) -> Expression:
    """A predicate: an expression that is true, false or unknown.

    Raises:
        ExpressionFault: the text does not parse, names something unknown, or has a wrong type.
    """
    node = _read(text, scope)
    if type_of(node) is not Type.BOOL:
        raise ExpressionFault(f"“{text}”不是判断条件", "请写成比较，例如 completed_on <= DATE '2000-12-31'")
    return node


def parse_value(text: str, scope: Scope) -> Expression:
    """A value expression; besides what predicates may use it may divide inside ROUND and CEIL.

    Raises:
        ExpressionFault: as for predicates.
    """
    return _read(text, Scope(scope.facts, scope.parameters, scope.items_by_class, in_values=True))


def _read(text: str, scope: Scope) -> Expression:
    """A text as an expression; one that nobody could follow is refused before it exhausts whoever walks it."""
    if len(text) > MOST_LETTERS:
        raise ExpressionFault(f"条件有 {len(text):,} 个字，太长", f"至多 {MOST_LETTERS:,} 个字；请拆成几行")
    try:
        node = _convert(_parse(text), scope)
    except RecursionError:
        raise ExpressionFault(*_TOO_DEEP) from None
    if _depth(node) > MOST_LEVELS:
        raise ExpressionFault(*_TOO_DEEP)
    return node


def _depth(node: Expression) -> int:
    """How many levels an expression has; no further than one level past the most that is allowed."""
    level, depth = [node], 0
    while level and depth <= MOST_LEVELS:
        level, depth = [part for each in level for part in children(each)], depth + 1
    return depth


MOST_LETTERS, MOST_LEVELS = 4_000, 30
_TOO_DEEP = ("括号或 NOT 一层套一层，层数太多", f"至多 {MOST_LEVELS} 层；请拆成几行，或去掉多余的括号")


def _parse(text: str) -> exp.Expression:
    try:
        tree = sqlglot.parse_one(text, read="spark", into=exp.Condition)
    except SqlglotError as error:
        raise ExpressionFault(f"“{text}”不是完整的 SQL 条件", _how_to_complete(text)) from error
    assert isinstance(tree, exp.Expression)
    return tree


_TYPED_OTHERWISE = {
    "‘": "'", "’": "'", "“": "'", "”": "'", "＇": "'", "≤": "<=", "≥": ">=", "≠": "<>", "＜": "<", "＞": ">", "＝": "=",
    "（": "(", "）": ")", "，": ",", "×": "*", "－": "-", "＋": "+",
}  # fmt: skip
"""Signs that spreadsheets and Chinese keyboards put in the place of those that a condition is written with."""


def _how_to_complete(text: str) -> str:
    wrong = [f"“{sign}”请改成 {right}" for sign, right in _TYPED_OTHERWISE.items() if sign in text]
    return "、".join(wrong) or "请检查括号、引号和 AND、OR 是否成对"


def _sql(node: exp.Expression) -> str:
    return node.sql(dialect="spark")


def _convert(node: exp.Expression, scope: Scope) -> Expression:
    if isinstance(node, exp.Paren | exp.TsOrDsToDate):  # the parser wraps the argument of month()
        return _convert(node.this, scope)
    if isinstance(node, exp.And | exp.Or | exp.Not):
        return _logic(node, scope)
    if type(node) in _COMPARISONS:
        return _comparison(_COMPARISONS[type(node)], node, scope)
    if isinstance(node, exp.Between):
        return _between(node, scope)
    if isinstance(node, exp.In):
        return _membership(node, scope)
    if type(node) in _ARITHMETIC:
        return _arithmetic(_ARITHMETIC[type(node)], node, scope)
    if isinstance(node, exp.Column):
        return _reference(node, scope)
    if isinstance(node, exp.Func) and not isinstance(node, exp.Cast):
        return _call(node, scope)
    return _literal(node)


def _logic(node: exp.Expression, scope: Scope) -> Expression:
    if isinstance(node, exp.Not):
        parts: tuple[Expression, ...] = (_convert(node.this, scope),)
        operator = "NOT"
    else:
        operator = "AND" if isinstance(node, exp.And) else "OR"
        parts = tuple(_convert(part, scope) for part in node.flatten() if isinstance(part, exp.Expression))
    for part in parts:
        if type_of(part) is not Type.BOOL:
            raise ExpressionFault(f"“{_sql(node)}”不是判断条件，不能用 {operator} 连接", "请写成比较或是否类事实")
    return Logic(operator, parts)


def _comparison(operator: str, node: exp.Expression, scope: Scope) -> Expression:
    left, right = _convert(node.this, scope), _convert(node.expression, scope)
    kinds = {type_of(left), type_of(right)}
    if kinds == {Type.TEXT}:
        if operator not in ("=", "<>"):
            raise ExpressionFault(f"“{_sql(node)}”：文字不能比较大小", "请用 = 或 <>")
        _check_word(left, right)
        _check_word(right, left)
    elif kinds == {Type.EVENT, Type.TEXT}:
        literal = left if isinstance(left, Literal) else right
        if not (operator == "=" and isinstance(literal, Literal) and literal.value == "none"):
            raise ExpressionFault(f"“{_sql(node)}”：事件日期只能与日期比较，或写 = 'none'", "请改用 DATE '年-月-日'")
    elif kinds not in ({Type.NUMBER}, {Type.DATE}, {Type.EVENT, Type.DATE}):
        names = "、".join(sorted(kinds))
        raise ExpressionFault(
            f"“{_sql(node)}”：两边类型不同或不能比较（{names}）", "请比较同类的值；比例请写成乘法，例如 20 * a >= b"
        )
    return Comparison(operator, left, right)


def _check_word(word: Expression, side: Expression) -> None:
    """A literal word must be one that the fact on the other side can be."""
    if isinstance(word, Literal) and isinstance(side, Reference) and side.fact.labels:
        _known_words(side, (str(word.value),))


def _known_words(side: Reference, words: tuple[str, ...]) -> None:
    for word in words:
        if word not in side.fact.labels:
            allowed = "、".join(list(side.fact.labels)[:12])
            raise ExpressionFault(f"事实 {side.fact.name} 没有取值“{word}”", f"可用的取值：{allowed}")


def _between(node: exp.Between, scope: Scope) -> Expression:
    value = _convert(node.this, scope)
    low, high = _convert(node.args["low"], scope), _convert(node.args["high"], scope)
    if {type_of(value), type_of(low), type_of(high)} not in ({Type.DATE}, {Type.NUMBER}):
        raise ExpressionFault(
            f"“{_sql(node)}”：BETWEEN 只用于日期和数字，三处须同类", "年份请与年份比，日期请写 DATE '年-月-日'"
        )
    return Logic("AND", (Comparison(">=", value, low), Comparison("<=", value, high)))


def _membership(node: exp.In, scope: Scope) -> Expression:
    word = _convert(node.this, scope)
    words = tuple(part.name for part in node.expressions if isinstance(part, exp.Literal) and part.is_string)
    if type_of(word) is not Type.TEXT or not words or len(words) != len(node.expressions):
        raise ExpressionFault(
            f"“{_sql(node)}”：IN 只用于文字事实和一列文字", "例如 compound_kind IN ('compound', 'affordable')"
        )
    if isinstance(word, Reference) and word.fact.labels:
        _known_words(word, words)
    return Membership(word, words)


def _arithmetic(operator: str, node: exp.Expression, scope: Scope) -> Expression:
    left, right = _convert(node.this, scope), _convert(node.expression, scope)
    kinds = {type_of(left), type_of(right)}
    if not kinds <= {Type.NUMBER, Type.RATIO}:
        raise ExpressionFault(f"“{_sql(node)}”：只有数字可以计算", "请检查类型")
    if operator == "/" or Type.RATIO in kinds:
        if not scope.in_values:
            raise ExpressionFault(f"“{_sql(node)}”：判断条件中不用除法", "请两边同乘，例如 20 * a >= b")
        return Arithmetic(operator, left, right, Type.RATIO)
    if operator == "*":
        return Arithmetic(operator, left, right, Type.NUMBER, scale_of(left) + scale_of(right))
    return Arithmetic(operator, left, right, Type.NUMBER, max(scale_of(left), scale_of(right)))


def _reference(node: exp.Column, scope: Scope) -> Expression:
    if node.table == "parameter":
        fact = scope.parameters.get(node.name)
        if fact is None:
            known = "、".join(scope.parameters) or "无"
            raise ExpressionFault(f"政策包没有参数“{node.name}”", f"请在 pack.toml 中声明；现有参数：{known}")
    elif node.name == "as_of" and not node.table:
        fact = AS_OF
    else:
        fact = None if node.table else scope.facts.get(node.name)
        if fact is None:
            near = get_close_matches(node.name, scope.facts, n=1, cutoff=0.6)
            hint = f"是否指 {near[0]}（{scope.facts[near[0]].zh}）；" if near else ""
            raise ExpressionFault(f"事实词典中没有“{_sql(node)}”", f"请核对拼写；{hint}可用的事实见{DICTIONARY}")
    kind, scale = TYPES[fact.kind]
    return Reference(fact, kind, scale)


def _call(node: exp.Expression, scope: Scope) -> Expression:
    if isinstance(node, exp.Array):
        return Literal(_words(node, node.expressions), Type.LIST)
    name = _function_name(node)
    if name == "items_of":
        return _items_of(node, scope)
    if name not in _FUNCTIONS or (name in _ONLY_IN_VALUES and not scope.in_values):
        raise ExpressionFault(f"“{_sql(node)}”：此处不能用函数 {name}", f"可用的函数：{'、'.join(sorted(_FUNCTIONS))}")
    wanted, result, scale = _FUNCTIONS[name]
    parts = _arguments(node)
    _check_count(name, node, len(parts))
    arguments = tuple(_convert(part, scope) for part in parts)
    for place, argument in enumerate(arguments):
        expected = wanted[min(place, len(wanted) - 1)]
        if type_of(argument) is not expected and not (expected is Type.RATIO and type_of(argument) is Type.NUMBER):
            raise ExpressionFault(
                f"“{_sql(node)}”：函数 {name} 的第 {place + 1} 个参数应为 {expected}",
                f"现为 {type_of(argument)}，请改正",
            )
    _check_result(name, node, arguments)
    _check_months(name, node, arguments)
    if name in _OF_LISTS:
        _check_list_words(parts, arguments)
    if scale < 0:
        scale = max(scale_of(argument) for argument in arguments)
    return Call(name, arguments, result, scale)


def _words(node: exp.Expression, parts: list[exp.Expression]) -> tuple[str, ...]:
    """The parts as words; each must be a text in quotes."""
    for part in parts:
        if not (isinstance(part, exp.Literal) and part.is_string):
            raise ExpressionFault(
                f"“{_sql(node)}”：“{_sql(part)}”不是文字", "请给每一项加上单引号，例如 array('street')"
            )
    return tuple(part.name for part in parts)


def _check_count(name: str, node: exp.Expression, given: int) -> None:
    least = len(_FUNCTIONS[name][0])
    if given < least or (given > least and name not in _OF_ANY_NUMBER):
        needed = f"至少 {least} 个" if name in _OF_ANY_NUMBER else f"{least} 个"
        raise ExpressionFault(f"“{_sql(node)}”：函数 {name} 要 {needed}参数，现有 {given} 个", "请补足或删去参数")


def _check_result(name: str, node: exp.Expression, arguments: tuple[Expression, ...]) -> None:
    """Money and areas have two digits, so nothing is rounded to any other number of them."""
    if name == "round" and not (isinstance(arguments[1], Literal) and arguments[1].value == 2):
        raise ExpressionFault(f"“{_sql(node)}”：round 只保留两位小数", "请写成 round(…, 2)")


def _check_months(name: str, node: exp.Expression, arguments: tuple[Expression, ...]) -> None:
    """A period of more months than any document gives is a slip of the pen."""
    months = arguments[1] if name == "add_months" else None
    if isinstance(months, Literal) and isinstance(months.value, int) and months.value > MOST_MONTHS:
        raise ExpressionFault(f"“{_sql(node)}”：月数 {months.value} 太大", f"请填不大于 {MOST_MONTHS} 的月数")


def _check_list_words(parts: list[exp.Expression], arguments: tuple[Expression, ...]) -> None:
    """Words written beside a list fact must be ones that the list can hold."""
    for side in arguments:
        if isinstance(side, Reference) and side.fact.labels:
            for part, argument in zip(parts, arguments, strict=True):
                if isinstance(argument, Literal) and isinstance(part, exp.Array | exp.Literal):
                    value = argument.value
                    _known_words(side, value if isinstance(value, tuple) else (str(value),))


def _function_name(node: exp.Expression) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    assert isinstance(node, exp.Func)
    return _NAMED.get(type(node)) or node.sql_name().lower()


def _arguments(node: exp.Expression) -> list[exp.Expression]:
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    if isinstance(node, exp.If):
        return [part for part in (node.this, node.args.get("true"), node.args.get("false")) if part is not None]
    first = [node.this] if isinstance(node.this, exp.Expression) else []
    if first and isinstance(first[0], exp.TsOrDsToDate) and not first[0].this:
        first = []  # the parser wraps even the absent argument of month()
    rest = [part for key, part in node.args.items() if key != "this" and isinstance(part, exp.Expression)]
    return first + rest + list(node.expressions)


def _items_of(node: exp.Expression, scope: Scope) -> Expression:
    """items_of('basic', …): the codes of those classes in the pack's own catalogue."""
    classes = _words(node, _arguments(node))
    unknown = [name for name in classes if name not in scope.items_by_class]
    if unknown:
        raise ExpressionFault(f"“{_sql(node)}”：内容清单中没有类别 {'、'.join(unknown)}", "请核对 catalogue.csv")
    return Literal(tuple(code for name in classes for code in scope.items_by_class[name]), Type.LIST)


def _literal(node: exp.Expression) -> Expression:
    if isinstance(node, exp.Boolean):
        return Literal(bool(node.this), Type.BOOL)
    if isinstance(node, exp.Literal) and node.is_string:
        return Literal(node.name, Type.TEXT)
    if isinstance(node, exp.Literal) and re.fullmatch(r"[0-9]{1,12}", node.name):
        return Literal(int(node.name), Type.NUMBER)
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.DATE and node.this.is_string:
        try:
            return Literal(date.fromisoformat(node.this.name), Type.DATE)
        except ValueError:
            raise ExpressionFault(f"“{node.this.name}”不是日期", "请写成 DATE '2000-12-31'") from None
    if isinstance(node, exp.Is | exp.Null):
        raise ExpressionFault(f"“{_sql(node)}”：规则不能判断事实是否已知", "缺少的事实由引擎处理，请删去 IS NULL")
    raise ExpressionFault(f"“{_sql(node)}”：规则中不能这样写", "请只用比较、AND、OR、NOT、IN、BETWEEN 和列出的函数")


def reads(node: Expression) -> tuple[str, ...]:
    """Names of the facts that an expression reads, without the day asked about."""
    return tuple(name for name in references(node) if name != AS_OF.name)

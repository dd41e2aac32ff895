"""A budget as JSON: the `years`, `weights` and `funds` of a planning instance; other keys are left aside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongdi.core.portfolio.model import CLASSES, Fund
from gongdi.exchange.budget.reading import Budget
from gongdi.exchange.problems import CannotReadError, Problem, quoted

_MAX_FUNDS = 10_000
_LATEST_YEAR = 2200


def read_document(data: bytes) -> tuple[Budget | None, list[Problem]]:
    """The budget in a JSON text; raises CannotReadError when it is not such a text."""
    told = _parsed(data)
    problems: list[Problem] = []
    years = _years(told.get("years"), problems)
    weights = _weights(told.get("weights"), len(years), problems)
    raw = told.get("funds")
    if not isinstance(raw, list) or not raw or len(raw) > _MAX_FUNDS:
        raise CannotReadError(
            "没有 funds（资金）列表。", "请给出 funds，每项写明 code、classes、counties、carry_over、budget。"
        )
    funds = [_fund(item, f"funds[{index}]", len(years), problems) for index, item in enumerate(raw)]
    names = {str(item["code"]): str(item.get("name") or item["code"]) for item in raw if _has_code(item)}
    codes = [fund.code for fund in funds if fund is not None]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        _add(problems, "funds", code, "资金代码重复。", "请用不同的代码。")
    if any(problem.is_error for problem in problems):
        return None, problems
    return Budget(tuple(years), tuple(fund for fund in funds if fund is not None), weights, names), problems


def _parsed(data: bytes) -> dict[str, Any]:
    def refuse(text: str) -> None:
        raise ValueError(text)

    try:
        told = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=refuse)
    except UnicodeDecodeError:
        raise CannotReadError("JSON 文件不是 UTF-8 编码。", "请另存为 UTF-8 后再试。") from None
    except json.JSONDecodeError as error:
        why = f"JSON 写法有误：第 {error.lineno} 行第 {error.colno} 列。"
        raise CannotReadError(why, "请检查括号、引号和逗号。") from None
    except (ValueError, RecursionError):
        raise CannotReadError("JSON 里有不能用的数或嵌套过深。", "请检查文件内容。") from None
    if not isinstance(told, dict):
        raise CannotReadError("JSON 最外层应是对象。", "请写成 {“years”: …, “funds”: …} 的样子。")
    return told


def _has_code(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("code"), str)


def _add(problems: list[Problem], place: str, value: object, why: str, remedy: str) -> None:
    problems.append(Problem("", place, quoted(value), why, remedy))


def _whole(value: object) -> int | None:
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15 else None


def _years(value: object, problems: list[Problem]) -> list[int]:
    years = [_whole(item) for item in value] if isinstance(value, list) else []
    known = [year for year in years if year is not None and 2000 <= year <= _LATEST_YEAR]
    if not known or len(known) != len(years) or known != sorted(set(known)):
        _add(problems, "years", value, "years 应是从小到大、不重复的年份。", "例如 [2027, 2028]。")
    return known


def _weights(value: object, count: int, problems: list[Problem]) -> tuple[Fraction, ...] | None:
    if value is None:
        return None
    numbers = value if isinstance(value, list) else []
    good = [Fraction(n) for n in numbers if isinstance(n, (int, Decimal)) and not isinstance(n, bool) and n > 0]
    if len(good) != count or len(good) != len(numbers):
        _add(problems, "weights", value, "weights 应与 years 一样多，每个都大于 0。", "例如 [1, 0.95]。")
        return None
    return tuple(good)


def _fund(item: object, place: str, years: int, problems: list[Problem]) -> Fund | None:
    if not isinstance(item, dict):
        _add(problems, place, item, "每项资金应是对象。", "请写明 code、classes、counties、carry_over、budget。")
        return None
    before = len(problems)
    code = item.get("code")
    if not isinstance(code, str) or not code.strip():
        _add(problems, f"{place}.code", code, "资金没有代码。", "请补上 code。")
    classes = _names(item.get("classes"))
    if not classes or not classes <= set(CLASSES):
        _add(problems, f"{place}.classes", item.get("classes"), "可用类别不对。", f"只能写 {'、'.join(CLASSES)}。")
    counties = item.get("counties")
    if counties is not None and not _names(counties):
        _add(problems, f"{place}.counties", counties, "适用区县应是代码的列表。", "不限区县时写 null。")
    if not isinstance(item.get("carry_over", False), bool):
        _add(problems, f"{place}.carry_over", item["carry_over"], "carry_over 应是 true 或 false。", "请改正。")
    budget = _budget(item, place, years, problems)
    if len(problems) > before:
        return None
    reach = None if counties is None else frozenset(counties)
    return Fund(str(code), frozenset(classes or ()), reach, item.get("carry_over", False), tuple(budget))


def _names(value: object) -> frozenset[str] | None:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        return None
    return frozenset(value)


def _budget(item: Mapping[str, Any], place: str, years: int, problems: list[Problem]) -> list[int]:
    raw = item.get("budget")
    if not isinstance(raw, list) or len(raw) != years:
        _add(problems, f"{place}.budget", raw, f"budget 应有 {years} 个金额，每年一个。", "请按 years 的顺序补齐。")
        return []
    amounts = []
    for index, value in enumerate(raw):
        yuan = _whole(value)
        if yuan is None or yuan < 0:
            _add(problems, f"{place}.budget[{index}]", value, "金额应是不小于 0 的整数（元）。", "请改正。")
        amounts.append(yuan or 0)
    return amounts

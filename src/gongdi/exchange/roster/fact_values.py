"""From a roster's cell to the value of a fact (情况项), with how sure the reading is, or why it stays unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from gongdi.core.policy.inputs import remedy_for
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.core.values import format_hundredths
from gongdi.exchange.figures import Unit, compact, read_quantity
from gongdi.exchange.figures.text import simplified
from gongdi.exchange.figures.units import Kind as UnitKind
from gongdi.exchange.problems import Sureness, least_sure

READABLE = frozenset(
    {Kind.BOOL, Kind.DATE, Kind.EVENT, Kind.YEAR, Kind.COUNT, Kind.YUAN, Kind.M2, Kind.ENUM, Kind.LIST}
)
"""The kinds of fact that a column may tell."""

_NOTHING = {
    "", "-", "--", "—", "——", "–", "/", "\\", "·", "?", "??", "不详", "未知", "不明", "待定", "待查", "待核", "待核实",
    "待补", "未统计", "暂无数据", "n/a", "na", "nan", "null",
}  # fmt: skip
_YES = {
    "是",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    "y",
    "yes",
    "true",
    "对",
    "已",
    "已有",
    "是的",
    "属于",
    "已列入",
    "符合",
    "存在",
}
_NO = {
    "否", "无", "没有", "×", "✗", "✘", "x", "n", "no", "false", "不是", "未", "不", "不属于", "未列入", "不符合",
    "不存在", "暂无",
}  # fmt: skip
_LIKELY = {"1": True, "0": False}
_NOTED = re.compile(r"^(?P<word>[^()]{1,4})\((?P<note>[^()]+)\)$")
_REFUSING = re.compile("[非不无未否]")
_DAY = re.compile(
    r"(?P<y>(?:1[89]|20|21)[0-9]{2})(?:年|[./-])(?P<m>[0-9]{1,2})(?:月|[./-])(?P<d>[0-9]{1,2})日?(?:t?00:00(?::00)?)?"
)
_PACKED_DAY = re.compile(r"(?P<y>(?:1[89]|20|21)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_YEAR = re.compile(r"(?P<y>(?:1[89]|20|21)[0-9]{2})年?")
_MONTH = re.compile(r"(?P<y>(?:1[89]|20|21)[0-9]{2})(?:年|[./-])(?:0?[1-9]|1[0-2])月?")
_SERIAL = re.compile(r"[1-5][0-9]{4}")
_BETWEEN = re.compile("[、,;/]")
_COUNTED = re.compile("(?<=[0-9])(?:年|人|次|条|件|名)$")
_HAPPENED_NOT = {"无", "没有", "未发生", "未", "否", "none", "尚未"}
_UNITS = {Kind.YUAN: UnitKind.MONEY, Kind.M2: UnitKind.AREA}


@dataclass(frozen=True, slots=True)
class ValueReading:
    """A cell read for a fact. `value` is JSON, None when the cell says nothing or cannot be read (then `why`).

    `instead` is the name of another fact that the cell tells: only the year of a date is known.
    """

    value: Any = None
    sureness: Sureness = "sure"
    note: str = ""
    why: str = ""
    remedy: str = ""
    instead: str = ""


@lru_cache(maxsize=8_192)
def plain_words(text: str) -> str:
    """A text in the form in which words are compared: half width, no spaces, simplified, small letters."""
    return simplified(compact(text)).lower().strip("。.")


def read_value(fact: Fact, text: str, unit: Unit | None = None) -> ValueReading:
    """The value of a fact from the text of a cell; `unit` is the one that the header names, if any.

    A value that is given is one that `gongdi.core.policy.inputs.normalised` takes.
    """
    plain = plain_words(text)
    if plain in _NOTHING:
        return ValueReading()
    reading = _by_kind(fact, text, plain, unit)
    if reading.value is None or reading.instead:
        return reading
    remedy = remedy_for(fact, reading.value)
    return reading if remedy is None else ValueReading(why="不在可用的范围内", remedy=f"{remedy}。")


def _by_kind(fact: Fact, text: str, plain: str, unit: Unit | None) -> ValueReading:
    match fact.kind:
        case Kind.BOOL:
            return _yes_or_no(plain)
        case Kind.DATE | Kind.EVENT:
            return _day(fact, plain)
        case Kind.YEAR:
            found = _YEAR.fullmatch(plain)
            return ValueReading(int(found["y"])) if found else _fault("不是单独一年", "请填写四位年份，例如 1998。")
        case Kind.COUNT:
            return _count(plain)
        case Kind.YUAN | Kind.M2:
            return _amount(fact, text, unit)
        case Kind.ENUM:
            return _choice(fact, plain)
        case Kind.LIST:
            return _choices(fact, plain)
        case _:
            return _fault("这一项不能由名单填写", "请在小区页面上填写。")


def _fault(why: str, remedy: str) -> ValueReading:
    return ValueReading(why=why, remedy=remedy)


def _yes_or_no(plain: str) -> ValueReading:
    if plain in _YES or plain in _NO:
        return ValueReading(plain in _YES)
    if plain in _LIKELY:
        return ValueReading(_LIKELY[plain], "likely", f"“{plain}”按{'是' if _LIKELY[plain] else '否'}")
    noted = _NOTED.match(plain)
    if noted and noted["word"] in _YES | _NO:
        return ValueReading(noted["word"] in _YES, "likely", f"括注“{noted['note']}”未计入")
    return _fault("不是“是”或“否”", "请填写“是”或“否”；不清楚的可以留空。")


def _day(fact: Fact, plain: str) -> ValueReading:
    if fact.kind is Kind.EVENT and plain in _HAPPENED_NOT:
        return ValueReading("none")
    found = _DAY.fullmatch(plain) or _PACKED_DAY.fullmatch(plain)
    if found:
        try:
            return ValueReading(date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat())
        except ValueError:
            return _fault("没有这一天", "请填写完整日期，例如 1996-08-31。")
    part = _YEAR.fullmatch(plain) or _MONTH.fullmatch(plain)
    if part and fact.year_fact:
        return ValueReading(int(part["y"]), "sure", "只写到年份或月份，记为年份", instead=fact.year_fact)
    if part:
        return _fault("只写到年份或月份，缺日期", "请填写完整日期，例如 1996-08-31；不清楚的可以留空。")
    if _SERIAL.fullmatch(plain):
        return _fault("是一个数，不是日期", "如果本是日期，请把单元格格式设为日期后再试。")
    return _fault("不是日期", "请填写完整日期，例如 1996-08-31；不清楚的可以留空。")


def _count(plain: str) -> ValueReading:
    quantity = read_quantity(_COUNTED.sub("", plain))
    if quantity.amount is None:
        return _fault(quantity.fault or "不是数字", "请填写不小于零的整数；不清楚的可以留空。")
    amount = quantity.amount * (quantity.multiple or 1) * (quantity.unit.factor if quantity.unit else 1)
    if amount != amount.to_integral_value() or (quantity.unit and quantity.unit.kind in _UNITS.values()):
        return _fault("不是整数个数", "请填写不小于零的整数；不清楚的可以留空。")
    return ValueReading(int(amount), quantity.sureness, quantity.note)


def _amount(fact: Fact, text: str, unit: Unit | None) -> ValueReading:
    quantity = read_quantity(text)
    if quantity.amount is None:
        return ValueReading(note=quantity.note, why=quantity.fault, remedy="请填写一个数字；不清楚的可以留空。")
    own, sureness, note = quantity.unit or unit, quantity.sureness, quantity.note
    if own is not None and own.kind is not _UNITS[fact.kind]:
        return _fault(f"写的单位是“{own.text}”，与这一项不符", "请核对单位。")
    if own is None and fact.kind is Kind.YUAN and quantity.amount:
        return _fault("没有写单位，不知道是元还是万元", f"请在表头写明单位，例如“{fact.zh}（万元）”。")
    if own is None:
        sureness, note = (
            least_sure(sureness, "likely"),
            _joined(note, "没有写单位，按平方米" if quantity.amount else ""),
        )
    if quantity.unit is not None and unit is not None and quantity.unit.factor != unit.factor:
        sureness, note = least_sure(sureness, "likely"), _joined(note, "单元格自带的单位与表头不同，按单元格")
    factor = own.factor if own is not None and (quantity.unit or not quantity.multiple) else 1
    exact = quantity.amount * factor * (quantity.multiple or 1) * 100
    steps = int(exact.to_integral_value(ROUND_HALF_UP))
    if Decimal(steps) != exact:
        sureness, note = least_sure(sureness, "likely"), _joined(note, "小数超过两位，已四舍五入")
    return ValueReading(format_hundredths(steps), sureness, note)


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


def _choice(fact: Fact, plain: str) -> ValueReading:
    """A code by its word: the same word, or the only word that holds the cell's or is held by it."""
    labels = {plain_words(word): code for code, word in fact.labels.items()}
    if plain in labels:
        return ValueReading(labels[plain])
    if plain in fact.labels:
        return ValueReading(plain)
    near = {code for word, code in labels.items() if len(plain) > 1 and (plain in word or word in plain)}
    if len(near) == 1 and not _REFUSING.search(plain):
        code = near.pop()
        return ValueReading(code, "likely", f"“{plain}”按“{fact.labels[code]}”")
    return _fault("不是可用的取值", f"可用的取值：{'、'.join(list(fact.labels.values())[:20])}。")


def _choices(fact: Fact, plain: str) -> ValueReading:
    found = [_choice(fact, part) for part in _BETWEEN.split(plain) if part]
    wrong = next((each for each in found if each.value is None), None)
    if wrong is not None:
        return wrong
    codes = list(dict.fromkeys(each.value for each in found))
    return ValueReading(codes, least_sure(*(each.sureness for each in found)), _joined(*(each.note for each in found)))

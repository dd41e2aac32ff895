"""The small languages of a budget table: item classes, counties, carry-over, amounts, years."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongdi.core.portfolio.model import CLASSES
from gongdi.exchange.figures import Kind, Unit, compact, find_unit, read_quantity
from gongdi.exchange.figures.text import as_text, simplified
from gongdi.exchange.tabular.grid import CellValue

_CLASS_WORDS = {
    "基础": "basic", "完善": "improvement", "提升": "upgrade", "basic": "basic", "improvement": "improvement",
    "upgrade": "upgrade",
}  # fmt: skip
_ALL = {"全部", "所有", "不限", "各类", "全部类别", "不限类别", "all"}
_ALL_COUNTIES = {"", "全部", "所有", "不限", "全市", "各区县", "全部区县", "all", "-", "/"}
_YES = {"是", "可", "可以", "能", "允许", "√", "✓", "y", "yes", "true", "1", "有"}
_NO = {"", "否", "不可", "不可以", "不能", "不允许", "×", "x", "n", "no", "false", "0", "无"}
_YEAR = re.compile(r"(?P<year>20[0-9]{2})(?:年度?)?(?:度)?(?:预算|资金|可用资金|金额|额度|计划|安排|预计|可安排|总额)*")

Fault = tuple[str, str]
"""Why a cell cannot be taken, and what to do."""


def plain(value: CellValue) -> str:
    """A cell's text in one form for comparing."""
    return simplified(compact(as_text(value))).lower()


def read_classes(value: CellValue) -> frozenset[str] | Fault:
    """Item classes (可用类别): 基础类、完善类, or 全部."""
    remedy = "请写“基础类”“完善类”“提升类”中的一个或几个（用顿号隔开），或写“全部”。"
    text = plain(value)
    if not text:
        return "可用类别是空的。", remedy
    if text in _ALL:
        return frozenset(CLASSES)
    found = set()
    for part in re.split("[、,;/|+和及与]", text):
        name = _CLASS_WORDS.get(part.removesuffix("改造").removesuffix("类"))
        if name is None:
            return f"可用类别“{part}”不认识。", remedy
        found.add(name)
    return frozenset(found)


def read_counties(value: CellValue, codes: Mapping[str, str] | None) -> frozenset[str] | Fault | None:
    """Counties that a fund may pay in (适用区县); None for all. With `codes`, names become division codes."""
    text = plain(value)
    if text in _ALL_COUNTIES:
        return None
    parts = [part for part in re.split("[、,;/|]", text) if part]
    if codes is None:
        return frozenset(parts)
    known = set(codes.values())
    unknown = [part for part in parts if part not in codes and part not in known]
    if unknown:
        return (
            f"适用区县“{'、'.join(unknown)}”不认识。",
            "请写行政区划代码或区县全称，几个区县用顿号隔开；空着表示全部区县。",
        )
    return frozenset(codes.get(part, part) for part in parts)


def read_yes(value: CellValue) -> bool | Fault:
    """是 or 否; an empty cell is 否."""
    text = plain(value)
    if text in _YES:
        return True
    return False if text in _NO else (f"可结转一格写的是“{as_text(value)}”。", "请写“是”或“否”。")


def read_year(header: CellValue) -> tuple[int, Unit | None] | None:
    """The year that heads a column, with the unit if the header names one: 2027年（万元）."""
    text = plain(header)
    unit = None
    for found in re.finditer(r"[(（]([^()（）]*)[)）]", text):
        unit = find_unit(found[1].removeprefix("单位:")) or unit
    text = re.sub(r"[(（][^()（）]*[)）]", "", text)
    glued = re.search("(亿元|万元|元)$", text)
    if unit is None and glued:
        unit, text = find_unit(glued[1]), text[: glued.start()].rstrip("/:")
    year = _YEAR.fullmatch(text)
    if year is None or (unit is not None and unit.kind is not Kind.MONEY):
        return None
    return int(year["year"]), unit


def read_yuan(value: CellValue, unit: Unit | None) -> tuple[int, str] | Fault:
    """Whole yuan and a remark ("" if none); an empty cell is nought. Parts of a yuan are left off and said so."""
    remedy = "请填写一个不小于 0 的金额；没有的填 0 或留空。"
    quantity = read_quantity(value)
    if quantity.fault or (quantity.amount is None and quantity.note):
        return f"金额读不出：{quantity.fault or quantity.note}。", remedy
    if quantity.amount is None:
        return 0, ""
    if quantity.sureness == "guess":
        return f"金额不确定（{quantity.note}）。", "请填写一个确定的金额。"
    if quantity.unit is not None and quantity.unit.kind is not Kind.MONEY:
        return f"金额一格写的单位是“{quantity.unit.text}”。", remedy
    own = quantity.unit is not None or quantity.multiple is not None
    factor = (quantity.unit.factor if quantity.unit else 1) * (quantity.multiple or 1) if own else 0
    if not own:
        if unit is None:
            return "不知道金额的单位。", "请在年份表头写明，例如“2027年（万元）”，或在表题写“单位：万元”。"
        factor = unit.factor
    exact = quantity.amount * factor
    if exact < 0:
        return "金额不能是负数。", remedy
    whole = int(exact)
    remarks = [quantity.note, "" if exact == whole else "不足一元的部分没有计入"]
    return whole, "；".join(remark for remark in remarks if remark)

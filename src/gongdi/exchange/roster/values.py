"""From a cell to a field's value, with its sureness, or the reason why it stays unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import Quantity, compact, read_quantity, read_years
from gongdi.exchange.problems import Sureness, least_sure
from gongdi.exchange.roster.columns import Column
from gongdi.exchange.roster.headers import FIELD_KINDS
from gongdi.exchange.roster.names import buildings_named
from gongdi.exchange.roster.reading import LABELS, Field, FieldReading, Value
from gongdi.exchange.tabular.grid import CellValue

_MOST: dict[Field, int] = {
    Field.AREA: 500_000_000,
    Field.HOUSEHOLDS: 50_000,
    Field.BUILDINGS: 2_000,
    Field.UNITS: 10_000,
    Field.INVESTMENT: 1_000_000_000_000,
}
"""More than any one compound has (in the value's own whole steps: 0.01 m2, fen): probably a wrong unit."""

_PLAN_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value is not as it should be; an error or a warning; `reading` is what is kept of it."""

    why: str
    remedy: str
    is_error: bool = False


def read_number(name: Field, column: Column, cell: CellValue, row: int) -> tuple[FieldReading, Fault | None]:
    """A count, an area or an amount of money from a cell."""
    if type(cell) is float and cell.is_integer() and abs(cell) < 1e12:
        return _from_whole(name, column, cell, row)
    quantity = read_quantity(cell)
    listed = buildings_named(compact(cell)) if name is Field.BUILDINGS and isinstance(cell, str) else None
    if listed is not None and re.search("[-~—–至、,#]", compact(str(cell))):
        note = "一格列的是楼号，按楼号计数"
        return FieldReading(listed, cell, row, column.number, "guess", note), None
    if quantity.amount is None:
        reading = FieldReading(None, cell, row, column.number, column.sureness, quantity.note)
        fault = (
            Fault(f"{LABELS[name]}读不出：{quantity.fault}。", "请填写一个数字；不清楚的可以留空。")
            if quantity.fault
            else None
        )
        return reading, fault
    factor, sureness, note, why = _factor(name, column, quantity)
    if why:
        return FieldReading(None, cell, row, column.number), Fault(why, "请核对这个单元格的单位。")
    value, whole, rounding = _value(name, quantity.amount * factor)
    note = "；".join(part for part in (quantity.note, note, rounding) if part)
    sureness = least_sure(column.sureness, quantity.sureness, sureness)
    return _judged(name, FieldReading(value, cell, row, column.number, sureness, note), whole)


def _from_whole(name: Field, column: Column, cell: float, row: int) -> tuple[FieldReading, Fault | None]:
    """The usual case, quickly: a plain whole number in the column's own unit."""
    whole = int(cell) * (column.unit.factor if column.unit is not None else 1)
    value: Value = whole
    if name is Field.AREA or name is Field.INVESTMENT:
        whole *= 100
        value = Area(whole) if name is Field.AREA else Money(whole)
    reading = FieldReading(value, cell, row, column.number, column.sureness)
    return (reading, None) if 0 <= whole <= _MOST[name] else _judged(name, reading, whole)


def _factor(name: Field, column: Column, quantity: Quantity) -> tuple[int, Sureness, str, str]:
    """By how much the number is multiplied, with the reason when the cell disagrees with the header."""
    expected = column.unit.factor if column.unit is not None else 1
    if quantity.unit is not None and quantity.unit.kind not in FIELD_KINDS[name]:
        return 1, "sure", "", f"{LABELS[name]}一格写的单位是“{quantity.unit.text}”，与这一列不符。"
    if quantity.unit is None and quantity.multiple is None:
        return expected, "sure", "", ""
    own = (quantity.unit.factor if quantity.unit is not None else 1) * (quantity.multiple or 1)
    if own == expected or column.unit is None:
        return own, "sure", "", ""
    return own, "likely", f"单元格自带的单位与表头“{column.unit.text}”不同，按单元格", ""


def _value(name: Field, amount: Decimal) -> tuple[Value, int | None, str]:
    """The typed value, its whole steps, and a note when it had to be rounded; None for a count that is not whole."""
    if name is Field.AREA or name is Field.INVESTMENT:
        exact = amount * 100
        steps = int(exact.to_integral_value(ROUND_HALF_UP))
        note = "" if exact == steps else "小数超过两位，已四舍五入"
        return (Area(steps) if name is Field.AREA else Money(steps)), steps, note
    return (int(amount), int(amount), "") if amount == amount.to_integral_value() else (None, None, "")


def _judged(name: Field, reading: FieldReading, whole: int | None) -> tuple[FieldReading, Fault | None]:
    label = LABELS[name]
    if whole is None:
        return reading._replace(value=None), Fault(f"{label}应为整数。", "请填写整数；不清楚的可以留空。")
    if whole < 0:
        return reading._replace(value=None), Fault(f"{label}不能是负数。", "请改为实际数；不清楚的可以留空。", True)
    if whole > _MOST[name]:
        why = f"{label}折合 {_shown(reading.value)}，大得不像一个小区。"
        return reading._replace(sureness="guess"), Fault(why, "请核对数字和表头的单位。")
    return reading, None


def _shown(value: Value) -> str:
    if isinstance(value, Area):
        return f"{value.hundredths // 100:,} 平方米"
    return f"{value.fen // 100:,} 元" if isinstance(value, Money) else f"{value:,}" if isinstance(value, int) else ""


def read_completed(
    column: Column, cell: CellValue, row: int, now_year: int
) -> tuple[dict[Field, FieldReading], Fault | None]:
    """Year of completion: the span always, the year only when the span is one year."""
    years = read_years(cell, now_year)
    make: Callable[[Value, str], FieldReading] = lambda value, note: FieldReading(  # noqa: E731
        value, cell, row, column.number, least_sure(column.sureness, years.sureness), note
    )
    if years.fault:
        remedy = "请填写四位年份，例如 1998；只知道年代的可写“80年代”或“1996-1998”。"
        return {Field.COMPLETED_YEAR: make(None, "")}, Fault(f"建成年份读不出：{years.fault}。", remedy)
    if years.span is None:
        return {}, None
    readings = {Field.COMPLETED_SPAN: make(years.span, years.note)}
    note = years.note or ("" if years.span.year is not None else "年份不是单独一年")
    readings[Field.COMPLETED_YEAR] = make(years.span.year, note)
    return readings, None


def read_plan_year(column: Column, cell: CellValue, row: int) -> FieldReading:
    """The year of a plan: 2022年1-6月 is 2022."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 2000 <= cell <= 2099 and cell == int(cell):
        return FieldReading(int(cell), cell, row, column.number, column.sureness)
    text = str(getattr(cell, "year", cell))
    years = set(_PLAN_YEAR.findall(text))
    if len(years) != 1:
        return FieldReading(None, cell, row, column.number, column.sureness, "没有读出单独一年")
    year = int(years.pop())
    exact = text.strip().rstrip("年度") == str(year)
    sureness = column.sureness if exact else least_sure(column.sureness, "likely")
    return FieldReading(year, cell, row, column.number, sureness, "" if exact else "只取其中的年份")

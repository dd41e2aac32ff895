"""Checks over a whole roster: duplicates, printed totals, numbers of compounds, figures that cannot go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import read_quantity
from gongdi.exchange.figures.text import as_text
from gongdi.exchange.problems import Problem, ProblemList
from gongdi.exchange.roster.columns import Column
from gongdi.exchange.roster.names import match_key
from gongdi.exchange.roster.reading import LABELS, Field, RosterRow, Value
from gongdi.exchange.roster.row_kinds import compounds_counted
from gongdi.exchange.roster.rows import TotalRow
from gongdi.exchange.tabular import cell_name

_M2_PER_HOUSEHOLD = (500, 200_000)
"""Floor area a household, in 0.01 m2, outside of which area or households are probably in a wrong unit."""


def check_duplicates(rows: Sequence[RosterRow], problems: ProblemList) -> list[RosterRow]:
    """Name rows that repeat a compound of the same district and street; note names that recur in other districts."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[match_key(row.name)].append(index)
    noted = list(rows)
    for indexes in groups.values():
        if len(indexes) < 2:
            continue
        _check_group([rows[index] for index in indexes], problems)
        districts = sorted({_district(rows[index]) for index in indexes} - {""})
        for index in indexes if len(districts) > 1 else ():
            others = "、".join(name for name in districts if name != _district(rows[index]))
            note = f"{others}也有同名小区"
            noted[index] = replace(rows[index], notes=(*rows[index].notes, note))
    return noted


def _district(row: RosterRow) -> str:
    return row.text(Field.DISTRICT) or row.text(Field.CITY)


def _check_group(rows: list[RosterRow], problems: ProblemList) -> None:
    seen: dict[tuple[str, str], list[RosterRow]] = defaultdict(list)
    for row in rows:
        earlier = next((other for other in seen[_place(row)] if _may_be_same(other, row)), None)
        if earlier is None:
            seen[_place(row)].append(row)
            continue
        name = row.fields[Field.NAME]
        where = f"“{earlier.sheet}”第 {earlier.row} 行" if earlier.sheet != row.sheet else f"第 {earlier.row} 行"
        why = f"与{where}的“{earlier.name}”重名，区县和街道也相同。"
        remedy = "如果是同一个小区，请删去一行；如果是两个小区，请用地址或期数区分名称。"
        problems.add(Problem(row.sheet, name.cell, row.name, why, remedy, "warning"))


def _place(row: RosterRow) -> tuple[str, str]:
    return row.text(Field.CITY), row.text(Field.DISTRICT)


def _may_be_same(one: RosterRow, other: RosterRow) -> bool:
    """Streets that both are known and differ tell two compounds apart; so do addresses."""
    for key in (Field.STREET, Field.ADDRESS):
        first, second = one.text(key), other.text(key)
        if first and second and match_key(first) != match_key(second):
            return False
    return True


def check_figures(rows: Iterable[RosterRow], problems: ProblemList) -> None:
    """Floor area and households that cannot go together."""
    low, high = _M2_PER_HOUSEHOLD
    for row in rows:
        area, households = row.area, row.count(Field.HOUSEHOLDS)
        if area is None or not households or low * households <= area.hundredths <= high * households:
            continue
        if area.hundredths == 0:
            continue
        each = area.hundredths // households
        why = f"平均每户 {each // 100:,}.{each % 100:02d} 平方米，面积或户数可能有误。"
        cell = row.fields[Field.AREA]
        problems.add(Problem(row.sheet, cell.cell, cell.raw, why, "请核对建筑面积的单位和户数。", "warning"))


def check_total(
    total: TotalRow,
    rows: Sequence[RosterRow],
    bounds: tuple[int, int],
    columns: dict[Field, Column],
    problems: ProblemList,
) -> None:
    """Compare a printed total with the rows it may stand for; `bounds` are the totals rows before and after it."""
    scopes = _scopes(total, rows, bounds)
    if total.label.count is not None and all(len(scope) != total.label.count for scope in scopes):
        why = f"表中写明 {total.label.count} 个小区，实际列出 {len(scopes[0])} 个。"
        problems.add(
            Problem(total.sheet, cell_name(total.row, 0), "", why, "请核对是否有遗漏或多列的小区。", "warning")
        )
    for key, cell in total.cells.items():
        _check_figure(total, key, cell, scopes, columns[key], problems)


def _scopes(total: TotalRow, rows: Sequence[RosterRow], bounds: tuple[int, int]) -> list[Sequence[RosterRow]]:
    before, after = bounds
    named = [row for row in rows if total.label.scope and _district(row) == total.label.scope]
    if named:
        return [named]
    around: list[Sequence[RosterRow]] = [rows[before : total.after], rows[total.after : after]]
    scopes = around if total.label.is_part else [rows, *around]
    return [scope for scope in scopes if scope] or [rows]


def _check_figure(
    total: TotalRow,
    key: Field,
    cell: object,
    scopes: list[Sequence[RosterRow]],
    column: Column,
    problems: ProblemList,
) -> None:
    printed = read_quantity(cell)
    if printed.amount is None:
        return
    factor = column.unit.factor if column.unit is not None else 1
    if printed.unit is not None or printed.multiple is not None:
        factor = (printed.unit.factor if printed.unit is not None else 1) * (printed.multiple or 1)
    sums = [_sum(scope, key) for scope in scopes]
    known = [value for value, unknown in sums if not unknown]
    if not known or any(_agrees(value, factor, printed.amount, printed.decimals) for value in known):
        return
    why = f"{LABELS[key]}的合计是 {as_text(cell)}，各行相加是 {_shown(known[0] / factor)}。"
    where = cell_name(total.row, column.number)
    problems.add(Problem(total.sheet, where, as_text(cell), why, "请核对合计和各行，看是否有遗漏或误填。", "warning"))


def _sum(rows: Sequence[RosterRow], key: Field) -> tuple[Decimal, bool]:
    """The exact sum in whole base units, and whether any row is unknown."""
    values = [_steps(row.value(key)) for row in rows]
    return sum((value for value in values if value is not None), Decimal(0)), None in values


def _steps(value: Value) -> Decimal | None:
    if isinstance(value, Area):
        return Decimal(value.hundredths) / 100
    if isinstance(value, Money):
        return Decimal(value.fen) / 100
    return Decimal(value) if isinstance(value, int) else None


def _agrees(value: Decimal, factor: int, printed: Decimal, decimals: int) -> bool:
    rounded = (value / factor).quantize(Decimal(1).scaleb(-min(decimals, 9)), ROUND_HALF_UP)
    return rounded == printed


def _shown(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")


def check_stated_count(texts: Iterable[str], rows: Sequence[RosterRow], sheet: str, problems: ProblemList) -> None:
    """Compare the number of compounds that a title or footnote states (共90个小区) with the rows."""
    for text in texts:
        count = compounds_counted(text) if "共" in text and "小区" in text else None
        if count is not None and count != len(rows):
            why = f"表题或附注写明共 {count} 个小区，实际列出 {len(rows)} 个。"
            problems.add(Problem(sheet, "", text[:80], why, "请核对名单是否完整。", "warning"))
            return

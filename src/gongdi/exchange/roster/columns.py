"""Choosing one column a field, and the unit its numbers are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongdi.exchange.figures import Kind, Unit, compact, find_unit, read_quantity
from gongdi.exchange.problems import Problem, Sureness, least_sure
from gongdi.exchange.roster.headers import FIELD_KINDS, HeaderReading
from gongdi.exchange.roster.layout import HeadColumn, Section
from gongdi.exchange.roster.reading import LABELS, ColumnReading, Field
from gongdi.exchange.tabular import cell_name
from gongdi.exchange.tabular.grid import CellValue

_SAMPLE = 300
_RANKS: dict[Sureness, int] = {"sure": 0, "likely": 1, "guess": 2}
_COMPOUND_LIKE = re.compile(
    r"(?:小区|宿舍|家属[院楼区]|楼院|大院|公寓|新村|花园|家园|[苑园院楼村里坊栋幢]|[0-9]号|[东西南北]区|[0-9a-z一二三四]期?区?)(?:\(.*\))?$"
)
_ADMINISTRATIVE = re.compile(r"(?:社区|街道|街道办事处|居委会|镇|乡|县|市|省|[^小院校厂住园]区|旗|村委会)$")
_STATED_UNITS = re.compile(r"(?:计量)?单位[:：]\s*([^)）]{1,40})")

_WAN = Unit(Kind.MONEY, 10_000, "万元")
_YUAN = Unit(Kind.MONEY, 1, "元")
_M2 = Unit(Kind.AREA, 1, "平方米")
_WAN_M2 = Unit(Kind.AREA, 10_000, "万平方米")


@dataclass(frozen=True, slots=True)
class Column:
    """The column that one field is read from: its index in a row, its unit, how sure."""

    index: int
    number: int
    header: str
    sureness: Sureness
    unit: Unit | None = None
    note: str = ""


@dataclass(slots=True)
class Columns:
    """The columns of one table, with what was understood of every header."""

    by_field: dict[Field, Column] = field(default_factory=dict)
    others: list[tuple[int, str]] = field(default_factory=list)
    readings: list[ColumnReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def choose_columns(section: Section, titles: Sequence[str]) -> Columns:
    """One column a field: the surest header first, the leftmost among equals; by_field is empty without a name."""
    chosen = Columns()
    heads = sorted(section.columns, key=lambda head: _RANKS[head.reading.sureness])
    taken: dict[int, Field] = {}
    works_dates = any("开工" in head.text for head in section.columns)
    for head in heads:
        name = head.reading.field
        if name is Field.COMPLETED_YEAR and works_dates and "竣工" in head.text:
            continue  # beside a start of works, the end of works is meant and not the building's year
        if name is Field.NAME and Field.NAME not in taken.values():
            name = Field.NAME if names_compounds(_values(section, head.index), head.reading.sureness) else None
        elif name is Field.NAME:
            is_project = "项目" in head.text and Field.PROJECT not in taken.values()
            if not is_project and head.reading.sureness != "guess":
                chosen.problems.append(_second(section, head))
            name = Field.PROJECT if is_project else None
        elif name in taken.values():
            chosen.problems.append(_second(section, head))
            name = None
        if name is not None:
            taken[head.index] = name
    for head in section.columns:
        _take(section, chosen, head, taken.get(head.index), titles)
    if Field.NAME not in chosen.by_field:
        chosen.by_field.clear()
    return chosen


def _values(section: Section, index: int) -> list[CellValue]:
    last = min(section.end, section.first_row + _SAMPLE)
    values = (section.grid.at(row, index) for row in range(section.first_row, last))
    return [value for value in values if value != ""]


def names_compounds(values: Sequence[CellValue], sureness: Sureness) -> bool:
    """Whether the cells under a header can be compounds' names.

    Figures and administrative divisions are not, whatever the header says; under a header that could mean anything
    (名称, 项目) half of the cells must look like a compound's name.
    """
    if not values:
        return sureness != "guess"
    texts = [compact(value).lower() for value in values if isinstance(value, str)]
    words = [text for text in texts if read_quantity(text).amount is None]
    if len(words) * 2 < len(values):
        return False
    alike = sum(1 for word in words if _COMPOUND_LIKE.search(word))
    divisions = sum(1 for word in words if _ADMINISTRATIVE.search(word) and not word.endswith("小区"))
    if divisions * 5 >= len(words) * 4:
        return False
    return sureness != "guess" or (alike * 2 >= len(words) and divisions * 5 < len(words))


def _second(section: Section, head: HeadColumn) -> Problem:
    label = LABELS[head.reading.field] if head.reading.field else ""
    why = f"“{label}”在这张表里不止一列，这一列没有采用。"
    return Problem(
        section.grid.name, _cell(section, head), head.text, why, "如果应采用这一列，请改另一列的表头。", "warning"
    )


def _cell(section: Section, head: HeadColumn) -> str:
    return cell_name(section.head_last, head.index + section.grid.first_column)


def _take(section: Section, chosen: Columns, head: HeadColumn, name: Field | None, titles: Sequence[str]) -> None:
    reading, cell = head.reading, _cell(section, head)
    if name is None:
        chosen.others.append((head.index, head.text))
        chosen.readings.append(ColumnReading(section.grid.name, cell, head.text, None, "sure"))
        return
    unit, sureness, note = _unit(section, head.index, name, reading, titles)
    sureness = least_sure(sureness, reading.sureness)
    note = "；".join(part for part in (reading.note, note) if part)
    number = head.index + section.grid.first_column
    chosen.by_field[name] = Column(head.index, number, head.text, sureness, unit, note)
    unit_text = unit.text if unit is not None else ""
    chosen.readings.append(ColumnReading(section.grid.name, cell, head.text, name, sureness, unit_text, note))
    if note and sureness == "guess" and name in (Field.AREA, Field.INVESTMENT):
        remedy = "请在表头写明单位，例如“建筑面积（平方米）”“计划投资（万元）”。"
        chosen.problems.append(Problem(section.grid.name, cell, head.text, f"{note}。", remedy, "warning"))


def _unit(
    section: Section, index: int, name: Field, reading: HeaderReading, titles: Sequence[str]
) -> tuple[Unit | None, Sureness, str]:
    """The unit of a column's numbers: in the header, in the title, or by a stated rule."""
    if reading.unit is not None or name not in (Field.AREA, Field.INVESTMENT):
        return reading.unit, "sure", ""
    stated = _stated_unit(titles, FIELD_KINDS[name])
    if stated is not None:
        return stated, "likely", f"单位“{stated.text}”取自表题"
    return _usual_unit(_values(section, index), name)


def _stated_unit(titles: Sequence[str], kinds: tuple[Kind, ...]) -> Unit | None:
    for title in titles:
        for found in _STATED_UNITS.finditer(title):
            units = [find_unit(word) for word in re.split(r"[、,，;；/\s]+", found[1])]
            fitting = [unit for unit in units if unit is not None and unit.kind in kinds]
            if len(fitting) == 1:
                return fitting[0]
    return None


def _usual_unit(values: Sequence[CellValue], name: Field) -> tuple[Unit | None, Sureness, str]:
    """Without any unit: money as 万元 unless an amount reaches a million; area as m2 unless all stay under 100."""
    readings = [read_quantity(value) for value in values]
    plain = [r.amount for r in readings if r.amount is not None and r.unit is None and r.multiple is None]
    if not plain:
        return (_YUAN if name is Field.INVESTMENT else _M2), "sure", ""
    if name is Field.INVESTMENT:
        unit = _YUAN if max(plain) >= 1_000_000 else _WAN
        return unit, "guess", f"表头和表题都没有写投资的单位，暂按{unit.text}"
    if max(plain) < 100:
        return _WAN_M2, "guess", "表头和表题都没有写面积的单位，数值都小于 100，暂按万平方米"
    return _M2, "likely", "表头和表题都没有写面积的单位，按平方米"

"""Reading the rows of one table: compounds, and the totals printed among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gongdi.exchange.figures.text import as_text, clean
from gongdi.exchange.problems import Problem, ProblemList, Severity, Sureness, least_sure, quoted
from gongdi.exchange.roster.columns import Column, Columns
from gongdi.exchange.roster.layout import MergeMap, Section
from gongdi.exchange.roster.names import read_name
from gongdi.exchange.roster.reading import LABELS, NUMBERS, PLACES, Field, FieldReading, RosterRow
from gongdi.exchange.roster.row_kinds import TotalLabel, district_of_section, is_note, read_total
from gongdi.exchange.roster.undone_merges import columns_to_fill
from gongdi.exchange.roster.values import Fault, read_completed, read_number, read_plan_year
from gongdi.exchange.tabular.grid import FAULT_FORMULA, CellValue, cell_name

_STREET_COMMUNITY = re.compile(
    r"^(?P<street>[^\s]{1,12}?(?:街道办事处|街道办|街道|街办|镇|乡))(?P<community>[^\s]{1,16}?(?:社区居委会|社区|居委会|村))$"
)
_TEXT_FIELDS = (
    Field.SEQUENCE, *PLACES, Field.PROJECT, Field.ADDRESS, Field.WORKS, Field.PROGRESS, Field.REMARKS,
)  # fmt: skip
_CARRIED = frozenset(
    {
        *PLACES,
        Field.ADDRESS,
        Field.PROJECT,
        Field.WORKS,
        Field.PROGRESS,
        Field.REMARKS,
        Field.PLAN_YEAR,
        Field.COMPLETED_YEAR,
    }
)
_FORMULA_WHY = "公式没有保存计算结果，读不到数值"
_FORMULA_REMEDY = "请用 Excel 或 WPS 打开文件，重新计算并保存后再试。"


@dataclass(slots=True)
class TotalRow:
    """A printed total: where it stands, its label, the cells of its figures; `after` compounds stand above it."""

    sheet: str
    row: int
    label: TotalLabel
    cells: dict[Field, CellValue]
    after: int


@dataclass(slots=True)
class SectionRows:
    """What one table holds."""

    rows: list[RosterRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class SectionReader:
    """Reads the rows of one table, top to bottom."""

    def __init__(
        self, section: Section, columns: Columns, merges: MergeMap, now_year: int, problems: ProblemList
    ) -> None:
        self._section = section
        self._grid = section.grid
        self._merges = merges
        self._columns = columns
        self._now_year = now_year
        self._problems = problems
        self._name = columns.by_field[Field.NAME]
        self._texts = [(name, columns.by_field[name]) for name in _TEXT_FIELDS if name in columns.by_field]
        self._numbers = [(name, columns.by_field[name]) for name in NUMBERS if name in columns.by_field]
        self._fill = columns_to_fill(section, columns)
        self._last: dict[Field, FieldReading] = {}
        self._district = ""
        self._shared: set[tuple[int, int]] = set()

    def read(self, step: Callable[[int], None]) -> SectionRows:
        """All rows; `step` is told the rows done every thousand."""
        result = SectionRows()
        for row in range(self._section.first_row, self._section.end):
            self._read_row(row, result)
            if row % 1000 == 0:
                step(row)
        return result

    def _read_row(self, row: int, result: SectionRows) -> None:
        cells = self._grid.rows[row]
        filled = [i for i, cell in enumerate(cells) if cell != "" and not (type(cell) is str and cell.isspace())]
        if not filled:
            self._name_formula(row)
            return
        if row == self._section.first_row and _numbers_the_columns([cells[index] for index in filled]):
            return
        if self._is_aside(row, filled, result):
            return
        name = self._name_reading(row, filled)
        if name is not None:
            result.rows.append(self._compound(row, name, result))

    def _is_aside(self, row: int, filled: list[int], result: SectionRows) -> bool:
        """Totals, footnotes, section titles; noted down and not read as compounds."""
        cells = self._grid.rows[row]
        first = cells[filled[0]]
        for index in filled[:3]:
            cell = cells[index]
            if index > max(self._name.index, 2) or not isinstance(cell, str):
                continue
            label = read_total(cell)
            if label is not None and (index != self._name.index or len(clean(cell)) <= 20):
                figures = {name: self._grid.at(row, column.index) for name, column in self._numbers}
                if label.count is None and index != self._name.index:
                    label = _with_count(label, self._grid.at(row, self._name.index))
                result.totals.append(TotalRow(self._grid.name, row, label, figures, len(result.rows)))
                return True
        if isinstance(first, str) and len(filled) <= 6 and is_note(first):
            result.notes.append(first)
            return True
        return len(filled) == 1 and self._is_section_title(row, filled[0])

    def _is_section_title(self, row: int, index: int) -> bool:
        text = as_text(self._grid.at(row, index))
        merge = self._merges.find(row, index)
        wide = merge is not None and merge.right - merge.left >= 2
        if index == self._name.index and not wide:
            return False
        if index != self._name.index and not wide and index > self._name.index:
            return False
        district = district_of_section(text)
        if district and Field.DISTRICT not in self._columns.by_field:
            self._district = district
        return wide or bool(district) or self._columns.by_field.get(Field.SEQUENCE, self._name).index == index

    def _name_reading(self, row: int, filled: list[int]) -> FieldReading | None:
        """The name's cell as a reading; None when the row is no compound or its name cannot be read."""
        cell = self._grid.at(row, self._name.index)
        column = self._name
        if cell == "" or not str(cell).strip():
            merge = self._merges.find(row, self._name.index)
            if merge is not None and merge.top < row and merge.top >= self._section.first_row:
                return None  # a further line of the compound above: see _compound
            self._missing_name(row, filled)
            return None
        reading = read_name(as_text(cell))
        if reading.fault:
            self._report(row, column, cell, Fault(f"{reading.fault}。", "请填写小区的全称。", True))
            return None
        return FieldReading(reading.name, cell, row, column.number, column.sureness)

    def _missing_name(self, row: int, filled: list[int]) -> None:
        if self._name_formula(row):
            return
        telling = {column.index for _, column in (*self._numbers, *self._texts)} - {
            column.index for name, column in self._texts if name in (Field.SEQUENCE, *PLACES, Field.REMARKS)
        }
        completed = self._columns.by_field.get(Field.COMPLETED_YEAR)
        if completed is not None:
            telling.add(completed.index)
        if not telling.intersection(filled):
            return  # a numbered line of a form that was left empty
        shown = "、".join(as_text(self._grid.rows[row][index]) for index in filled[:6])
        fault = Fault(f"第 {row + 1} 行没有小区名称。", "请补上小区名称，或删去这一行。", True)
        self._report(row, self._name, shown, fault)

    def _name_formula(self, row: int) -> bool:
        if self._grid.faults.get((row, self._name.number)) is None:
            return False
        self._report(row, self._name, "", Fault(f"小区名称一格的{_FORMULA_WHY}。", _FORMULA_REMEDY, True))
        return True

    def _compound(self, row: int, name: FieldReading, result: SectionRows) -> RosterRow:
        fields: dict[Field, FieldReading] = {Field.NAME: name}
        for key, column in self._texts:
            reading = self._text(row, key, column)
            if reading is not None:
                fields[key] = reading
        self._years(row, fields)
        for key, column in self._numbers:
            self._number(row, key, column, fields)
        if self._merges.touches(row):
            self._further_lines(row, fields)
        notes = self._notes(row, name, fields)
        if self._district and Field.DISTRICT not in fields:
            note = "取自表内的分区标题"
            fields[Field.DISTRICT] = FieldReading(self._district, "", row, -1, "likely", note)
        self._last = fields
        return RosterRow(self._grid.name, row + 1, fields, notes, self._others(row))

    def _text(self, row: int, key: Field, column: Column) -> FieldReading | None:
        cell = self._grid.at(row, column.index)
        note, sureness, origin = "", column.sureness, row
        if cell == "" and key in _CARRIED:
            cell, note, sureness, origin = self._carried(row, key, column)
        if cell == "":
            return None
        value = clean(as_text(cell))
        return FieldReading(value, cell, origin, column.number, sureness, note) if value else None

    def _carried(self, row: int, key: Field, column: Column) -> tuple[CellValue, str, Sureness, int]:
        """A value merged down from above, or left blank below its first row as after unmerging."""
        merge = self._merges.find(row, column.index)
        if merge is not None and merge.top >= self._section.first_row:
            cell = self._grid.at(merge.top, merge.left - self._grid.first_column)
            return cell, "合并单元格", column.sureness, merge.top
        if key in self._fill and key in self._last:
            above = self._last[key]
            return above.original, "这一格空白，沿用上面一行", "guess", above.row
        return "", "", column.sureness, row

    def _years(self, row: int, fields: dict[Field, FieldReading]) -> None:
        column = self._columns.by_field.get(Field.COMPLETED_YEAR)
        if column is not None:
            cell = self._grid.at(row, column.index)
            if cell == "":
                cell = self._carried(row, Field.COMPLETED_YEAR, column)[0]
            self._formula(row, column, LABELS[Field.COMPLETED_YEAR], cell)
            readings, fault = read_completed(column, cell, row, self._now_year) if cell != "" else ({}, None)
            fields.update(readings)
            if fault is not None:
                self._report(row, column, cell, fault)
        column = self._columns.by_field.get(Field.PLAN_YEAR)
        if column is not None:
            cell = self._grid.at(row, column.index)
            cell = self._carried(row, Field.PLAN_YEAR, column)[0] if cell == "" else cell
            if cell != "":
                fields[Field.PLAN_YEAR] = read_plan_year(column, cell, row)

    def _number(self, row: int, key: Field, column: Column, fields: dict[Field, FieldReading]) -> None:
        cell = self._grid.at(row, column.index)
        merge = self._merges.find(row, column.index)
        if merge is not None and merge.bottom > merge.top and not self._same_lines(row, merge.top, merge.bottom):
            self._shared_number(merge.top, merge.bottom, key, column)
            return
        if cell == "":
            self._formula(row, column, LABELS[key], cell)
            return
        reading, fault = read_number(key, column, cell, row)
        if fault is not None:
            self._report(row, column, cell, fault)
        if reading.value is not None or fault is not None or reading.note:
            fields[key] = reading

    def _same_lines(self, row: int, top: int, bottom: int) -> bool:
        """Whether the merged figure and the merged name cover the same lines: then it is one compound's own."""
        merge = self._merges.find(row, self._name.index)
        return merge is not None and merge.top <= top and bottom <= merge.bottom

    def _shared_number(self, top: int, bottom: int, key: Field, column: Column) -> None:
        """One figure merged over several compounds belongs to none of them alone."""
        if (top, column.index) in self._shared:
            return
        self._shared.add((top, column.index))
        cell = self._grid.at(top, column.index)
        why = f"第 {top + 1}–{bottom + 1} 行合用一个{LABELS[key]}，没有分到各小区，各行的{LABELS[key]}留作未知。"
        self._report(top, column, cell, Fault(why, "如果知道各小区的数，请取消合并后逐行填写。"))

    def _further_lines(self, row: int, fields: dict[Field, FieldReading]) -> None:
        """Lines below under one merged name (a line a building): their figures are added up, as a guess."""
        merge = self._merges.find(row, self._name.index)
        if merge is None or merge.top != row or merge.bottom == row:
            return
        lines = range(row + 1, min(merge.bottom + 1, self._section.end))
        added = False
        for key, column in self._numbers:
            more = [read_number(key, column, c, r) for r in lines if (c := self._grid.at(r, column.index)) != ""]
            if more and key in fields:
                added |= _add_lines(fields, key, [reading for reading, _ in more])
        if added:
            why = f"一个小区名称占了第 {row + 1}–{merge.bottom + 1} 行，各行的数字已相加。"
            self._report(
                row, self._name, fields[Field.NAME].raw, Fault(why, "请核对相加后的数；如不应相加，请改成一行。")
            )

    def _notes(self, row: int, name: FieldReading, fields: dict[Field, FieldReading]) -> tuple[str, ...]:
        read = read_name(as_text(name.original))
        for note in read.notes:
            self._report(row, self._name, name.original, Fault(f"{note}。", "如果确是几个小区，请分成几行填写。"))
        counted = fields.get(Field.BUILDINGS)
        if read.buildings is not None and (counted is None or counted.value is None):
            note = "由名称里的楼号推算"
            fields[Field.BUILDINGS] = FieldReading(read.buildings, name.original, row, name.column, "guess", note)
        _split_address(fields)
        return read.notes

    def _others(self, row: int) -> dict[str, str]:
        cells = self._grid.rows[row]
        return {
            header: as_text(cells[index])
            for index, header in self._columns.others
            if index < len(cells) and cells[index] != ""
        }

    def _formula(self, row: int, column: Column, label: str, cell: CellValue) -> None:
        fault = self._grid.faults.get((row, column.number)) if cell == "" else None
        if fault is None:
            return
        why = _FORMULA_WHY if fault == FAULT_FORMULA else "单元格是公式错误值"
        remedy = _FORMULA_REMEDY if fault == FAULT_FORMULA else "请改正公式，或直接填写数字。"
        self._report(row, column, "", Fault(f"{label}读不出：{why}。", remedy))

    def _report(self, row: int, column: Column, value: CellValue, fault: Fault) -> None:
        cell = cell_name(row, column.number)
        severity: Severity = "error" if fault.is_error else "warning"
        text = quoted(as_text(value))
        self._problems.add(Problem(self._grid.name, cell, text, fault.why, fault.remedy, severity))


def _numbers_the_columns(cells: list[CellValue]) -> bool:
    """A line below the header that only numbers the columns: 1 2 3 4, or 甲 乙 1 2."""
    texts = [as_text(cell).strip() for cell in cells]
    letters = [text for text in texts if text in "甲乙丙丁戊己"]
    numbers = [text for text in texts if text.isdecimal()]
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(texts) >= 3 and len(letters) + len(numbers) == len(texts) and numbers == counted


def _with_count(label: TotalLabel, cell: CellValue) -> TotalLabel:
    found = re.fullmatch(r"\D{0,3}([0-9]{1,6})(?:\.0)?\s*个?(?:小区|项目)?", as_text(cell).strip())
    return TotalLabel(label.scope, label.is_part, int(found[1])) if found else label


def _add_lines(fields: dict[Field, FieldReading], key: Field, more: list[FieldReading]) -> bool:
    total = fields[key].value
    for reading in more:
        value = reading.value
        if type(value) is not type(total) or value is None:
            return False
        total = total + value  # type: ignore[operator]
    note = "几行相加"
    fields[key] = fields[key]._replace(value=total, sureness="guess", note=note)
    return True


def _split_address(fields: dict[Field, FieldReading]) -> None:
    """左家塘街道官塘冲社区 in an address column tells the street and the community."""
    address = fields.get(Field.ADDRESS)
    if address is None or not isinstance(address.value, str):
        return
    found = _STREET_COMMUNITY.match(address.value)
    if found is None:
        return
    sureness = least_sure(address.sureness, "likely")
    for key, group in ((Field.STREET, "street"), (Field.COMMUNITY, "community")):
        if key not in fields:
            fields[key] = address._replace(value=found[group], sureness=sureness, note="由地址拆出")

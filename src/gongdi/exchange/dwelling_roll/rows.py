"""Rows of a roll to a dwelling with its owners; every doubtful cell goes to the list of problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from gongdi.core.ownership.numbers import as_new_number, fault_of_number, is_credit_code, is_placeholder
from gongdi.core.ownership.shares import JOINT_WORDS, WHOLE, parse_share
from gongdi.core.values import Share
from gongdi.exchange.dwelling_roll import cells as read
from gongdi.exchange.dwelling_roll.cells import Fault
from gongdi.exchange.dwelling_roll.columns import TITLES, Field
from gongdi.exchange.dwelling_roll.entries import (
    AREA_BASES,
    OWNER_KINDS,
    USES,
    AreaBasis,
    DwellingEntry,
    OwnerEntry,
    OwnerKind,
    Use,
)
from gongdi.exchange.figures.text import as_text, clean, compact
from gongdi.exchange.problems import Problem, ProblemList, Severity, quoted
from gongdi.exchange.tabular.grid import CellValue, cell_name

Value = TypeVar("Value")
Cells = list[CellValue]
DwellingKey = tuple[str, str, str, str]
"""Compound, building, stairwell, room."""
_PERSONAL = {Field.OWNER, Field.NUMBER, Field.PHONE, Field.CERTIFICATE}
_LENGTHS = {Field.COMPOUND: 100, Field.BUILDING: 30, Field.STAIRWELL: 20, Field.ROOM: 20}
LONGEST_NAME, LONGEST_NUMBER, LONGEST_CERTIFICATE = 60, 30, 60
_ORGANISATION_ENDINGS = ("公司", "局", "厂", "委员会", "中心", "学校", "医院", "银行", "集团", "办事处")
_EARLIEST = date(1949, 1, 1)


_KINDS_OR_NONE: Mapping[str, OwnerKind | None] = OWNER_KINDS
_BASES_OR_NONE: Mapping[str, AreaBasis | None] = AREA_BASES
_USES_OR_NONE: Mapping[str, Use | None] = USES
_cleaned = lru_cache(maxsize=65_536)(clean)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet. `columns` are positions in a row; `shift` is the sheet column of position 0."""

    sheet: str
    columns: Mapping[Field, int]
    shift: int
    compound: str
    today: date
    problems: ProblemList
    errors: int = 0

    def key(self, cells: Cells) -> DwellingKey:
        """What tells the rows of one dwelling from those of another."""
        text = self._text
        compound = text(cells, Field.COMPOUND) or self.compound
        return (compound, text(cells, Field.BUILDING), text(cells, Field.STAIRWELL), text(cells, Field.ROOM))

    def dwelling(self, key: DwellingKey, group: list[tuple[int, Cells]]) -> DwellingEntry | None:
        """The dwelling that adjacent rows tell of; None when any of them has an error."""
        row, first = group[0]
        before = self.errors
        compound, building, stairwell, room = key
        self._check_place(row, compound, building, stairwell, room)
        floor = self._value(row, first, Field.FLOOR, read.read_floor, None, "warning")
        area = self._value(row, first, Field.AREA, read.read_area, 0)
        unit_number = self._value(row, first, Field.UNIT_NUMBER, read.read_unit_number, "", "warning")
        basis: AreaBasis | None = self._word(row, first, Field.AREA_BASIS, _BASES_OR_NONE, None)
        use: Use | None = self._word(row, first, Field.USE, _USES_OR_NONE, None)
        for number, cells in group[1:]:
            self._check_same_area(number, cells, area)
        owners = tuple(self._owner(number, cells) for number, cells in group if self._names_owner(number, cells, group))
        if self.errors > before:
            return None
        return DwellingEntry(
            self.sheet, row, compound, building, stairwell, room, floor, area, basis, use, unit_number, owners
        )

    def report(
        self, row: int, field: Field, value: object, why: str, remedy: str, severity: Severity = "error"
    ) -> None:
        """Name a problem at a field of a row; what identifies a person is not quoted."""
        column = self.columns.get(field)
        where = f"第{row}行" if column is None else cell_name(row - 1, self.shift + column)
        shown = "（个人信息，不显示）" if field in _PERSONAL and value not in ("", None) else quoted(value)
        self.errors += severity == "error"
        self.problems.add(Problem(self.sheet, where, shown, why, remedy, severity))

    def _at(self, cells: Cells, field: Field) -> CellValue:
        try:
            return cells[self.columns[field]]
        except (KeyError, IndexError):
            return ""

    def _text(self, cells: Cells, field: Field) -> str:
        cell = self._at(cells, field)
        if type(cell) is str:
            return _cleaned(cell)
        return "" if cell is None else clean(as_text(cell))

    def _value(
        self,
        row: int,
        cells: Cells,
        field: Field,
        reader: Callable[[object], Value | Fault],
        otherwise: Value,
        severity: Severity = "error",
    ) -> Value:
        cell = self._at(cells, field)
        found = reader(cell)
        if isinstance(found, Fault):
            self.report(row, field, cell, found.why, found.remedy, severity)
            return otherwise
        return found

    def _word(self, row: int, cells: Cells, field: Field, words: Mapping[str, Value], otherwise: Value) -> Value:
        text = compact(self._text(cells, field))
        if not text:
            return otherwise
        if text not in words:
            offered = "、".join(dict.fromkeys(words))
            self.report(row, field, text, f"“{TITLES[field]}”不认识“{quoted(text)}”。", f"请填：{offered}。")
            return otherwise
        return words[text]

    def _check_place(self, row: int, compound: str, building: str, stairwell: str, room: str) -> None:
        told = (
            (Field.COMPOUND, compound), (Field.BUILDING, building), (Field.STAIRWELL, stairwell), (Field.ROOM, room),
        )  # fmt: skip
        for field, text in told:
            if not text and field is not Field.STAIRWELL:
                self.report(row, field, "", f"没有填{TITLES[field]}。", "请补填；合并的单元格请取消合并后逐行填写。")
            elif len(text) > _LENGTHS[field]:
                why = f"{TITLES[field]}超过 {_LENGTHS[field]} 个字。"
                self.report(row, field, text, why, "请缩短；地址等其他内容请放到别的列。")

    def _check_same_area(self, row: int, cells: Cells, area: int) -> None:
        cell = self._at(cells, Field.AREA)
        if cell in ("", None) or read.read_area(cell) == area:
            return
        why = "同一户的共有人写了不同的面积。"
        self.report(row, Field.AREA, cell, why, "专有部分面积按整户填写，不按份额拆开；请改成一致。")

    def _names_owner(self, row: int, cells: Cells, group: list[tuple[int, Cells]]) -> bool:
        if self._text(cells, Field.OWNER):
            return True
        if len(group) > 1:
            self.report(row, Field.OWNER, "", "共有人的行没有填业主姓名。", "请补填，或删去这一行。")
        else:
            why = "没有填业主，这一户将记为业主不明。"
            self.report(row, Field.OWNER, "", why, "表决时业主不明的户会单独列出；请尽快查明补填。", "warning")
        return False

    def _owner(self, row: int, cells: Cells) -> OwnerEntry:
        name = self._text(cells, Field.OWNER)
        if len(name) > LONGEST_NAME:
            self.report(
                row, Field.OWNER, name, f"业主姓名超过 {LONGEST_NAME} 个字。", "一格只填一位业主；共有人请另起一行。"
            )
        elif any(mark in name for mark in "、，,;；/"):
            self.report(row, Field.OWNER, name, "一格里像是有几位业主。", "共有人请各占一行，并写明份额。")
        number = self._number(row, cells)
        phone = self._value(row, cells, Field.PHONE, read.read_phone, "", "warning")
        certificate = self._text(cells, Field.CERTIFICATE)[:LONGEST_CERTIFICATE]
        return OwnerEntry(
            row, name, self._kind(row, cells, name, number), number, phone, self._share(row, cells), certificate,
            self._since(row, cells),
        )  # fmt: skip

    def _number(self, row: int, cells: Cells) -> str:
        cell = self._at(cells, Field.NUMBER)
        if read.lost_digits(cell):
            why = "证件号码存成了数字，末几位已丢失。"
            self.report(row, Field.NUMBER, cell, why, "请把这一列设为文本格式，重新填写全部号码。")
            return ""
        number = read.read_number(cell)
        if number and is_placeholder(number):
            why = "证件号码栏填的不是号码，按没有号码处理。"
            self.report(
                row, Field.NUMBER, number, why, "请补填真实号码；没有号码时，同名的业主可能被算成两人。", "warning"
            )
            return ""
        fault = fault_of_number(number) if len(number) <= LONGEST_NUMBER else "证件号码过长"
        if fault is not None:
            self.report(row, Field.NUMBER, number, f"{fault}。", "请对照证件改正；号码不对会把同一业主算成两人。")
        return as_new_number(number)

    def _kind(self, row: int, cells: Cells, name: str, number: str) -> OwnerKind:
        told: OwnerKind | None = self._word(row, cells, Field.OWNER_KIND, _KINDS_OR_NONE, None)
        if told is not None:
            return told
        by_number = len(number) == 18 and not number[:17].isdigit() and is_credit_code(number)
        return "organisation" if by_number or name.endswith(_ORGANISATION_ENDINGS) else "person"

    def _share(self, row: int, cells: Cells) -> Share | None:
        cell = self._at(cells, Field.SHARE)
        if cell in ("", None):
            return WHOLE
        # A percent cell arrives as its fraction: 50 % is 0.5.
        text = f"{cell:.10%}" if isinstance(cell, float) and 0 < cell <= 1 else compact(self._text(cells, Field.SHARE))
        if text in JOINT_WORDS:
            return None
        share = parse_share(text)
        if share is None:
            self.report(row, Field.SHARE, text, "产权份额看不懂。", "请写 1/2、50%、全部或共同共有。")
            return WHOLE
        return share

    def _since(self, row: int, cells: Cells) -> date | None:
        day = self._value(row, cells, Field.SINCE, read.read_date, None)
        if day is not None and not _EARLIEST <= day <= self.today:
            self.report(row, Field.SINCE, day, "产权起始日期不在 1949 年至今天之间。", "请核对年份。")
            return None
        return day

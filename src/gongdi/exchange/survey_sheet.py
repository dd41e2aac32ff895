"""The form of a survey as a workbook (填报表): one row a compound, one column a question, read back cell by cell.

What may not be changed is locked (without a password) and listed on a second sheet. A hidden sheet holds what stood in
each cell when the file was made, with the number of the campaign, a version and a digest over all of it, so that a file
that comes back can be told from any other, and a cell that was typed in from one that was left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from gongdi.exchange.problems import CannotReadError, Problem, quoted
from gongdi.exchange.tabular import Grid, cell_name, column_letters, open_table
from gongdi.exchange.tabular.grid import CellValue

VERSION = "1"
FORM, LOCKED, CHOICES, KEYS = "填报", "锁定说明", "选项", "对照"
_TITLE_ROW, _NOTE_ROW, _HEAD_ROW, _KEY_ROW, _FIRST_ROW = 0, 1, 2, 3, 4
_MARK = "gongdi-survey"
_FIXED = ("编号", "小区", "街道", "社区")
_NOT_OURS = "请从调查任务的页面重新下载填报表，把填好的内容抄入后再上传。"
MOST_TYPED_ROWS = 20_000
"""Rows of a file that is read; a campaign of the largest city has about 2,000."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column that is filled in: its key, its words, the words that may be chosen (none: free), a hint."""

    key: str
    title: str
    group: str
    choices: Sequence[str] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One compound: its number in the campaign, its name and place, texts by column key, why cells are locked."""

    number: int
    name: str
    street: str
    community: str
    texts: Mapping[str, str]
    locked: Mapping[str, str] = field(default_factory=dict)
    """By column key the reason; under "" one that holds for the whole row."""


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell that was changed: which row and column, where it stands, what stood there, what stands there now."""

    number: int
    key: str
    cell: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A file that came back: of which campaign, what was changed, every cell that cannot be taken."""

    campaign: int
    changed: tuple[TypedCell, ...]
    untouched: int
    problems: tuple[Problem, ...]
    base: Mapping[tuple[int, str], str]


def _digest(campaign: int, texts: Sequence[tuple[int, str, str]]) -> str:
    told = json.dumps([_MARK, VERSION, campaign, [list(each) for each in texts]], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def write_survey_sheet(
    target: BinaryIO, *, title: str, campaign: int, columns: Sequence[SheetColumn], rows: Sequence[SheetRow],
    created: datetime,
) -> None:  # fmt: skip
    """Write the form of a campaign with what is known filled in."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": created.replace(tzinfo=None), "title": title})
        _Writer(book, columns, rows).write(title, campaign)


class _Writer:
    def __init__(self, book: Any, columns: Sequence[SheetColumn], rows: Sequence[SheetRow]) -> None:
        self.book, self.columns, self.rows = book, columns, rows
        plain = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        framed = {**plain, "border": 1, "border_color": "#A9B4BA", "text_wrap": True}
        self.title = book.add_format({**plain, "font_name": "黑体", "font_size": 16})
        self.note = book.add_format({**plain, "font_color": "#56636B"})
        self.head = book.add_format({**framed, "font_name": "黑体", "align": "center", "bg_color": "#EAF1F2"})
        self.fixed = book.add_format({**framed, "bg_color": "#F0F2F3", "font_color": "#56636B"})
        self.open = book.add_format({**framed, "num_format": "@", "locked": False})
        self.known = book.add_format({**framed, "num_format": "@", "locked": False, "bg_color": "#E6F1F2"})

    def write(self, title: str, campaign: int) -> None:
        """All the sheets, the form first."""
        form = self.book.add_worksheet(FORM)
        self._form(form, title)
        self._locked(self.book.add_worksheet(LOCKED))
        self._choices(self.book.add_worksheet(CHOICES), form)
        self._keys(self.book.add_worksheet(KEYS), campaign)
        form.activate()

    def _form(self, out: Any, title: str) -> None:
        out.write_string(_TITLE_ROW, 1, title, self.title)
        note = "青底为已知，可更正；灰底锁定，不必填。不清楚的填“不清楚”，没有查的留空。填好后从调查任务的页面上传。"
        out.write_string(_NOTE_ROW, 1, note, self.note)
        heads = [*_FIXED, *(f"{each.title}\n（{each.hint}）" if each.hint else each.title for each in self.columns)]
        keys = [_MARK, "", "", "", *(each.key for each in self.columns)]
        for position, (head, key) in enumerate(zip(heads, keys, strict=True)):
            out.write_string(_HEAD_ROW, position, head, self.head)
            out.write_string(_KEY_ROW, position, key)
        out.set_row(_HEAD_ROW, 48)
        out.set_row(_KEY_ROW, None, None, {"hidden": True})
        out.set_column(0, 0, None, None, {"hidden": True})
        out.set_column(1, 3, 14)
        out.set_column(len(_FIXED), len(heads) - 1, 15)
        for index, row in enumerate(self.rows):
            self._row(out, _FIRST_ROW + index, row)
        out.freeze_panes(_FIRST_ROW, 2)
        out.protect("", {"format_columns": True, "format_rows": True, "sort": False, "autofilter": True})

    def _row(self, out: Any, at: int, row: SheetRow) -> None:
        out.write_number(at, 0, row.number, self.fixed)
        for position, text in enumerate((row.name, row.street, row.community), start=1):
            out.write_string(at, position, text, self.fixed)
        for position, column in enumerate(self.columns, start=len(_FIXED)):
            text = row.texts.get(column.key, "")
            shut = "" in row.locked or column.key in row.locked
            style = self.fixed if shut else self.known if text else self.open
            if text:
                out.write_string(at, position, text, style)
            else:
                out.write_blank(at, position, None, style)

    def _locked(self, out: Any) -> None:
        out.set_column(0, 0, 14)
        out.set_column(1, 1, 60)
        out.write_row(0, 0, ["单元格", "为什么锁定"], self.head)
        last = max(_FIRST_ROW + len(self.rows), _FIRST_ROW + 1)
        told = [(f"B{_FIRST_ROW + 1}:D{last}", "小区名称和所在街道、社区，由项目库管理；有误请告知街道经办。")]
        for index, row in enumerate(self.rows):
            if "" in row.locked:
                told.append((f"第{_FIRST_ROW + index + 1}行", f"{row.name}：{row.locked['']}"))
                continue
            for position, column in enumerate(self.columns, start=len(_FIXED)):
                if column.key in row.locked:
                    where = cell_name(_FIRST_ROW + index, position)
                    told.append((where, f"{row.name}，{column.title}：{row.locked[column.key]}"))
        for at, cells in enumerate(told, start=1):
            out.write_row(at, 0, cells, self.note)
        out.protect("")

    def _choices(self, out: Any, form: Any) -> None:
        last = max(_FIRST_ROW + len(self.rows) - 1, _FIRST_ROW)
        for position, column in enumerate(self.columns):
            if not column.choices:
                continue
            out.write_column(0, position, column.choices)
            letters = column_letters(position)
            form.data_validation(_FIRST_ROW, len(_FIXED) + position, last, len(_FIXED) + position, {
                "validate": "list", "source": f"={CHOICES}!${letters}$1:${letters}${len(column.choices)}",
                "error_title": "请从列表中选择", "error_message": f"{column.title}请从列表中选择。"[:255],
            })  # fmt: skip
        out.hide()

    def _keys(self, out: Any, campaign: int) -> None:
        texts = [
            (row.number, column.key, row.texts.get(column.key, "")) for row in self.rows for column in self.columns
        ]
        out.write_row(0, 0, [_MARK, VERSION, str(campaign), _digest(campaign, texts)])
        for at, (number, key, text) in enumerate(texts, start=1):
            out.write_row(at, 0, [str(number), key, text])
        out.very_hidden()


def read_survey_sheet(source: Path | bytes, name: str, columns: Sequence[SheetColumn]) -> SheetReading:
    """What was changed in a form that came back; raises CannotReadError when it is none of ours."""
    grids = {grid.name: grid for grid in open_table(source, name).grids}
    if FORM not in grids or KEYS not in grids:
        raise CannotReadError("这不是从调查任务下载的填报表，缺少“填报”或隐藏的对照表。", _NOT_OURS)
    campaign, base = _base(grids[KEYS])
    return _Reader(grids[FORM], base, {each.key: each for each in columns}).read(campaign)


def _base(grid: Grid) -> tuple[int, dict[tuple[int, str], str]]:
    try:
        head = [str(cell) for cell in grid.rows[0]]
        mark, version, campaign, digest = head[:4]
        texts = [(int(str(row[0])), str(row[1]), str(row[2]) if len(row) > 2 else "") for row in grid.rows[1:]]
        number = int(campaign)
    except (IndexError, ValueError):
        raise CannotReadError("隐藏的对照表不完整。", _NOT_OURS, sheet=KEYS) from None
    if mark != _MARK or version != VERSION:
        raise CannotReadError("填报表的版本不对，可能是以前下载的。", _NOT_OURS, sheet=KEYS)
    if _digest(number, texts) != digest:
        raise CannotReadError("隐藏的对照表被改动过，无法核对哪些单元格是新填的。", _NOT_OURS, sheet=KEYS)
    return number, {(row, key): text for row, key, text in texts}


class _Reader:
    def __init__(self, grid: Grid, base: Mapping[tuple[int, str], str], columns: Mapping[str, SheetColumn]) -> None:
        self.grid, self.base, self.columns = grid, base, columns
        self.problems: list[Problem] = []
        self.changed: list[TypedCell] = []
        self.untouched = 0

    def read(self, campaign: int) -> SheetReading:
        """Every row below the keys."""
        keys = self._keys()
        seen: dict[int, int] = {}
        if len(self.grid.rows) > MOST_TYPED_ROWS:
            raise CannotReadError(f"填报表超过 {MOST_TYPED_ROWS} 行。", "请删去多余的行。", sheet=FORM)
        for row in range(_FIRST_ROW, len(self.grid.rows)):
            number = self._number(row)
            if number is None:
                continue
            if number in seen:
                why = f"与第{seen[number] + 1}行是同一个小区。"
                self._fault(row, 0 - self.grid.first_column, why, "请只留一行。")
                continue
            seen[number] = row
            for key, index in keys.items():
                self._cell(number, key, row, index)
        return SheetReading(campaign, tuple(self.changed), self.untouched, tuple(self.problems), self.base)

    def _keys(self) -> dict[str, int]:
        if len(self.grid.rows) <= _KEY_ROW:
            raise CannotReadError("填报表里没有内容。", _NOT_OURS, sheet=FORM)
        cells = [str(cell) for cell in self.grid.rows[_KEY_ROW]]
        found = {cell: index for index, cell in enumerate(cells) if cell in self.columns}
        known = {key for _, key in self.base}
        if _MARK not in cells or set(found) != known & set(self.columns):
            where = f"第{_KEY_ROW + 1}行"
            raise CannotReadError("隐藏的标识行被改动，或删去了列。", _NOT_OURS, sheet=FORM, cell=where)
        return found

    def _number(self, row: int) -> int | None:
        """The compound of a row; None for an empty row or one that is told as a fault."""
        if not any(cell != "" for cell in self.grid.rows[row]):
            return None
        index = 0 - self.grid.first_column
        value = self.grid.at(row, index)
        number = int(value) if isinstance(value, int | float) and value == int(value) else None
        if number is None or not any((number, key) in self.base for key in self.columns):
            remedy = "请删去这一行；要加小区请在调查任务里加。"
            self._fault(row, index, "这一行不是下载时的小区，可能是新插入的。", remedy)
            return None
        return number

    def _cell(self, number: int, key: str, row: int, index: int) -> None:
        at = (row, index + self.grid.first_column)
        if at in self.grid.faults:
            self._fault(row, index, "单元格是公式或出错值，没有可读的内容。", "请改填实际的值。")
            return
        value = self.grid.at(row, index)
        text, before = _text(value), self.base.get((number, key), "")
        if text == before:
            self.untouched += 1
            return
        column = self.columns[key]
        if text and column.choices and text not in column.choices:
            options = "、".join(column.choices[:8])
            self._fault(row, index, f"“{column.title}”没有这个选项。", f"请从列表中选择：{options}。")
            return
        self.changed.append(TypedCell(number, key, cell_name(*at), before, text))

    def _fault(self, row: int, index: int, why: str, remedy: str) -> None:
        where = cell_name(row, max(index, 0) + self.grid.first_column)
        self.problems.append(Problem(FORM, where, quoted(_text(self.grid.at(row, index))), why, remedy))


def _text(value: CellValue) -> str:
    """A cell as it would have been typed."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value).strip()

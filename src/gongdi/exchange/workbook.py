"""Workbooks that an office can send out as they are: titled, paged, summed, in the colours of the screen.

A caller states sheets in neutral terms (`Sheet`, `Column`); how they look is decided here once. Money is written in
万元, area in m2, shares as percent; sums are formulas that carry their exact value, so that a viewer that calculates
nothing shows them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Literal

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range

from gongdi.core.values import Area, Money
from gongdi.exchange.workbook_style import OUTCOMES, Styles, shown_width

Kind = Literal["text", "int", "money_wan", "area", "share", "date", "year", "outcome"]
"""What a column holds: str; int; Money; Area; Fraction; date; int; one of OUTCOMES or a pair of it and a word."""

Cell = str | int | Money | Area | Fraction | date | tuple[str, str] | None
"""A value of a row; None leaves the cell empty."""

MAX_ROWS = 1_000_000
"""Rows of one sheet, a little less than Excel allows."""

MAX_TEXT = 32_767
"""Characters of one cell, as Excel allows; a longer text is cut with an ellipsis."""

_WIDTHS: dict[Kind, float] = {
    "text": 14, "int": 9, "money_wan": 13, "area": 14, "share": 9, "date": 11.5, "year": 7, "outcome": 10,
}  # fmt: skip
_WIDEST, _SAMPLE = 42, 500
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_A4 = 9
_SUMMED = ("int", "money_wan", "area")

Progress = Callable[[int], None]
"""Told the rows written so far, every thousand."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header (with the unit, such as 户数（户）), its width in half-width letters or None, its kind."""

    header: str
    width: float | None = None
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet (工作表): title, a line with units and date, columns, rows, which columns are summed, notes below.

    `total_columns` are positions of `int`, `money_wan` or `area` columns. `name` is the tab's name, the title by
    default.
    """

    title: str
    subtitle: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    total_columns: Sequence[int] = ()
    notes: Sequence[str] = ()
    name: str = ""
    landscape: bool = True


def write_workbook(
    target: Path | str | BinaryIO,
    sheets: Sequence[Sheet],
    *,
    constant_memory: bool = False,
    created: datetime | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the sheets as an .xlsx to a path or a binary stream.

    With `constant_memory`, rows are written as they come and never held, whatever their number; widths then follow the
    headers alone. `created` is the time written into the file's properties.

    Raises:
        OSError: the file cannot be written.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    options = {"constant_memory": constant_memory, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
            if created is not None:
                book.set_properties({"created": created.replace(tzinfo=None)})
            styles = Styles(book)
            taken: set[str] = set()
            for sheet in sheets:
                name = tab_name(sheet.name or sheet.title, taken)
                _SheetWriter(book.add_worksheet(name), sheet, styles, progress).write(hold=not constant_memory)
    except FileCreateError as problem:
        cause = problem.args[0] if problem.args and isinstance(problem.args[0], OSError) else None
        raise cause or OSError(str(problem)) from problem


def tab_name(wanted: str, taken: set[str]) -> str:
    """A tab's name that Excel accepts: at most 31 characters, none of []:*?/\\, not taken yet."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip().strip("'")[:31] or "表"
    name, number = plain, 2
    while name.lower() in taken:
        ending = f"({number})"
        name, number = plain[: 31 - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name


@dataclass(slots=True)
class _Sums:
    """Exact running sums by column position, in the column's own steps."""

    steps: dict[int, int] = field(default_factory=dict)

    def add(self, position: int, value: Cell) -> None:
        """Add a cell's value to its column."""
        if isinstance(value, Money):
            value = value.fen
        elif isinstance(value, Area):
            value = value.hundredths
        if isinstance(value, int):
            self.steps[position] = self.steps.get(position, 0) + value


class _SheetWriter:
    """Writes one sheet from top to bottom, in the order that constant memory asks for."""

    def __init__(self, out: Any, sheet: Sheet, styles: Styles, progress: Progress | None) -> None:
        self._out = out
        self._sheet = sheet
        self._styles = styles
        self._progress = progress
        self._widths: list[float] = []
        self._last = max(len(sheet.columns) - 1, 0)
        for position in sheet.total_columns:
            if sheet.columns[position].kind not in _SUMMED:
                raise ValueError(f"a column of kind {sheet.columns[position].kind} has no sum")

    def write(self, *, hold: bool) -> None:
        """The whole sheet; with `hold`, rows are looked at first to suit the widths."""
        rows: Iterable[Sequence[Cell]] = list(self._sheet.rows) if hold else self._sheet.rows
        sample = rows[:_SAMPLE] if isinstance(rows, list) else []
        head = self._set_up(sample)
        first = head + 1
        sums = _Sums()
        row = self._write_rows(rows, first, sums)
        if row > first:
            self._out.autofilter(head, 0, row - 1, self._last)
        if self._sheet.total_columns:
            row = self._write_totals(first, row, sums)
        self._write_notes(row)

    def _set_up(self, sample: Sequence[Sequence[Cell]]) -> int:
        """Title, subtitle, header and page; the row of the header."""
        sheet, out, styles = self._sheet, self._out, self._styles
        self._widths = [self._width(position, column, sample) for position, column in enumerate(sheet.columns)]
        for position, width in enumerate(self._widths):
            out.set_column(position, position, width)
        self._set_page()
        out.set_row(0, 30)
        self._across(0, sheet.title, styles.title)
        head = 1
        if sheet.subtitle:
            out.set_row(1, 18)
            self._across(1, sheet.subtitle, styles.subtitle)
            head = 2
        lines = max((self._header_lines(position) for position in range(len(sheet.columns))), default=1)
        out.set_row(head, 8 + 15 * lines)
        for position, column in enumerate(sheet.columns):
            out.write_string(head, position, column.header, styles.header)
        out.freeze_panes(head + 1, 0)
        out.repeat_rows(head)
        return head

    def _across(self, row: int, text: str, style: Any) -> None:
        if self._last:
            self._out.merge_range(row, 0, row, self._last, "", style)
        self._out.write_string(row, 0, _safe(text), style)

    def _set_page(self) -> None:
        out = self._out
        if self._sheet.landscape:
            out.set_landscape()
        out.set_paper(_A4)
        out.fit_to_pages(1, 0)
        out.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        out.center_horizontally()
        out.hide_gridlines(2)
        out.set_footer("&C第 &P 页，共 &N 页")

    def _width(self, position: int, column: Column, sample: Sequence[Sequence[Cell]]) -> float:
        if column.width is not None:
            return column.width
        words = re.split(r"(?=[（(])|\n", column.header)
        widest = max(shown_width(word) for word in words) + 3
        if column.kind in ("text", "outcome"):
            texts = sorted(shown_width(_text(row[position])) for row in sample)
            typical = texts[max(int(len(texts) * 0.95) - 1, 0)] + 4 if texts else 0
            return float(min(max(widest, typical, 6 if sample else _WIDTHS[column.kind]), _WIDEST))
        return float(max(widest, _WIDTHS[column.kind]))

    def _header_lines(self, position: int) -> int:
        needed = shown_width(self._sheet.columns[position].header) + 1
        return min(max(-int(-needed // self._widths[position]), 1), 4)

    def _write_rows(self, rows: Iterable[Sequence[Cell]], row: int, sums: _Sums) -> int:
        totals = set(self._sheet.total_columns)
        kinds = [column.kind for column in self._sheet.columns]
        texts = [position for position, kind in enumerate(kinds) if kind == "text"]
        for done, cells in enumerate(rows):
            if done >= MAX_ROWS:
                raise ValueError(f"a sheet holds at most {MAX_ROWS} rows; write several sheets")
            self._out.set_row(row, self._height(cells, texts))
            for position, kind in enumerate(kinds):
                value = cells[position] if position < len(cells) else None
                self._write_cell(row, position, kind, value)
                if position in totals:
                    sums.add(position, value)
            row += 1
            if self._progress is not None and done % 1000 == 999:
                self._progress(done + 1)
        return row

    def _height(self, cells: Sequence[Cell], texts: Sequence[int]) -> int:
        """Points for the row: wrapped texts need it said, since not every viewer fits rows by itself."""
        lines = 1
        for position in texts:
            text = cells[position] if position < len(cells) else None
            if isinstance(text, str) and len(text) * 2 > self._widths[position] - 3:
                room = max(int(self._widths[position]) - 3, 2)
                lines = max(lines, sum(-(-shown_width(part) // room) or 1 for part in text.split("\n")))
        return min(14 * lines + 6, 400)

    def _write_cell(self, row: int, position: int, kind: Kind, value: Cell) -> None:
        out, styles = self._out, self._styles
        if value is None or value == "":
            out.write_blank(row, position, None, styles.body[kind])
        elif kind == "outcome":
            key, word = value if isinstance(value, tuple) else (str(value), OUTCOMES[str(value)].word)
            out.write_string(row, position, word, styles.outcomes[key])
        elif isinstance(value, date):
            out.write_datetime(row, position, value, styles.body[kind])
        elif isinstance(value, str):
            text = _safe(value)
            risky = text.startswith(_FORMULA_LIKE)
            out.write_string(row, position, text, styles.quoted if risky else styles.body["text"])
        else:
            out.write_number(row, position, _number(kind, value), styles.body[kind])

    def _write_totals(self, first: int, row: int, sums: _Sums) -> int:
        out, styles = self._out, self._styles
        totals = set(self._sheet.total_columns)
        out.set_row(row, 22)
        label = next((position for position in range(self._last + 1) if position not in totals), None)
        for position, column in enumerate(self._sheet.columns):
            if position in totals and row > first:
                value = _from_steps(column.kind, sums.steps.get(position, 0))
                area = xl_range(first, position, row - 1, position)
                out.write_formula(row, position, f"=SUM({area})", styles.totals[column.kind], value)
            elif position in totals:
                out.write_number(row, position, 0, styles.totals[column.kind])
            else:
                out.write_string(row, position, "合计" if position == label else "", styles.totals["text"])
        return row + 1

    def _write_notes(self, row: int) -> None:
        for index, note in enumerate(self._sheet.notes):
            lead = "注：" if index == 0 else "　　"
            self._across(row + index, f"{lead}{note}", self._styles.note)
            lines = -(-(shown_width(note) + 4) // max(int(sum(self._widths)) - 2, 12))
            self._out.set_row(row + index, 16 * lines + 2)


def _text(value: Cell) -> str:
    if isinstance(value, tuple):
        return value[1]
    if isinstance(value, str):
        return OUTCOMES[value].word if value in OUTCOMES else value
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    """The text as a cell can hold it: valid Unicode, not too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _number(kind: Kind, value: object) -> float | int:
    """The number that the cell holds; spreadsheets know floats alone, so exactness ends here and not before."""
    if isinstance(value, Money):
        return _from_steps("money_wan", value.fen)
    if isinstance(value, Area):
        return _from_steps("area", value.hundredths)
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"a {kind} column cannot hold {type(value).__name__}")


def _from_steps(kind: Kind, steps: int) -> float | int:
    if kind == "money_wan":
        return steps / 1_000_000
    return steps / 100 if kind == "area" else steps

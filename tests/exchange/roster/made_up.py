"""Made-up rosters for the tests: compounds, places and figures that do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from gongdi.exchange.roster import RosterReading, read_roster

NOW_YEAR = 2026
Rows = Sequence[Sequence[object]]


def write_sheet(path: Path, sheets: dict[str, Rows], merges: Sequence[str] = (), hidden: Sequence[str] = ()) -> Path:
    """An .xlsx of these sheets; None leaves a cell empty; `merges` are ranges of the first sheet."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for position, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if hasattr(cell, "year"):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for area in merges if position == 0 else ():
            _merge(sheet, area, rows)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def _merge(sheet: xlsxwriter.worksheet.Worksheet, area: str, rows: Rows) -> None:
    top, left, _, _ = _corners(area)
    sheet.merge_range(area, rows[top][left])


def _corners(area: str) -> tuple[int, int, int, int]:
    from xlsxwriter.utility import xl_cell_to_rowcol

    first, last = area.split(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last))


def read(path: Path, sheet: str | None = None) -> RosterReading:
    """The roster in a file, as on a day of 2026."""
    return read_roster(path, now_year=NOW_YEAR, sheet=sheet)


def read_csv(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "名单.csv") -> RosterReading:
    """The roster in this text, written to a file in that encoding."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read(path)


def whys(reading: RosterReading) -> str:
    """All reasons of all problems, for searching."""
    return "\n".join(f"{problem.severity} {problem.sheet}!{problem.cell} {problem.why}" for problem in reading.problems)

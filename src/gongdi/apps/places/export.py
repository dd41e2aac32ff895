"""The register as an Excel file: what is seen, all pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongdi.apps.places.register import AnyColumn, Line

# A cell that starts like a formula is text all the same.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def register_workbook(lines: Sequence[Line], shown: Sequence[AnyColumn], foot: Sequence[str]) -> bytes:
    """The lines under their column heads, numbers as numbers, the totals in the last row."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    sheet = book.add_worksheet("小区清册")
    head = book.add_format(
        {"bold": True, "bg_color": "#F0F4F5", "border": 1, "border_color": "#D9E0E4", "text_wrap": True}
    )
    bold = book.add_format({"bold": True, "top": 1})
    sheet.write_row(0, 0, ["小区名称", *(column.title for column in shown)], head)
    for index, line in enumerate(lines, start=1):
        sheet.write_string(index, 0, line.compound.name)
        for column, cell in enumerate(line.cells, start=1):
            _write(sheet, index, column, cell.value, cell.text)
    last = len(lines) + 1
    sheet.write_row(last, 0, [f"合计 {len(lines)} 个小区", *foot], bold)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last - 1, 1), len(shown))
    sheet.autofit(320)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, text: str) -> None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif text != "—":
        sheet.write_string(row, column, text)

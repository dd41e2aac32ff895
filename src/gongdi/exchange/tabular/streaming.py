"""Large tables read sheet by sheet and row by row, so that memory depends on one sheet and not on the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits
from gongdi.exchange.tabular.archive import look_inside
from gongdi.exchange.tabular.grid import CellValue
from gongdi.exchange.tabular.opening import open_table


@dataclass(slots=True)
class RowStream:
    """One visible sheet: its rows as they come, the first of them being row `first_row` (counted from 1)."""

    sheet: str
    first_row: int
    first_column: int
    height: int
    rows: Iterator[list[CellValue]]


def stream_table(path: Path, name: str = "") -> Iterator[RowStream]:
    """The visible sheets of an .xlsx one after another; .xls and text tables are read whole, within their limits.

    Raises CannotReadError with what is wrong. A sheet must be read before the next one is asked for.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            is_archive = file.read(2) == b"PK"
    except OSError:
        raise CannotReadError("文件打不开。", "请重新上传。") from None
    if not is_archive or size <= limits.RATIO_FROM_BYTES:
        yield from _whole(path, name)
        return
    if size > limits.MAX_BULK_FILE_BYTES:
        why = f"文件有 {size / 2**20:.0f} MB，超过上限 {limits.MAX_BULK_FILE_BYTES // 2**20} MB。"
        raise CannotReadError(why, "请按街道分成几个文件。")
    with path.open("rb") as file:
        look_inside(file, limits.MAX_BULK_UNPACKED_BYTES)
    yield from _sheets(path)


def _whole(path: Path, name: str) -> Iterator[RowStream]:
    for grid in open_table(path.read_bytes(), name or path.name).grids:
        if not grid.hidden and grid.rows:
            yield RowStream(grid.name, 1, grid.first_column, len(grid.rows), iter(grid.rows))


def _sheets(path: Path) -> Iterator[RowStream]:
    try:
        book = calamine.load_workbook(io.BytesIO(path.read_bytes()))
        for metadata in book.sheets_metadata:
            if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if metadata.visible != calamine.SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            if sheet.start is None or sheet.end is None:
                continue
            # Rows are counted from the first of the sheet, whether or not anything stands in it.
            height = sheet.end[0] + 1
            yield RowStream(metadata.name, 1, sheet.start[1], height, iter(sheet.iter_rows()))
    except calamine.PasswordError:
        raise CannotReadError("文件有打开密码，读不到内容。", "请在 Excel 里取消密码后另存再试。") from None
    except calamine.CalamineError:
        raise CannotReadError(
            "文件已损坏，或不是标准的 Excel 工作簿。", "请用 Excel 或 WPS 另存为 .xlsx 后再试。"
        ) from None

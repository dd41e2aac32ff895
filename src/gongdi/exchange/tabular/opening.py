"""Opening a table file by what it holds, not by what it is called."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import python_calamine as calamine

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits
from gongdi.exchange.tabular.archive import ArchiveLook, look_inside
from gongdi.exchange.tabular.delimited import read_delimited
from gongdi.exchange.tabular.grid import CellValue, Grid, Merge, TableFile, cell_name
from gongdi.exchange.tabular.sheet_scan import SheetScan
from gongdi.exchange.tabular.workbook_parts import sheet_parts

_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".et", ".xltx", ".xlsb", ".ods"}
_TEXT_SUFFIXES = {".csv", ".tsv", ".txt", ""}


def open_table(source: Path | bytes, name: str = "") -> TableFile:
    """Read every sheet of an .xlsx, .xlsm, .xls or text table; raises CannotReadError with what is wrong.

    `source` is a path or the bytes of an upload; `name` is the file's name as the sender called it.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    data = read_bytes(source)
    suffix = Path(name).suffix.lower()
    if data.startswith(_OLE):
        return _read_old_workbook(data)
    if data.startswith(b"PK"):
        return _read_workbook(data)
    return _read_text(data, name, suffix)


def read_bytes(source: Path | bytes) -> bytes:
    """The file's bytes, if there are any and not too many; raises CannotReadError."""
    if isinstance(source, Path):
        source = _bytes_of_path(source)
    if not source:
        raise CannotReadError("文件是空的（0 字节）。", "请重新选择文件；如果是刚下载的，可能没有下载完整。")
    if len(source) > limits.MAX_FILE_BYTES:
        raise _file_too_large(len(source))
    return source


def _bytes_of_path(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CannotReadError("这是文件夹，不是文件。", "请选择其中的名单文件。")
        size = path.stat().st_size
        if size > limits.MAX_FILE_BYTES:
            raise _file_too_large(size)
        return path.read_bytes()
    except FileNotFoundError:
        raise CannotReadError("找不到这个文件。", "请检查文件名和所在文件夹。") from None
    except OSError:
        raise CannotReadError("文件打不开。", "请确认文件没有被其他程序占用，且您有读取权限。") from None


def _file_too_large(size: int) -> CannotReadError:
    why = f"文件有 {size / 2**20:.1f} MB，超过上限 {limits.MAX_FILE_BYTES // 2**20} MB。"
    return CannotReadError(why, "请删去图片和多余的工作表，或按区县分成几个文件。")


def _read_text(data: bytes, name: str, suffix: str) -> TableFile:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise CannotReadError("这是 PDF 文件，不是表格。", "请向发件单位索取 Excel 原表；扫描件需先录入为表格。")
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body")):
        raise CannotReadError("这其实是网页（HTML），只是扩展名写成了表格。", _SAVE_AS_XLSX)
    if head.startswith((b"<?xml", b"<workbook")):
        raise CannotReadError("这是 XML 文件，不是 Excel 工作簿。", _SAVE_AS_XLSX)
    if head.startswith((b"rar!", b"7z\xbc\xaf")):
        raise CannotReadError("这是压缩包，不是表格。", "请先解压，再选择其中的表格文件。")
    if head.startswith(b"{\\rtf"):
        raise CannotReadError("这是 RTF 文档，不是表格。", "请把其中的表格复制到 Excel，存为 .xlsx。")
    if suffix in _SPREADSHEET_SUFFIXES:
        why = f"文件扩展名是 {suffix}，内容却不是 Excel 工作簿。"
        raise CannotReadError(why, "如果是文本表格，请把扩展名改为 .csv；否则请另存为 .xlsx。")
    if suffix not in _TEXT_SUFFIXES:
        raise CannotReadError(f"不支持 {suffix} 文件。", "请提供 .xlsx、.xls 或 .csv 文件。")
    grid, encoding = read_delimited(data, "")
    remarks = ["文字编码按 GB18030 读取。"] if encoding == "gb18030" else []
    return TableFile("csv", [grid], remarks)


def _read_old_workbook(data: bytes) -> TableFile:
    if _utf16("EncryptedPackage") in data:
        raise _needs_password()
    if _utf16("WordDocument") in data or _utf16("PowerPoint Document") in data:
        raise CannotReadError("这是 Word 或 PowerPoint 文件，不是表格。", "请把其中的表格复制到 Excel，存为 .xlsx。")
    book = _loaded(io.BytesIO(data))
    remarks = [_MACROS] if _utf16("_VBA_PROJECT") in data else []
    return TableFile("xls", _grids(book, {}), remarks)


_MACROS = "文件带有宏；只读取了单元格的值，宏没有运行。"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _needs_password() -> CannotReadError:
    return CannotReadError(
        "文件有打开密码，读不到内容。", "请在 Excel 里取消密码（文件 - 信息 - 保护工作簿）后另存再试。"
    )


def _read_workbook(data: bytes) -> TableFile:
    stream = io.BytesIO(data)
    look = look_inside(stream)
    stream.seek(0)
    book = _loaded(stream)
    return TableFile("xlsx", _grids(book, _scans_by_sheet(stream, look)), [_MACROS] if look.has_macros else [])


def _scans_by_sheet(stream: BinaryIO, look: ArchiveLook) -> dict[str, SheetScan]:
    parts = sheet_parts(stream)
    return {sheet: look.scans[part] for sheet, part in parts.items() if part in look.scans}


def _loaded(stream: BinaryIO) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(stream)
    except calamine.PasswordError:
        raise _needs_password() from None
    except BaseException as error:
        raise _reader_failed(error) from None


def _reader_failed(error: BaseException) -> BaseException:
    """The reader's own failures, a Rust panic among them (no Exception), as one message; anything else goes on."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return CannotReadError("文件已损坏，或不是标准的 Excel 工作簿。", _SAVE_AS_XLSX)
    return error


def _grids(book: calamine.CalamineWorkbook, scans: dict[str, SheetScan]) -> list[Grid]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.MAX_SHEETS:
        raise CannotReadError(f"工作簿有 {len(sheets)} 个工作表，超过上限。", "请删去无关的工作表。")
    grids = []
    for metadata in sheets:
        grid = _grid(book, metadata.name)
        grid.hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        if metadata.name in scans:
            grid.faults = scans[metadata.name].faults
        grids.append(grid)
    return grids


def _grid(book: calamine.CalamineWorkbook, name: str) -> Grid:
    try:
        sheet = book.get_sheet_by_name(name)
        start, end = sheet.start, sheet.end
        if start is None or end is None:
            return Grid(name, [])
        _check_reach(name, end)
        rows: list[list[CellValue]] = list(sheet.iter_rows())
        merges = sheet.merged_cell_ranges or []
    except CannotReadError:
        raise
    except BaseException as error:
        raise _reader_failed(error) from None
    _check_lengths(name, rows, start[1])
    areas = [Merge(top, left, bottom, right) for (top, left), (bottom, right) in merges]
    return Grid(name, rows, start[1], areas)


def _check_lengths(name: str, rows: list[list[CellValue]], first_column: int) -> None:
    for row, cells in enumerate(rows):
        for index, cell in enumerate(cells):
            if type(cell) is str and len(cell) > limits.MAX_CELL_CHARACTERS:
                why = f"单元格文字过长（{len(cell):,} 字），超过 Excel 的上限。"
                where = cell_name(row, first_column + index)
                raise CannotReadError(why, "请缩短这个单元格的内容。", sheet=name, cell=where)


def _check_reach(name: str, end: tuple[int, int]) -> None:
    if end[0] >= limits.MAX_ROWS or end[1] >= limits.MAX_COLUMNS:
        size = f"{end[0] + 1} 行、{end[1] + 1} 列"
        why = f"工作表“{name}”有 {size}，超过上限 {limits.MAX_ROWS} 行、{limits.MAX_COLUMNS} 列。"
        raise CannotReadError(why, "请删去多余的行和列，或分成几个文件。", sheet=name)

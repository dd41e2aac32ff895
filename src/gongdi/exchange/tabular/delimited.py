"""Text tables: CSV and its cousins with tab or semicolon, in the encodings that offices send."""

from __future__ import annotations

import csv
import io
from collections import Counter

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits
from gongdi.exchange.tabular.grid import CellValue, Grid

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 40
_UTF8_AGAIN = "请用 Excel 或 WPS 打开原文件，另存为 .xlsx，或另存为“CSV UTF-8”。"
_MAX_LINES_IN_CELL = 200


def read_delimited(data: bytes, name: str) -> tuple[Grid, str]:
    """The table in a text file, and the name of the encoding found; raises CannotReadError."""
    text, encoding = decode(data)
    if not text.strip():
        raise CannotReadError("文件是空的。", "请选择有内容的名单文件。")
    return Grid(name, _rows(text)), encoding


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark (BOM), else UTF-8, else GB18030."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded_as(data, encoding), encoding
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise CannotReadError(f"第 {line} 行含有空字节，不是文本表格。", _UTF8_AGAIN)
    try:
        return _not_garbled(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        return _decoded_gb(data, error), "gb18030"


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start) from None
    if "\0" in text:
        raise CannotReadError("文件含有空字节，不是文本表格。", _UTF8_AGAIN)
    return text


def _undecodable(data: bytes, position: int) -> CannotReadError:
    line = data[:position].count(b"\n") + 1
    return CannotReadError(f"第 {line} 行的文字编码无法识别。", _UTF8_AGAIN)


def _decoded_gb(data: bytes, utf8_error: UnicodeDecodeError) -> str:
    """GB18030 accepts nearly any bytes, so what comes out must look like Chinese in common use."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _undecodable(data, max(error.start, utf8_error.start)) from None
    letters = [letter for letter in text[:20_000] if not letter.isascii()]
    common = sum(_is_common(letter) for letter in letters)
    if letters and common * 10 < len(letters) * 8:
        raise _undecodable(data, utf8_error.start)
    return text


def _is_common(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _not_garbled(text: str) -> str:
    """Refuse text that was UTF-8 once, taken for GBK and saved again: the names in it are lost."""
    sample = text[:2_000]
    if sample.isascii():
        return text
    for number, line in enumerate(sample.splitlines()[:10], 1):
        if line.isascii():
            continue
        try:
            turned = line.encode("gb18030").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text
        if turned != line and any("\u4e00" <= letter <= "\u9fff" for letter in turned):
            # The line is not told: in a roll it holds identity numbers in clear, and problems are stored.
            why = f"第 {number} 行的文字已成乱码（保存时用错了编码）。"
            raise CannotReadError(why, "请从原文件重新导出，选“CSV UTF-8”或 .xlsx。")
    return text


def _rows(text: str) -> list[list[CellValue]]:
    delimiter = _delimiter(text)
    _check_lines(text)
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS * 4)
    try:
        return _parsed(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            why = "双引号没有成对，读到文件末尾仍未结束。"
            raise CannotReadError(why, "请检查单元格里的双引号，或另存为 .xlsx。") from None
    return _parsed(text, delimiter, strict=False)


def _check_lines(text: str) -> None:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > limits.MAX_CELL_BYTES:
            line = text.count("\n", 0, start) + 1
            raise CannotReadError(f"第 {line} 行过长，不是正常的表格。", _UTF8_AGAIN)
        start = end + 1


def _parsed(text: str, delimiter: str, *, strict: bool) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = []
    last_filled = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        for index, row in enumerate(reader):
            if any(row):
                _check_row(row, index)
                last_filled = index + 1
            if index < limits.MAX_ROWS:
                rows.append(list(row))
    except csv.Error:
        if strict:
            raise
        raise _open_quote(reader.line_num) from None
    return rows[:last_filled]


def _check_row(row: list[str], index: int) -> None:
    if index >= limits.MAX_ROWS:
        raise CannotReadError(f"文件超过 {limits.MAX_ROWS} 行。", "请按区县分成几个文件。")
    if len(row) > limits.MAX_COLUMNS:
        why = f"第 {index + 1} 行有 {len(row)} 列，超过上限 {limits.MAX_COLUMNS} 列。"
        raise CannotReadError(why, "请删去右侧多余的列，并确认列之间用逗号、制表符或分号分隔。")
    for cell in row:
        if len(cell) > limits.MAX_CELL_CHARACTERS or cell.count("\n") > _MAX_LINES_IN_CELL:
            raise _open_quote(index + 1)


def _open_quote(line: int) -> CannotReadError:
    why = f"第 {line} 行有过长的单元格，多半是双引号没有成对。"
    return CannotReadError(why, "请检查该行的双引号，或用 Excel 打开后另存为 .xlsx。")


def _delimiter(text: str) -> str:
    """The separator that cuts most lines into the same number of cells, more than one."""
    lines = text.splitlines()[:_SAMPLE_LINES]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            continue
        score = max((count * min(width, 20) for width, count in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best

"""A quick look through a worksheet's XML: how far it reaches, and which formulas have no value.

A reader keeps a sheet as one dense block from its first to its last filled cell, so two cells in opposite corners can
ask for gigabytes. This scan finds the corners first, without building anything.
"""

from __future__ import annotations

import re

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits
from gongdi.exchange.tabular.grid import FAULT_ERROR, FAULT_FORMULA

# Cells far out that are not empty. The fast expressions begin with the literal that nearly every writer uses, which
# lets the regular expression engine skip ahead.
_FAR_CELL = re.compile(
    rb'<c r="(?:(?:[A-Z]{3,}|D[YZ]|[E-Z][A-Z])[0-9]+|[A-Z]+(?:[1-9][0-9]{6,}|[2-9][0-9]{5}))"(?:[^>]*[^/])?>'
)
_ANY_CELL = re.compile(rb"<(?:[A-Za-z0-9]+:)?c(?=[\s>/])([^>]*)>")
_ANY_ROW = re.compile(rb"<(?:[A-Za-z0-9]+:)?row(?=[\s>/])")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^/])>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STARTS = (b"<c ", b"<c>", b":c ", b":c>", b"<row", b":row")
_END = re.compile(rb"</(?:\w+:)?sheetData")
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>/]*)>')


def _position(attributes: bytes) -> tuple[int, int] | None:
    found = _REFERENCE.search(attributes)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1


class SheetScan:
    """Fed with a worksheet's bytes piece by piece; raises CannotReadError when the sheet reaches too far."""

    def __init__(self) -> None:
        self.faults: dict[tuple[int, int], str] = {}
        self._rest = b""
        self._past_cells = False
        self._rows = 0
        self._cells_in_row = 0

    def feed(self, piece: bytes) -> None:
        """Take the next bytes; a cell cut in two is kept for the next call."""
        if self._past_cells:
            return
        data = self._rest + piece
        ending = _END.search(data)
        if ending is not None:
            self._past_cells = True
            self._rest = b""
            self._look(data[: ending.start()])
            return
        cut = max(data.rfind(mark) for mark in _STARTS)
        cut = max(data.rfind(b"<", 0, cut + 1), 0)
        self._keep(data[cut:])
        self._look(data[:cut])

    def close(self) -> None:
        """Look through what is left."""
        self._look(self._rest)
        self._rest = b""

    def _keep(self, rest: bytes) -> None:
        if len(rest) > 2 * limits.MAX_CELL_BYTES:
            raise CannotReadError("工作表里有过长的单元格。", "请删去该单元格的内容或缩短后再试。")
        self._rest = rest

    def _look(self, data: bytes) -> None:
        if not data:
            return
        cells = data.count(b"<c ")
        plain = cells == data.count(b'<c r="') and b"<c>" not in data and b":c " not in data and b":c>" not in data
        if plain:
            self._look_fast(data)
        else:
            self._look_closely(data)
        if b"<f" in data or b":f" in data:
            self._note(_NO_VALUE, data, FAULT_FORMULA)
        if b't="e"' in data:
            self._note(_ERROR_CELL, data, FAULT_ERROR)

    def _look_fast(self, data: bytes) -> None:
        for found in _FAR_CELL.finditer(data):
            position = _position(found[0])
            if position is not None:
                _check_position(*position)

    def _look_closely(self, data: bytes) -> None:
        """Cells without a reference stand after the one before them: count them."""
        row_starts = [found.start() for found in _ANY_ROW.finditer(data)]
        next_row = 0
        for found in _ANY_CELL.finditer(data):
            while next_row < len(row_starts) and row_starts[next_row] < found.start():
                next_row += 1
                self._rows += 1
                self._cells_in_row = 0
            self._cells_in_row += 1
            if found[1].endswith(b"/"):
                continue
            position = _position(found[1])
            _check_position(*(position or (self._rows - 1, self._cells_in_row - 1)))
        self._rows += len(row_starts) - next_row

    def _note(self, pattern: re.Pattern[bytes], data: bytes, fault: str) -> None:
        for found in pattern.finditer(data):
            position = _position(found[1])
            if position is not None and len(self.faults) < limits.MAX_LISTED_CELLS:
                self.faults[position] = fault


def _check_position(row: int, column: int) -> None:
    if row >= limits.MAX_ROWS:
        why = f"工作表在第 {row + 1} 行还有内容，超过上限 {limits.MAX_ROWS} 行。"
        raise CannotReadError(why, "请删去表尾多余的内容，或按区县分成几个文件。")
    if column >= limits.MAX_COLUMNS:
        why = f"工作表在第 {column + 1} 列还有内容，超过上限 {limits.MAX_COLUMNS} 列。"
        raise CannotReadError(why, "请删去右侧多余的列。")

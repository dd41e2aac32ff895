"""A sheet as a grid of cells, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty cell is the empty string."""

FAULT_FORMULA = "formula"
FAULT_ERROR = "error"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 gives A, 26 gives AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both counted from 0: (11, 2) gives C12."""
    return f"{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area (合并单元格), rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet (工作表).

    `rows[i]` is the sheet's row i + 1; its cell j stands in column `first_column + j`. Rows may be of unequal length.
    `faults` names cells that show no value although something stands in them: a formula that was never calculated, or
    an error such as #REF!; the keys are (row, column) from 0.
    """

    name: str
    rows: list[list[CellValue]]
    first_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False

    def at(self, row: int, index: int) -> CellValue:
        """The cell in that row at that index of the row; "" outside."""
        cells = self.rows[row]
        return cells[index] if 0 <= index < len(cells) else ""


@dataclass(slots=True)
class TableFile:
    """A file that holds tables: what kind it is, its sheets, and remarks on how it was read."""

    kind: str
    grids: list[Grid]
    remarks: list[str] = field(default_factory=list)

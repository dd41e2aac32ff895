"""Reading a roll: rows to dwellings, every doubtful cell named, memory held to one sheet.

The rows of one dwelling (one a co-owner) stand beside each other. A file is read twice: once to find every problem,
once more to keep it, so nothing of it needs to be held in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from gongdi.exchange.dwelling_roll.columns import HEADER_ROWS, NEEDED, TITLES, Field, find_columns
from gongdi.exchange.dwelling_roll.entries import DwellingEntry, OwnerEntry
from gongdi.exchange.dwelling_roll.rows import DwellingKey, RowReader
from gongdi.exchange.problems import CannotReadError, Problem, ProblemList
from gongdi.exchange.tabular.grid import CellValue
from gongdi.exchange.tabular.streaming import RowStream, stream_table

Progress = Callable[[int, int], None]
"""Told the rows done and the rows there are, every few thousand."""
_TELL_EVERY = 5_000


@dataclass(slots=True)
class RollReader:
    """Reads one roll (房屋产权清册). `compound` is the name of the one compound that it is of, "" when a column tells.

    After `dwellings()` has been read to its end, `problems`, `rows` and `count` say what was found.
    """

    path: Path
    name: str
    today: date
    compound: str = ""
    progress: Progress | None = None
    rows: int = 0
    count: int = 0
    problems: ProblemList = field(default_factory=ProblemList)
    unknown: set[str] = field(default_factory=set)
    """Names of compounds that the caller does not know, each reported once."""
    _seen: set[int] = field(default_factory=set)

    @property
    def errors(self) -> int:
        """How many problems stop the roll from being kept."""
        return sum(problem.is_error for problem in self.problems.kept) + self.problems.dropped_errors

    def dwellings(self) -> Iterator[DwellingEntry]:
        """Every dwelling of the file that could be read; raises CannotReadError when the file as a whole cannot."""
        readable = False
        for stream in stream_table(self.path, self.name):
            for entry in self._of_sheet(stream):
                readable = True
                yield entry
        if not readable and not self.errors:
            raise CannotReadError("文件里没有读到房屋。", "请使用“房屋清册”空白表，每行一户（共有人各占一行）。")

    def _of_sheet(self, stream: RowStream) -> Iterator[DwellingEntry]:
        header = self._find_header(stream)
        if header is None:
            return
        first, columns = header
        reader = RowReader(stream.sheet, columns, stream.first_column, self.compound, self.today, self.problems)
        group: list[tuple[int, list[CellValue]]] = []
        key: DwellingKey = ("", "", "", "")
        number = first
        for number, cells in enumerate(stream.rows, start=first):
            if self.progress is not None and number % _TELL_EVERY == 0:
                self.progress(self.rows + number, self.rows + stream.height)
            if not any(cell not in ("", None) for cell in cells):
                continue
            own = reader.key(cells)
            if group and own != key:
                yield from self._finished(reader, key, group)
                group = []
            key = own
            group.append((number, cells))
        if group:
            yield from self._finished(reader, key, group)
        self.rows += number - first + 1

    def _find_header(self, stream: RowStream) -> tuple[int, dict[Field, int]] | None:
        """The number of the row below the header, and the columns; None when this sheet is no roll."""
        needed = NEEDED if self.compound else NEEDED | {Field.COMPOUND}
        best: dict[Field, int] = {}
        for number, cells in enumerate(stream.rows, start=stream.first_row):
            found = find_columns(cells)
            if needed <= found.keys():
                return number + 1, found
            best = max(best, found, key=len)
            if number >= HEADER_ROWS:
                break
        if len(best) >= 3:
            lacking = "、".join(TITLES[each] for each in Field if each in needed and each not in best)
            why = f"表头缺少：{lacking}。"
            self.problems.add(Problem(stream.sheet, "", "", why, "请按空白表的表头补齐后重新上传。"))
        return None

    def _finished(
        self, reader: RowReader, key: DwellingKey, group: list[tuple[int, list[CellValue]]]
    ) -> Iterator[DwellingEntry]:
        self.count += 1
        entry = reader.dwelling(key, group)
        if entry is None:
            return
        mark = hash(entry.key)
        if mark in self._seen:
            why = f"{entry.building}{entry.stairwell}{entry.room} 在文件中不止一处出现。"
            remedy = "同一户的共有人请排在相邻的行；重复的行请删去。"
            reader.report(entry.row, Field.ROOM, entry.room, why, remedy)
            return
        self._seen.add(mark)
        if self._shares_hold(reader, entry):
            yield entry

    @staticmethod
    def _shares_hold(reader: RowReader, entry: DwellingEntry) -> bool:
        owners: tuple[OwnerEntry, ...] = entry.owners
        if len(owners) == 1 and owners[0].share == 1:
            return True
        joint = [owner for owner in owners if owner.share is None]
        if joint and len(joint) < len(owners):
            why = "同一户有的业主写共同共有，有的写了份额。"
            reader.report(entry.row, Field.SHARE, "", why, "请统一为共同共有，或每人写明份额。")
            return False
        total = sum((owner.share for owner in owners if owner.share is not None), Fraction(0))
        if total > 1:
            told = f"{total.numerator}/{total.denominator}"
            why = f"{entry.building}{entry.stairwell}{entry.room} 各业主份额之和为 {told}，超过全部。"
            reader.report(entry.row, Field.SHARE, told, why, "请核对份额；共有人的份额之和应为 1。")
            return False
        if not joint and total < 1:
            told = f"{total.numerator}/{total.denominator}"
            why = f"{entry.building}{entry.stairwell}{entry.room} 各业主份额之和为 {told}，不足全部。"
            remedy = "其余份额的业主未列出；表决时这一户按已列业主处理，请尽快补全。"
            reader.report(entry.row, Field.SHARE, told, why, remedy, "warning")
        return True

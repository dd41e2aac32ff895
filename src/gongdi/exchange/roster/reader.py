"""Reading a roster file from end to end."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongdi.exchange.figures import compact
from gongdi.exchange.problems import CannotReadError, Problem, ProblemList
from gongdi.exchange.roster.checks import check_duplicates, check_figures, check_stated_count, check_total
from gongdi.exchange.roster.columns import Columns, choose_columns
from gongdi.exchange.roster.headers import read_header
from gongdi.exchange.roster.layout import MergeMap, find_sections
from gongdi.exchange.roster.reading import ColumnReading, Field, FieldReading, RosterReading, RosterRow
from gongdi.exchange.roster.row_kinds import district_of_section, place_in_title
from gongdi.exchange.roster.rows import SectionReader, SectionRows, TotalRow
from gongdi.exchange.tabular import Grid, TableFile, open_table

Progress = Callable[[int, int], None]
"""Told the rows done and the rows in all."""

_MAX_HEAD_ROWS = 60


@dataclass(slots=True)
class _Gathered:
    rows: list[RosterRow] = field(default_factory=list)
    headers: list[ColumnReading] = field(default_factory=list)
    problems: ProblemList = field(default_factory=ProblemList)
    sheets_with_names: int = 0


def read_roster(
    source: Path | bytes,
    *,
    now_year: int,
    name: str = "",
    sheet: str | None = None,
    progress: Progress | None = None,
) -> RosterReading:
    """Read a roster of compounds (小区名单) from .xlsx, .xlsm, .xls or a text table.

    `source` is a path or an upload's bytes, `name` the file's name; `sheet` limits it to one worksheet. Nothing is
    raised for a bad file: the reading tells what is wrong.
    """
    try:
        table = open_table(source, name)
        grids = _wanted(table, sheet)
        with _no_collecting():
            return _read_grids(table, grids, now_year, progress or (lambda done, total: None))
    except CannotReadError as error:
        return RosterReading(0, {}, (error.problem,), (), readable=False)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Pause the search for cycles: a roster makes a million objects without any, and the search costs a third."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def _wanted(table: TableFile, sheet: str | None) -> list[Grid]:
    if sheet is not None:
        chosen = [grid for grid in table.grids if grid.name == sheet]
        if not chosen:
            names = "、".join(grid.name for grid in table.grids)
            raise CannotReadError(f"没有名为“{sheet}”的工作表。", f"这个文件的工作表有：{names}。")
        return chosen
    visible = [grid for grid in table.grids if not grid.hidden]
    if not any(grid.rows for grid in table.grids):
        raise CannotReadError("文件里没有任何内容，工作表是空的。", "请选择有内容的名单文件。")
    return visible or table.grids


def _read_grids(table: TableFile, grids: list[Grid], now_year: int, progress: Progress) -> RosterReading:
    gathered = _Gathered()
    total = sum(len(grid.rows) for grid in grids)
    done = 0
    for grid in grids:
        start = done
        found = _read_grid(grid, now_year, gathered, lambda row, start=start: progress(start + row, total))  # type: ignore[misc]
        gathered.sheets_with_names += found
        if not found and grid.rows and len(grids) > 1:
            gathered.problems.add(_sheet_skipped(grid))
        done += len(grid.rows)
    progress(total, total)
    if not gathered.sheets_with_names:
        raise _lists_no_compounds(grids)
    for grid in table.grids:
        if grid.hidden and grid not in grids and grid.rows:
            why = f"工作表“{grid.name}”是隐藏的，没有读取。"
            remedy = "如果其中也有名单，请取消隐藏，或用 --sheet 指定它。"
            gathered.problems.add(Problem(grid.name, "", "", why, remedy, "warning"))
    return _finished(table, gathered)


def _finished(table: TableFile, gathered: _Gathered) -> RosterReading:
    rows = check_duplicates(gathered.rows, gathered.problems)
    check_figures(rows, gathered.problems)
    if not rows and not any(problem.is_error for problem in gathered.problems.kept):
        raise CannotReadError("表头下面没有任何小区。", "请确认名单内容在表头下面，且没有被隐藏或删除。")
    columns: dict[str, str] = {}
    for header in gathered.headers:
        if header.field is not None:
            columns.setdefault(header.field.value, header.header)
    return RosterReading(
        compounds=len(rows),
        columns=columns,
        problems=gathered.problems.finished(),
        rows=tuple(rows),
        headers=tuple(gathered.headers),
        remarks=tuple(table.remarks),
    )


def _sheet_skipped(grid: Grid) -> Problem:
    why = f"工作表“{grid.name}”没有写小区名称的列，没有读取。"
    return Problem(grid.name, "", "", why, "如果它不是名单，可以不管；否则请补上“小区名称”表头。", "warning")


def _read_grid(grid: Grid, now_year: int, gathered: _Gathered, step: Callable[[int], None]) -> bool:
    """Read one sheet into `gathered`; False when no column of it names compounds."""
    if not grid.rows:
        return False
    merges = MergeMap(grid)
    parts: list[tuple[SectionRows, Columns]] = []
    titles: list[str] = []
    for section in find_sections(grid, merges):
        titles = titles or section.titles
        columns = choose_columns(section, titles)
        if Field.NAME not in columns.by_field:
            continue
        new = [reading for reading in columns.readings if not _known(reading, gathered.headers)]
        gathered.headers.extend(new)
        for problem in columns.problems if new else ():
            gathered.problems.add(problem)
        beside = merges if section.grid is grid else MergeMap(section.grid)
        reader = SectionReader(section, columns, beside, now_year, gathered.problems)
        parts.append((reader.read(step), columns))
    rows = _check_sheet(grid, titles, parts, gathered.problems)
    gathered.rows.extend(_placed(grid, titles, rows))
    return bool(parts)


def _known(reading: ColumnReading, headers: Sequence[ColumnReading]) -> bool:
    """Whether an equal header of this sheet, repeated further up, was listed already."""
    return any(
        reading.sheet == other.sheet and reading.header == other.header and reading.field == other.field
        for other in headers
    )


def _check_sheet(
    grid: Grid, titles: Sequence[str], parts: list[tuple[SectionRows, Columns]], problems: ProblemList
) -> list[RosterRow]:
    """Totals of each table first within it; a total that fits the whole sheet is right as well."""
    rows = [row for part, _ in parts for row in part.rows]
    offset = 0
    for part, columns in parts:
        moved = [replace(total, after=total.after + offset) for total in part.totals]
        parts_bounds = (offset, offset + len(part.rows))
        for index, total in enumerate(moved):
            _check_one(total, index, moved, parts_bounds, rows, columns, problems)
        offset += len(part.rows)
    notes = [note for part, _ in parts for note in part.notes]
    check_stated_count([*titles, *notes], rows, grid.name, problems)
    return rows


def _check_one(
    total: TotalRow,
    index: int,
    totals: list[TotalRow],
    part: tuple[int, int],
    rows: list[RosterRow],
    columns: Columns,
    problems: ProblemList,
) -> None:
    before = totals[index - 1].after if index else part[0]
    after = totals[index + 1].after if index + 1 < len(totals) else part[1]
    check_total(total, rows, (before, after), columns.by_field, problems)


def _placed(grid: Grid, titles: Sequence[str], rows: list[RosterRow]) -> list[RosterRow]:
    """Rows without a district take it from the sheet's name or the table's title, and say so."""
    city, district, source = _place_of_sheet(grid, titles)
    if not city and not district:
        return rows
    return [_with_place(row, city, district, source) for row in rows]


def _place_of_sheet(grid: Grid, titles: Sequence[str]) -> tuple[str, str, str]:
    named = district_of_section(grid.name)
    if named:
        return "", named, "取自工作表名"
    for title in titles:
        city, district = place_in_title(title)
        if city or district:
            return city, district, "取自表题"
    return "", "", ""


def _with_place(row: RosterRow, city: str, district: str, source: str) -> RosterRow:
    fields = dict(row.fields)
    has_place = Field.CITY in fields or Field.DISTRICT in fields
    for key, value in ((Field.CITY, city), (Field.DISTRICT, district)):
        if value and key not in fields and not (key is Field.DISTRICT and Field.CITY in row.fields):
            sureness_note = (source,)
            fields[key] = FieldReading(value, "", row.row - 1, -1, "likely", *sureness_note)
    return row if has_place and fields == row.fields else replace(row, fields=fields)


def _lists_no_compounds(grids: list[Grid]) -> CannotReadError:
    grid = next((grid for grid in grids if grid.rows), grids[0])
    heads = _head_texts(grid)
    known = "、".join(heads[:12])
    read = f"读到的表头是：{known}。" if known else ""
    listed = "社区" if any("社区" in compact(head) for head in heads) else ""
    hint = "这像是社区名单，不是小区名单。" if listed else ""
    remedy = "请确认有一列表头写作“小区名称”（或“项目名称”“楼院名称”等），并且列的是小区而不是区县、街道或汇总数。"
    why = f"没有写小区名称的列，这份表没有列出小区。{hint}{read}"
    return CannotReadError(why, remedy, sheet=grid.name, value=known)


def _head_texts(grid: Grid) -> list[str]:
    """The row that looks most like a header, for the message."""
    best: list[str] = []
    best_score = 0
    for row in grid.rows[:_MAX_HEAD_ROWS]:
        texts = [" ".join(cell.split())[:20] for cell in row if isinstance(cell, str) and cell.strip()]
        known = sum(1 for text in texts if read_header(text).field is not None)
        score = known * 3 + min(len([text for text in texts if not re.search(r"\d{3}", text)]), 10)
        if score > best_score:
            best, best_score = texts, score
    return best

"""Where the tables of a sheet stand: headers of one or several rows, repeated headers, titles above.

A header is the first row with a column that names compounds and at least one more column that is understood (or
nothing else at all). Rows below it that only refine it (units, sub-heads) and group heads above it belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongdi.exchange.figures import Unit, compact, find_unit, read_quantity
from gongdi.exchange.roster.headers import FIELD_KINDS, MAX_HEADER_CHARACTERS, HeaderReading, read_header
from gongdi.exchange.roster.reading import Field
from gongdi.exchange.tabular import Grid
from gongdi.exchange.tabular.grid import Merge

_NAME_HINT = re.compile(r"名|小\s*[区區]|[楼樓]院|[项項]目|[单單]散|点位|片区|院落|对象|范围")
_MAX_HEADER_ROWS = 4
_LOOK_ABOVE = 3
_UNDER_GROUP = re.compile("合计|小计|总计|总量|数量|总额|金额|合計")


@dataclass(slots=True)
class HeadColumn:
    """One column of a table: its index in the grid's rows, its whole header, what it means."""

    index: int
    text: str
    reading: HeaderReading


@dataclass(slots=True)
class Section:
    """One table of a sheet (表块): header rows, data rows (from 0, end not included), the texts above it."""

    grid: Grid
    head_first: int
    head_last: int
    end: int
    columns: list[HeadColumn]
    titles: list[str] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        """The first row below the header."""
        return self.head_last + 1


class MergeMap:
    """Looks up what merged area a cell belongs to; rows that no merge touches cost nothing."""

    def __init__(self, grid: Grid) -> None:
        self._by_row: dict[int, list[Merge]] = {}
        last_row = len(grid.rows) - 1
        for merge in grid.merges:
            if (merge.bottom - merge.top) * len(grid.merges) > 20_000_000:
                continue
            for row in range(merge.top, min(merge.bottom, last_row) + 1):
                self._by_row.setdefault(row, []).append(merge)
        self._offset = grid.first_column

    def find(self, row: int, index: int) -> Merge | None:
        """The merged area over the cell, if any."""
        merges = self._by_row.get(row)
        if merges is None:
            return None
        column = index + self._offset
        return next((merge for merge in merges if merge.left <= column <= merge.right), None)

    def touches(self, row: int) -> bool:
        """Whether any merged area covers part of the row."""
        return row in self._by_row


def find_sections(grid: Grid, merges: MergeMap) -> list[Section]:
    """Every table of the sheet that names compounds, from top to bottom."""
    heads = list(_find_heads(grid, merges))
    sections: list[Section] = []
    above = 0
    for position, (first, last, columns) in enumerate(heads):
        end = heads[position + 1][0] if position + 1 < len(heads) else len(grid.rows)
        titles = _texts_between(grid, above, first) if not sections else []
        whole = Section(grid, first, last, end, columns, titles)
        sections.extend(side_by_side(whole))
        above = last + 1
    return sections


def side_by_side(section: Section) -> list[Section]:
    """A list printed in two or more blocks of the same columns beside each other, block by block; else itself."""
    columns = section.columns
    names = [i for i, column in enumerate(columns) if column.reading.field is Field.NAME]
    if len(names) < 2:
        return [section]
    size = names[1] - names[0]
    blocks = [columns[start : start + size] for start in range(0, len(columns), size)]
    heads = [[column.text for column in block] for block in blocks]
    if names[0] >= size or any(head != heads[0] for head in heads):
        return [section]
    return [_block(section, block) for block in blocks]


def _block(section: Section, columns: list[HeadColumn]) -> Section:
    """One block as a section of its own, with the cells of its columns alone."""
    left, right = columns[0].index, columns[-1].index
    old = section.grid
    grid = Grid(old.name, [row[left : right + 1] for row in old.rows], old.first_column + left, [], old.faults)
    low, high = grid.first_column, old.first_column + right
    grid.merges = [merge for merge in old.merges if merge.left >= low and merge.right <= high]
    moved = [HeadColumn(column.index - left, column.text, column.reading) for column in columns]
    return Section(grid, section.head_first, section.head_last, section.end, moved, section.titles)


def _texts_between(grid: Grid, first: int, last: int) -> list[str]:
    return [str(cell) for row in grid.rows[first:last] for cell in row if isinstance(cell, str) and cell.strip()]


def _find_heads(grid: Grid, merges: MergeMap) -> Iterator[tuple[int, int, list[HeadColumn]]]:
    row = 0
    below = 0
    while row < len(grid.rows):
        if not _may_be_head(grid, row):
            row += 1
            continue
        head = _head_at(grid, merges, row, below)
        if head is None:
            row += 1
            continue
        yield head
        row = below = head[1] + 1


def _may_be_head(grid: Grid, row: int) -> bool:
    cells = grid.rows[row]
    first = next((cell for cell in cells if cell != ""), "")
    if not isinstance(first, str) or first.isdigit():
        return False  # a row that begins with a number is a row of the list
    return any(isinstance(cell, str) and _heads_names(cell) for cell in cells)


def _heads_names(cell: str) -> bool:
    short = len(cell) <= MAX_HEADER_CHARACTERS
    return short and bool(_NAME_HINT.search(cell)) and read_header(cell).field is Field.NAME


def _head_at(grid: Grid, merges: MergeMap, row: int, floor: int) -> tuple[int, int, list[HeadColumn]] | None:
    last = row
    while last + 1 < len(grid.rows) and last - row < _MAX_HEADER_ROWS - 1 and _refines(grid, merges, row, last + 1):
        last += 1
    first = row
    while first - 1 >= floor and row - first < _LOOK_ABOVE and _groups(grid, first - 1, row):
        first -= 1
    columns = _columns(grid, merges, first, row, last)
    known = {column.reading.field for column in columns if column.reading.field is not None}
    if Field.NAME not in known:
        return None
    filled = sum(1 for cell in grid.rows[row] if cell != "")
    alone = filled == 1 and any(c.reading.field is Field.NAME and c.reading.sureness == "sure" for c in columns)
    if not alone and (len(known) < 2 or _numbers_in(grid, row) * 2 >= filled):
        return None
    return first, last, columns


def _numbers_in(grid: Grid, row: int) -> int:
    return sum(1 for cell in grid.rows[row] if cell != "" and read_quantity(cell).amount is not None)


def _refines(grid: Grid, merges: MergeMap, head: int, row: int) -> bool:
    """Whether the row below a header only refines it: no numbers, nothing under the name, headers or units."""
    cells = grid.rows[row]
    filled = [index for index, cell in enumerate(cells) if cell != ""]
    if not filled or any(not isinstance(cells[index], str) for index in filled):
        return False
    names = [i for i, c in enumerate(grid.rows[head]) if isinstance(c, str) and read_header(c).field is Field.NAME]
    if any(index in filled and not _may_stand_under_name(str(cells[index])) for index in names):
        return False
    if any(read_quantity(cells[index]).amount is not None for index in filled):
        return False
    return any(_is_head_word(str(cells[index])) for index in filled) and not _is_numbering(grid, merges, row)


def _may_stand_under_name(text: str) -> bool:
    """A unit, or 名称 under a group head 小区."""
    return find_unit(text.strip("()（）")) is not None or read_header(text).field is Field.NAME


def _is_head_word(text: str) -> bool:
    plain = compact(text)
    return (
        read_header(text).field is not None
        or find_unit(plain.strip("()")) is not None
        or bool(_UNDER_GROUP.search(plain))
    )


def _is_numbering(grid: Grid, merges: MergeMap, row: int) -> bool:
    return all(isinstance(cell, (int, float)) for cell in grid.rows[row] if cell != "")


def _groups(grid: Grid, row: int, head: int) -> bool:
    """Whether the row above holds group heads: two or more short texts, no sentence, no form entry."""
    texts = [cell for cell in grid.rows[row] if cell != ""]
    if len(texts) < 2 or any(not isinstance(text, str) for text in texts):
        return False
    if any(
        len(str(text)) > MAX_HEADER_CHARACTERS or re.search("[:：]|单位|日期|附件|年.月", str(text)) for text in texts
    ):
        return False
    return any(_is_head_word(str(text)) or len(compact(str(text))) <= 8 for text in texts)


def _columns(grid: Grid, merges: MergeMap, first: int, row: int, last: int) -> list[HeadColumn]:
    width = max(len(grid.rows[r]) for r in range(first, last + 1))
    columns = []
    for index in range(width):
        parts = _stack(grid, merges, index, first, last)
        if parts:
            columns.append(HeadColumn(index, " ".join(parts), _read_stack(parts)))
    return columns


def _stack(grid: Grid, merges: MergeMap, index: int, first: int, last: int) -> list[str]:
    """The header texts over a column from top to bottom, merged and group heads filled in."""
    parts: list[str] = []
    for row in range(first, last + 1):
        text = _head_text(grid, merges, row, index, last)
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _head_text(grid: Grid, merges: MergeMap, row: int, index: int, last: int) -> str:
    cell = grid.at(row, index)
    if cell != "":
        return " ".join(str(cell).split())
    merge = merges.find(row, index)
    if merge is not None:
        return " ".join(str(grid.at(merge.top, merge.left - grid.first_column)).split())
    if row < last and not grid.merges and _sub_head(grid, row, index, last):
        left = next((i for i in range(index - 1, -1, -1) if grid.at(row, i) != ""), None)
        if left is not None and all(_sub_head(grid, row, i, last) for i in range(left, index)):
            return " ".join(str(grid.at(row, left)).split())
    return ""


def _sub_head(grid: Grid, row: int, index: int, last: int) -> bool:
    return any(grid.at(below, index) != "" for below in range(row + 1, last + 1))


def _read_stack(parts: list[str]) -> HeaderReading:
    """The lowest head that means something; a bare unit or 合计 refines the head above it."""
    unit: Unit | None = None
    for depth in range(len(parts) - 1, -1, -1):
        text = parts[depth]
        plain = compact(text).strip("()")
        own_unit = find_unit(plain)
        if own_unit is not None and depth > 0:
            unit = unit or own_unit
            continue
        reading = read_header(f"{text}({unit.text})" if unit is not None else text)
        if reading.sureness == "guess" and depth:
            reading = _surer(read_header("".join(parts[: depth + 1])), reading)
        if reading.field is not None or depth == 0:
            return _in_group(reading, parts[:depth])
        if not _UNDER_GROUP.fullmatch(compact(re.sub(r"[(（].*?[)）]", "", text))):
            return _in_group(read_header("".join(parts)), [])
        unit = unit or reading.unit
    return HeaderReading()


def _surer(one: HeaderReading, other: HeaderReading) -> HeaderReading:
    return one if one.field is not None and one.sureness != "guess" else other


def _in_group(reading: HeaderReading, groups: list[str]) -> HeaderReading:
    """A group head such as 计划任务数 or 已完成 over a column says that it counts other things; its unit holds."""
    if reading.field is None or not groups:
        return reading
    group = compact("".join(groups))
    if re.search("完成|累计|任务数|开工数|竣工数|其中|改造后|新增", group):
        return HeaderReading(unit=reading.unit)
    unit = next((head.unit for head in map(read_header, reversed(groups)) if head.unit is not None), None)
    kinds = FIELD_KINDS.get(reading.field, ())
    return replace(reading, unit=unit) if reading.unit is None and unit is not None and unit.kind in kinds else reading

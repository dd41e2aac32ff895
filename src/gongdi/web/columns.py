"""Columns that a later app adds to an earlier app's table.

    columns.add("register", ColumnProvider(
        key="outcome", title="是否纳入", order=60, cells=lambda ids: {7: Cell("纳入", meaning="in")},
        filters=(("in", "纳入"), ("out", "不纳入")), keep=lambda rows, value: rows.filter(...), sort="cached__outcome"))

`cells` is asked once a page with the ids of all rows shown, so that a column costs one query and not one a row.
The map takes its dot colours, and the board its marks, from the provider with the key `outcome`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

MEANINGS = {
    "in": "纳入",
    "reserve": "储备",
    "optional": "可选",
    "out": "不纳入",
    "undetermined": "待补充",
}
"""The five meanings that have a colour of their own, with the plain word for each."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: the text, the value for Excel (the text when None), its meaning and a title."""

    text: str
    value: Any = None
    meaning: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ColumnProvider:
    """One added column: where it stands, how its cells are found, how it filters and sorts."""

    key: str
    title: str
    order: int
    cells: Callable[[Sequence[int]], dict[int, Cell]]
    number: bool = False
    shown: bool = True
    filters: tuple[tuple[str, str], ...] = ()
    keep: Callable[[Any, str], Any] | None = None
    sort: Any = None
    """An ORM expression or field path that sorts the table's rows by this column; None when it cannot."""
    excel: str = "outcome"
    """The kind of its cells in a workbook: `outcome` (texts with or without a meaning), `text`, `int`, `year`."""


@dataclass(slots=True)
class Columns:
    """The added columns of each table."""

    tables: dict[str, dict[str, ColumnProvider]] = field(default_factory=dict)

    def add(self, table: str, provider: ColumnProvider) -> None:
        """Add a column to a table; the same key replaces."""
        self.tables.setdefault(table, {})[provider.key] = provider

    def of(self, table: str) -> list[ColumnProvider]:
        """The added columns of a table, in order."""
        return sorted(self.tables.get(table, {}).values(), key=lambda each: each.order)

    def cells(self, table: str, key: str, ids: Sequence[int]) -> dict[int, Cell]:
        """The cells of one added column, none when nobody provides it."""
        provider = self.tables.get(table, {}).get(key)
        return provider.cells(ids) if provider is not None else {}


columns = Columns()

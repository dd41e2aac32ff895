"""Place columns whose merged cells were undone: a value once, then blanks below it."""

from __future__ import annotations

from collections.abc import Iterator

from gongdi.exchange.figures.text import as_text
from gongdi.exchange.roster.columns import Column, Columns
from gongdi.exchange.roster.layout import Section
from gongdi.exchange.roster.reading import Field
from gongdi.exchange.roster.row_kinds import read_total


def columns_to_fill(section: Section, columns: Columns) -> frozenset[Field]:
    """Place columns that look as if their merged cells had been undone: a value once, then blanks below it.

    A column in which any value stands twice in a row was filled in line by line, so its blanks are real.
    """
    filled = set()
    for key in (Field.CITY, Field.DISTRICT, Field.STREET, Field.COMMUNITY):
        column = columns.by_field.get(key)
        if (
            column is not None
            and _has_blank(section, column)
            and _undone_merge(_column_values(section, columns, column))
        ):
            filled.add(key)
    return frozenset(filled)


def _has_blank(section: Section, column: Column) -> bool:
    index = column.index
    rows = section.grid.rows[section.first_row : section.end]
    return any(len(cells) <= index or cells[index] == "" for cells in rows)


def _column_values(section: Section, columns: Columns, column: Column) -> Iterator[str]:
    name = columns.by_field[Field.NAME].index
    for row in range(section.first_row, section.end):
        if section.grid.at(row, name) != "" and read_total(as_text(section.grid.at(row, 0))) is None:
            yield as_text(section.grid.at(row, column.index)).strip()


def _undone_merge(values: Iterator[str]) -> bool:
    last, blanks, runs = "", 0, 0
    for index, value in enumerate(values):
        if not value:
            if index == 0:
                return False
            blanks += 1
        elif value == last:
            return False
        else:
            last = value
            runs += 1
    return blanks > 0 and blanks >= runs

"""The facts that a roster's rows tell: what is new, what differs, and how they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdi.apps.accounts.models import User
from gongdi.apps.places.fact_names import BY_NAME, shown
from gongdi.apps.places.models import Compound, CompoundFact, Division, RosterImport
from gongdi.exchange.packfiles import load_vocabulary
from gongdi.exchange.problems import Problem
from gongdi.exchange.roster import Field, RosterReading, RosterRow
from gongdi.exchange.roster.facts import FactColumns, FactReading, read_fact_columns

SURENESS = {"sure": "", "likely": "较有把握", "guess": "猜测"}
YEAR = "completed_year"


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that would be recorded. A value of None keeps a note on what is known short of a value."""

    name: str
    value: Any
    old: CompoundFact | None
    note: str
    cell: str

    @property
    def title(self) -> str:
        """The fact's word."""
        return BY_NAME[self.name].title

    @property
    def text(self) -> str:
        """The change in words, with the reading's note."""
        new = shown(self.name, self.value)
        change = f"{shown(self.name, self.old.value)} → {new}" if self.old is not None else new
        return f"{self.title}：{change}{f'（{self.note}）' if self.note else ''}"


def facts_told(reading: RosterReading) -> FactColumns:
    """What the columns of a roster tell of facts; those that a compound's page cannot show are left out."""
    told = read_fact_columns(reading.rows, load_vocabulary(), reading.headers)
    columns = {header: name for header, name in told.columns.items() if name in BY_NAME}
    readings = tuple({name: each for name, each in row.items() if name in BY_NAME} for row in told.readings)
    return FactColumns(columns, readings, told.problems)


def known_facts(county: Division) -> dict[tuple[int, str], CompoundFact]:
    """The facts in force of a county's compounds."""
    rows = CompoundFact.objects.filter(compound__county=county, superseded_by=None, name__in=BY_NAME)
    return {(row.compound_id, row.name): row for row in rows}


def fact_changes(
    row: RosterRow,
    readings: Mapping[str, FactReading],
    compound: Compound | None,
    known: Mapping[tuple[int, str], CompoundFact],
    problems: list[Problem],
) -> list[FactChange]:
    """The facts of one row that are not yet known so. What somebody verified stays, and a warning says so."""
    changes = []
    for name, read in readings.items():
        old = known.get((compound.pk, name)) if compound is not None else None
        if old is not None and old.value == read.value:
            continue
        if old is not None and old.value is not None and old.sureness == CompoundFact.Sureness.VERIFIED:
            problems.append(_verified(row, read, old))
            continue
        note = "；".join(part for part in (SURENESS[read.sureness], read.note) if part)
        changes.append(FactChange(name, read.value, old, note, read.cell))
    if YEAR not in readings:
        changes += _span(row, known.get((compound.pk, YEAR)) if compound is not None else None)
    return changes


def _verified(row: RosterRow, read: FactReading, old: CompoundFact) -> Problem:
    known, told = shown(read.name, old.value), shown(read.name, read.value)
    why = f"“{row.name}”的{BY_NAME[read.name].title}已核实为{known}，名单写{told}，没有改动。"
    return Problem(row.sheet, read.cell, read.raw, why, "如果名单是对的，请在小区页面上更新并写明来源。", "warning")


def _span(row: RosterRow, old: CompoundFact | None) -> list[FactChange]:
    """Years of completion known only as a span (八十年代): the span stays readable, and no year is made up."""
    span, read = row.completed_span, row.fields.get(Field.COMPLETED_YEAR)
    if span is None or span.year is not None or read is None or (old is not None and old.value is not None):
        return []
    first, last = span.first, span.last
    known = f"{first}–{last} 年之间" if first and last else f"不晚于 {last} 年" if last else f"不早于 {first} 年"
    note = f"名单写“{read.raw}”，只知道在 {known}" if first and last else f"名单写“{read.raw}”，只知道{known}"
    return [] if old is not None and old.note == note else [FactChange(YEAR, None, old, note, read.cell)]


def keep_facts(
    rows: Iterable[tuple[Compound, RosterRow, list[FactChange]]], roster: RosterImport, by: User | None, now: datetime
) -> int:
    """Record the changes; how many facts were kept."""
    made = [
        CompoundFact(
            compound=compound,
            name=change.name,
            value=change.value,
            source=f"名单“{roster.file_name}”{row.sheet} {change.cell or f'第{row.row}行'}"[:300],
            recorded_on=now.date(),
            recorded_at=now,
            recorded_by=by,
            sureness=CompoundFact.Sureness.READ,
            note=change.note[:500],
            supersedes=change.old,
            brought_by=roster,
        )
        for compound, row, changes in rows
        for change in changes
    ]
    CompoundFact.objects.bulk_create(made, batch_size=500)
    return len(made)

"""Reads of the wall chart: streets against stages, what is late and why; and the bars of one compound."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.dots import DotRow, dot_rows, dots_of
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.stages import Stage
from gongdi.apps.places.standing import divisions_today
from gongdi.apps.progress.access import visible_milestones
from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import ORDER, Node
from gongdi.apps.workdays.known import calendar
from gongdi.core.schedule import NodeStanding, Standing, standing_of

WORDS = {
    Standing.REACHED: "按期完成",
    Standing.REACHED_LATE: "逾期完成",
    Standing.LATE: "滞后",
    Standing.NEAR: "临近",
    Standing.AHEAD: "未到期",
}


Late = tuple[int, int, str, date]
"""A late node in short: its number, its compound, which node, its day."""


@dataclass(frozen=True, slots=True)
class LateNode:
    """A node past its day: its row and how late."""

    row: Milestone
    workdays: int | None


@dataclass(slots=True)
class ChartCell:
    """The compounds of one street at one stage, and how many of them have a late node."""

    count: int = 0
    late: int = 0


@dataclass(slots=True)
class ChartRow:
    """A street of the chart."""

    code: str
    name: str
    cells: dict[str, ChartCell] = field(default_factory=lambda: {stage: ChartCell() for stage in Stage.values})
    households: int = 0

    @property
    def total(self) -> ChartCell:
        """All stages together."""
        cells = self.cells.values()
        return ChartCell(sum(cell.count for cell in cells), sum(cell.late for cell in cells))


@dataclass(frozen=True, slots=True)
class Chart:
    """The wall chart: rows by street, the foot, the late nodes in short (`late_nodes` tells them whole), compounds
    without a schedule."""

    rows: list[ChartRow]
    foot: ChartRow
    late: list[Late]
    unscheduled: int
    dots: dict[str, Any]


def wall_chart(user: User, place: str, today: date) -> Chart:
    """The chart of what a person sees in a place, in a handful of queries whatever its size."""
    compounds = dot_rows(visible_compounds(user).filter(place__startswith=place).order_by("place"))
    milestones = visible_milestones(user).filter(compound__place__startswith=place)
    late = _late(milestones, today)
    first_late: dict[int, str] = {}
    for _, compound, node, _ in late:
        first_late.setdefault(compound, node)
    scheduled = set(milestones.order_by().values_list("compound_id", flat=True).distinct())
    rows, foot = _counted(compounds, first_late)
    words = {node: ("late", f"滞后：{label}") for node, label in Node.choices}
    marks = dict.fromkeys(scheduled, ("in", "按期")) | {pk: words[node] for pk, node in first_late.items()}
    dots = dots_of(compounds, marks, ("", "未排期"), "progress:see_nodes", lambda row: "")
    unscheduled = sum(row.pk not in scheduled for row in compounds)
    return Chart(rows, foot, late, unscheduled, dots)


def _counted(compounds: list[DotRow], late: Collection[int]) -> tuple[list[ChartRow], ChartRow]:
    """The rows of the streets of today, and the foot."""
    of = {row.street or row.county for row in compounds}
    listed = Division.objects.in_bulk(of)
    listed |= divisions_today(listed.values())
    rows: dict[str, ChartRow] = {}
    foot = ChartRow("", "合计")
    for compound in compounds:
        where = listed[compound.street or compound.county]
        row = rows.get(where.code)
        if row is None:
            row = rows[where.code] = ChartRow(where.code, where.name)
        for each in (row, foot):
            cell = each.cells[compound.stage]
            cell.count += 1
            cell.late += compound.pk in late
            each.households += compound.households or 0
    return sorted(rows.values(), key=lambda row: row.code), foot


def _late(rows: QuerySet[Milestone], today: date) -> list[Late]:
    """The nodes past their day and not reached, the longest past first."""
    found = rows.order_by().filter(done_on=None, due_on__lt=today)
    short = list(found.values_list("pk", "compound_id", "node", "due_on"))
    return sorted(short, key=lambda each: (each[3], each[1], ORDER[each[2]]))


def late_nodes(late: Sequence[Late], today: date) -> list[LateNode]:
    """Late nodes with all that is shown of them. Many share a day, and each day is counted once."""
    few = Milestone.objects.select_related("compound__street").only(
        "node", "due_on", "late_why", "compound__name", "compound__street__name"
    )
    rows = few.in_bulk([each[0] for each in late])
    days, past = calendar(), dict[date, int | None]()
    for _, _, _, due in late:
        if due not in past:
            past[due] = standing_of(due, None, today, days).workdays
    return [LateNode(rows[pk], past[due]) for pk, _, _, due in late if pk in rows]


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node with how it stands, and where its bars lie on the chart (percent of its length)."""

    row: Milestone
    standing: NodeStanding
    word: str
    first_at: int
    due_at: int
    done_at: int | None


def reached_of(compound: Compound) -> set[str]:
    """The nodes that a compound has reached."""
    return set(Milestone.objects.filter(compound=compound).exclude(done_on=None).values_list("node", flat=True))


def nodes_of(compound: Compound, today: date) -> tuple[list[NodeLine], int]:
    """The nodes of a compound in order, and where today lies."""
    rows = sorted(Milestone.objects.filter(compound=compound), key=lambda row: ORDER[row.node])
    if not rows:
        return [], 0
    dates = [day for row in rows for day in (row.first_due_on, row.due_on, row.done_on) if day is not None]
    first, last = min(*dates, today), max(*dates, today)
    span = max((last - first).days, 1)

    def at(day: date) -> int:
        return (day - first).days * 100 // span

    days = calendar()
    lines = []
    for row in rows:
        standing = standing_of(row.due_on, row.done_on, today, days)
        done_at = at(row.done_on) if row.done_on is not None else None
        word = WORDS[standing.standing]
        lines.append(NodeLine(row, standing, word, at(row.first_due_on), at(row.due_on), done_at))
    return lines, at(today)

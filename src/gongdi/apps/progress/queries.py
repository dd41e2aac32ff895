"""Reads of the wall chart: streets against stages, what is late and why; and the bars of one compound."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.models import Compound
from gongdi.apps.places.stages import Stage
from gongdi.apps.places.standing import streets_today
from gongdi.apps.progress.access import visible_milestones
from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import ORDER
from gongdi.apps.workdays.known import calendar
from gongdi.core.schedule import NodeStanding, Standing, standing_of
from gongdi.web.numbered import numbered

WORDS = {
    Standing.REACHED: "按期完成",
    Standing.REACHED_LATE: "逾期完成",
    Standing.LATE: "滞后",
    Standing.NEAR: "临近",
    Standing.AHEAD: "未到期",
}


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
    """The wall chart: rows by street, the foot, the late nodes with the latest first, compounds without a schedule."""

    rows: list[ChartRow]
    foot: ChartRow
    late: list[LateNode]
    unscheduled: int
    dots: list[dict[str, Any]]


def wall_chart(user: User, place: str, today: date) -> Chart:
    """The chart of what a person sees in a place, in a handful of queries whatever its size."""
    compounds = list(
        visible_compounds(user).filter(place__startswith=place).prefetch_related("street", "county").order_by("place")
    )
    late = late_nodes(visible_milestones(user).filter(compound__place__startswith=place), today)
    late_of: dict[int, list[LateNode]] = defaultdict(list)
    for node in late:
        late_of[node.row.compound_id].append(node)
    scheduled = set(visible_milestones(user).values_list("compound_id", flat=True).distinct())
    today_of = streets_today(compounds)
    rows: dict[str, ChartRow] = {}
    foot = ChartRow("", "合计")
    for compound in compounds:
        where = today_of.get(compound.street_id or 0) or compound.street or compound.county
        row = rows.setdefault(where.code, ChartRow(where.code, where.name))
        for each in (row, foot):
            each.cells[compound.stage].count += 1
            each.cells[compound.stage].late += compound.pk in late_of
            each.households += compound.households or 0
    page_of = numbered("progress:see_nodes")
    dots = [
        {**_dot(row, late_of.get(row.pk), row.pk in scheduled), "url": page_of(row.pk)}
        for row in compounds
        if row.longitude is not None
    ]
    unscheduled = sum(row.pk not in scheduled for row in compounds)
    return Chart(sorted(rows.values(), key=lambda row: row.code), foot, late, unscheduled, dots)


def late_nodes(rows: QuerySet[Milestone], today: date) -> list[LateNode]:
    """The nodes past their day and not reached, the longest past first."""
    days = calendar()
    found = rows.filter(done_on=None, due_on__lt=today).select_related("compound", "compound__street")
    nodes = [LateNode(row, standing_of(row.due_on, None, today, days).workdays) for row in found]
    return sorted(nodes, key=lambda node: (node.row.due_on, node.row.compound_id, ORDER[node.row.node]))


def _dot(row: Compound, late: list[LateNode] | None, scheduled: bool) -> dict[str, Any]:
    if late:
        meaning, word = "late", f"滞后：{late[0].row.get_node_display()}"
    else:
        meaning, word = ("in", "按期") if scheduled else ("", "未排期")
    return {
        "id": row.pk, "name": row.name, "at": [float(row.latitude or 0), float(row.longitude or 0)],
        "meaning": meaning, "word": word, "about": row.get_stage_display(), "households": row.households or 0,
    }  # fmt: skip


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

"""Reads of the start page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum, Window

from gongdi.apps.accounts.models import User
from gongdi.apps.desk.access import visible_tasks
from gongdi.apps.desk.models import Task, TaskStep
from gongdi.apps.places import access, queries
from gongdi.apps.places.models import Compound
from gongdi.apps.workdays.known import calendar
from gongdi.core.workdays import UnknownYear, WorkCalendar
from gongdi.web.duties import Duty

LATEST = 5
NEAR = 2
"""Working days before a deadline from which it is said to be near."""


@dataclass(frozen=True, slots=True)
class PoolSummary:
    """The pool within a person's reach: its sums (None where nothing is known) and what changed last."""

    count: int
    buildings: int | None
    households: int | None
    area: int | None
    cost: int | None
    latest: Sequence[Compound]


def pool_summary(user: User) -> PoolSummary | None:
    """The pool as the person sees it; None for those who see none of it."""
    if not user.may_anywhere(access.SEE):
        return None
    summed = ("buildings", "households", "area", "cost_total")
    rows = (
        queries.latest_change(access.visible_compounds(user))
        .select_related("street", "county")
        .only("name", "stage", "changed_at", "street__name", "county__name")
    )
    latest = list(
        rows.annotate(n=Window(Count("pk")), **{f"all_{name}": Window(Sum(name)) for name in summed})[:LATEST]
    )
    if not latest:
        return PoolSummary(0, None, None, None, None, [])
    first: Any = latest[0]
    return PoolSummary(first.n, first.all_buildings, first.all_households, first.all_area, first.all_cost_total, latest)


@dataclass(frozen=True, slots=True)
class DueMark:
    """How a deadline stands on a day: its words, and whether it is past or near."""

    words: str
    tone: str
    """late, near or plain."""


def due_mark(due: date | None, today: date, days: WorkCalendar) -> DueMark | None:
    """A deadline in words; None when there is none. A year not entered is said, not guessed."""
    if due is None:
        return None
    left = days.between(today, due)
    if isinstance(left, UnknownYear):
        return DueMark(f"{due} 前（{left.year} 年工作日历未录入）", "late" if due < today else "plain")
    if due < today:
        return DueMark(f"{due} 到期，逾期 {max(-left, 0)} 个工作日", "late")
    if left <= NEAR:
        return DueMark(f"{due} 前，还有 {left} 个工作日" if left else "今天到期", "near")
    return DueMark(f"{due} 前", "plain")


def marked(found: list[Duty], today: date) -> list[tuple[Duty, DueMark | None]]:
    """The duties with their deadlines in words."""
    days = calendar()
    return [(duty, due_mark(duty.due, today, days)) for duty in found]


def tasks_of(user: User, *, late: bool, done: bool, today: date) -> QuerySet[Task]:
    """The tasks that concern a person: open ones, only the late ones, or the finished ones."""
    rows = visible_tasks(user).filter(done_at__isnull=not done)
    if late:
        rows = rows.filter(due_on__lt=today)
    return rows.order_by("-done_at", "due_on", "pk") if done else rows.order_by("due_on", "pk")


def steps_of(task: Task) -> list[TaskStep]:
    """What happened to a task, the first first."""
    return list(task.steps.select_related("by", "to"))

"""Tasks as duties: one's own; and, for those who gave or oversee them, the ones that stay undone past their day."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Case, Q, When
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.desk.access import visible_tasks
from gongdi.apps.desk.models import Task
from gongdi.apps.workdays.known import calendar
from gongdi.core.workdays import UnknownYear
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

MOST = 300
ESCALATE_AFTER = 3
"""Working days past the deadline after which a task stands on the list of those who oversee it, too."""


def tasks(user: User, now: datetime) -> list[Duty]:
    """Tasks that wait: the person's own, and those of others that stay undone past their day; one query."""
    today = local_date(now)
    rows = visible_tasks(user).filter(Q(holder=user) | Q(due_on__lt=today), done_at=None)
    mine_first = Case(When(holder=user, then=0), default=1)
    found = list(rows.order_by(mine_first, "due_on", "pk")[:MOST])
    return [
        *_own([row for row in found if row.holder_id == user.pk]),
        *_late_ones([row for row in found if row.holder_id != user.pk], user, today),
    ]


def _own(rows: list[Task]) -> list[Duty]:
    """What somebody gave the person to do."""
    return [
        Duty(
            title=row.title,
            why="。".join(_why(row)) + "。",
            url=reverse("desk:see_task", args=[row.pk]),
            action="办理",
            due=row.due_on,
            rank=0 if row.reminders else 5,
        )
        for row in rows
    ]


def _why(row: Task) -> list[str]:
    urged = [f"已催办 {row.reminders} 次"] if row.reminders else []
    told = [row.why.rstrip("。")] if row.why else []
    return [f"{row.made_by.masked_name}交办", *told, *urged]


def _late_ones(rows: list[Task], user: User, today: date) -> list[Duty]:
    """Others' tasks that are late: for who gave them at once, for who oversees the place after some working days."""
    days = calendar()
    found = []
    for row in rows:
        late = days.between(row.due_on, today)
        if row.made_by_id == user.pk or isinstance(late, UnknownYear) or late >= ESCALATE_AFTER:
            found.append((row, late))
    if not found:
        return []
    details = tuple(
        (
            f"{row.title}：{row.holder.masked_name}，应于 {row.due_on} 办结{_late(late)}",
            reverse("desk:see_task", args=[row.pk]),
        )
        for row, late in found[:5]
    )
    return [
        Duty(
            title="督办逾期事项", why="已过期限还没有办结，请催办、改期或转交。",
            url=reverse("desk:see_tasks") + "?late=1",
            action="查看", count=len(found), rank=3, details=details, due=min(row.due_on for row, _ in found),
        )
    ]  # fmt: skip


def _late(late: int | UnknownYear) -> str:
    return "" if isinstance(late, UnknownYear) else f"，逾期 {late} 个工作日"

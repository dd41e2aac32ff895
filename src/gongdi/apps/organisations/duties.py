"""What waits for a person: follow-ups they answer for, late ones of their place, the duties of their department."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.organisations import queries
from gongdi.apps.organisations.access import KEEP_MEETINGS, SEE, own_follow_ups, visible_follow_ups
from gongdi.apps.organisations.sources import departments, duties_of, governing
from gongdi.web import clock
from gongdi.web.duties import Duty

EXAMPLES = 5


def own(user: User, now: datetime) -> list[Duty]:
    """The open follow-ups for which the person answers, each with its day."""
    if not queries.may_close_anywhere(user):
        return []
    today = clock.local_date(now)
    return [
        Duty(
            title=f"办理督办：{row}",
            why=f"{row.meeting}（{row.meeting.held_on:%Y-%m-%d}）议定，{row.state_on(today)}。",
            url=reverse("organisations:see_follow_up", args=[row.pk]),
            action="反馈或办结",
            due=row.due,
            rank=15,
        )
        for row in queries.open_follow_ups(own_follow_ups(user))[:20]
    ]


def late(user: User, now: datetime) -> list[Duty]:
    """The late follow-ups of the places whose meetings the person keeps."""
    if not user.may_anywhere(KEEP_MEETINGS):
        return []
    rows = queries.late_follow_ups(visible_follow_ups(user), clock.local_date(now))
    count = rows.count()
    if not count:
        return []
    first = list(rows[:EXAMPLES])
    return [
        Duty(
            title="催办逾期督办事项",
            why="会议议定的事项过了期限还没有办结。",
            url=f"{reverse('organisations:see_follow_ups')}?late=1",
            action="查看清单",
            count=count,
            rank=16,
            details=tuple(
                (f"{row}：{row.body or row.person.masked_name if row.person else row.body}，{row.due:%Y-%m-%d}到期",
                 reverse("organisations:see_follow_up", args=[row.pk]))
                for row in first
            ),
        )
    ]  # fmt: skip


def departmental(user: User, now: datetime) -> list[Duty]:
    """The duties of the person's department by the policy in force in the county, told once, last in the list."""
    if not user.may_anywhere(SEE):
        return []
    found = []
    places = sorted({place[:6] for place in user.places_for(SEE) if len(place) >= 6})
    for key in queries.departments_of(user) if places else []:
        pack = governing.pack_of(places[0])
        rows = duties_of(pack[0], key) if pack is not None else []
        if pack is not None and rows:
            found.append(
                Duty(
                    title=f"本部门职责：{departments()[key].zh}",
                    why=f"按{pack[1]}，列有条款依据。",
                    url=f"{reverse('organisations:see_responsibilities')}?department={key}",
                    action="查看职责",
                    count=len(rows),
                    unit="项",
                    rank=90,
                )
            )
    return found

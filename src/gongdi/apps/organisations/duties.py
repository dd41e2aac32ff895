"""What waits for a person: follow-ups they answer for, late ones of their place, the duties of their department."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.organisations import queries
from gongdi.apps.organisations.access import CLOSE, KEEP_MEETINGS, SEE, answerable_follow_ups
from gongdi.apps.organisations.models import FollowUp
from gongdi.apps.organisations.sources import departments, duties_of, governing
from gongdi.web import clock
from gongdi.web.duties import Duty

EXAMPLES = 5
MOST = 500
DEPARTMENTAL = (PostKind.DISTRICT_OFFICER, PostKind.FINANCE_OFFICER, PostKind.DEPARTMENT_OFFICER)
"""The kinds of post that stand for a department."""


def follow_ups(user: User, now: datetime) -> list[Duty]:
    """The open follow-ups for which the person answers, and the late ones where they keep the meetings; one query."""
    if not queries.may_close_anywhere(user):
        return []
    today = clock.local_date(now)
    rows = list(queries.open_follow_ups(answerable_follow_ups(user))[:MOST])
    houses = {each.post.organisation_id for each in user.authorities_for(CLOSE)}
    own = [row for row in rows if row.person_id == user.pk or (row.body and row.body.organisation_id in houses)]
    late = [row for row in rows if row.due < today and user.may(KEEP_MEETINGS, row.place)]
    return [*_own(own[:20], today), *_late(late)]


def _own(rows: list[FollowUp], today: date) -> list[Duty]:
    return [
        Duty(
            title=f"办理督办：{row}",
            why=f"{row.meeting}（{row.meeting.held_on:%Y-%m-%d}）议定，{row.state_on(today)}。",
            url=reverse("organisations:see_follow_up", args=[row.pk]),
            action="反馈或办结",
            due=row.due,
            rank=15,
        )
        for row in rows
    ]


def _late(rows: list[FollowUp]) -> list[Duty]:
    if not rows:
        return []
    return [
        Duty(
            title="催办逾期督办事项",
            why="会议议定的事项过了期限还没有办结。",
            url=f"{reverse('organisations:see_follow_ups')}?late=1",
            action="查看清单",
            count=len(rows),
            rank=16,
            details=tuple(
                (f"{row}：{row.answers}，{row.due:%Y-%m-%d}到期", reverse("organisations:see_follow_up", args=[row.pk]))
                for row in rows[:EXAMPLES]
            ),
        )
    ]


def departmental(user: User, now: datetime) -> list[Duty]:
    """The duties of the person's department by the policy in force in the county, told once, last in the list."""
    if not any(each.post.kind in DEPARTMENTAL for each in user.authorities_for(SEE)):
        return []
    found = []
    places = sorted({place[:6] for place in user.places_for(SEE) if len(place) >= 6})
    pack = governing.pack_of(places[0]) if places else None
    if pack is None:
        return []
    for key in queries.departments_of(user):
        rows = duties_of(pack[0], key)
        if rows:
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

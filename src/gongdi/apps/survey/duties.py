"""What waits for a person in the survey: to fill in, to mend, to review, to give to somebody."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.survey import access, queries
from gongdi.apps.survey.models import Assignment
from gongdi.web.duties import Duty

State = Assignment.State
EXAMPLES = 5
MOST_RETURNED = 50


def _link(row: Assignment, name: str, why: str = "") -> tuple[str, str]:
    return f"{row.compound.name}{f'：{why}' if why else ''}", reverse(f"survey:{name}", args=[row.pk])


def fill_duties(user: User, now: datetime) -> list[Duty]:
    """Assignments to fill in, by campaign, and those that came back."""
    if not user.may_anywhere(access.FILL):
        return []
    mine = queries.at_hand(user)
    begun = mine.filter(assignee=user, state__in=[State.NOT_STARTED, State.FILLING])
    found = [
        Duty(
            title=f"填报“{title}”",
            why="已知的情况已填好，只需补充和更正；没有网络也能填。",
            url=reverse("survey:see_assignments"),
            action="去填报",
            count=count,
            unit="个小区",
            due=ends_on,
            rank=15,
            details=tuple(_link(row, "fill_assignment") for row in begun.filter(campaign=pk)[:EXAMPLES]),
        )
        for pk, title, ends_on, count in queries.counted_by_campaign(begun)
    ]
    returned = list(mine.filter(state=State.RETURNED)[:MOST_RETURNED])
    if returned:
        details = tuple(_link(row, "fill_assignment", next(iter(row.reasons.values()), "")) for row in returned)
        found.append(
            Duty(
                "改正退回的填报",
                "审核人写明了要改的地方。",
                reverse("survey:see_assignments"),
                "去改正",
                len(returned),
                "个小区",
                due=min(row.campaign.ends_on for row in returned),
                rank=5,
                details=details[:EXAMPLES],
            )
        )
    return found


def review_duties(user: User, now: datetime) -> list[Duty]:
    """Assignments that wait for this person's review."""
    if not user.may_anywhere(access.REVIEW):
        return []
    rows = queries.waiting(user, user.places_for(access.REVIEW))
    count = rows.count()
    if not count:
        return []
    first = list(rows[:EXAMPLES])
    details = tuple(_link(row, "review_assignment") for row in first)
    return [
        Duty(
            "审核摸底填报",
            "审核通过后，填报的情况才用于政策判定。",
            details[0][1],
            "去审核",
            count,
            "个小区",
            rank=12,
            details=details,
        )
    ]


def unassigned_duties(user: User, now: datetime) -> list[Duty]:
    """Assignments that nobody is to fill in, for those who run the campaign."""
    if not user.may_anywhere(access.RUN):
        return []
    rows = queries.others_at_hand(access.visible_assignments(user))
    rows = rows.filter(campaign__in=access.visible_campaigns(user).values("pk"))
    count = rows.count()
    if not count:
        return []
    details = tuple(_link(row, "reassign_assignment") for row in rows[:EXAMPLES])
    return [
        Duty(
            "指定填报人",
            "这些小区所在的社区和街道还没有可以填报的人。",
            details[0][1],
            "去指定",
            count,
            "个小区",
            rank=18,
            details=details,
        )
    ]

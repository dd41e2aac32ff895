"""What waits for a person in the survey: to fill in, to mend, to review, to give to somebody."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Case, Q, Value, When
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.survey import access, queries
from gongdi.apps.survey.models import Assignment
from gongdi.web.duties import Duty
from gongdi.web.few import few_of_each

State = Assignment.State
EXAMPLES = 5


def _link(row: Assignment, name: str, why: str = "") -> tuple[str, str]:
    return f"{row.compound.name}{f'：{why}' if why else ''}", reverse(f"survey:{name}", args=[row.pk])


def fill_duties(user: User, now: datetime) -> list[Duty]:
    """Assignments to fill in, by campaign, and those that came back."""
    if not user.may_anywhere(access.FILL):
        return []
    waiting = queries.at_hand(user).filter(state__in=[State.NOT_STARTED, State.FILLING, State.RETURNED])
    rows = list(waiting)
    begun: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.assignee_id == user.pk and row.state != State.RETURNED:
            begun[row.campaign_id].append(row)
    found = [
        Duty(
            title=f"填报“{group[0].campaign.title}”",
            why="已知的情况已填好，只需补充和更正；没有网络也能填。",
            url=reverse("survey:see_assignments"),
            action="去填报",
            count=len(group),
            unit="个小区",
            due=group[0].campaign.ends_on,
            rank=15,
            details=tuple(_link(row, "fill_assignment") for row in group[:EXAMPLES]),
        )
        for group in begun.values()
    ]
    returned = [row for row in rows if row.state == State.RETURNED]
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


def keeper_duties(user: User, now: datetime) -> list[Duty]:
    """Assignments that wait for the person's review; for who runs the campaign also those that nobody is to fill in."""
    reviews, runs = user.may_anywhere(access.REVIEW), user.may_anywhere(access.RUN)
    if not reviews and not runs:
        return []
    none = Assignment.objects.none()
    waiting = queries.waiting(user, user.places_for(access.REVIEW)) if reviews else none
    lone = queries.others_at_hand(access.visible_assignments(user)) if runs else none
    lone = lone.filter(campaign__in=access.visible_campaigns(user).values("pk"))
    rows = access.visible_assignments(user).filter(Q(pk__in=waiting.values("pk")) | Q(pk__in=lone.values("pk")))
    kind = Case(When(pk__in=waiting.values("pk"), then=Value("waiting")), default=Value("lone"))
    rows = rows.select_related(None).select_related("compound").only("place", "compound__name")
    found = few_of_each(rows, kind, EXAMPLES, "place", "pk")
    return [*_to_review(*found.get("waiting", ([], 0))), *_to_assign(*found.get("lone", ([], 0)))]


def _to_review(first: list[Assignment], count: int) -> list[Duty]:
    if not count:
        return []
    details = tuple(_link(row, "review_assignment") for row in first)
    why = "审核通过后，填报的情况才用于政策判定。"
    return [Duty("审核摸底填报", why, details[0][1], "去审核", count, "个小区", rank=12, details=details)]


def _to_assign(first: list[Assignment], count: int) -> list[Duty]:
    if not count:
        return []
    details = tuple(_link(row, "reassign_assignment") for row in first)
    why = "这些小区还没有可以填报的人，或原来的填报人已经离岗。"
    return [Duty("指定填报人", why, details[0][1], "去指定", count, "个小区", rank=18, details=details)]

"""What waits in the log of issues, and residents' topics that nobody of staff has answered."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.deliberation import access, queries
from gongdi.apps.deliberation.models import Issue, Topic
from gongdi.core.issues.gates import State
from gongdi.web import clock
from gongdi.web.duties import Duty

MOST_SHOWN = 5
TO_ASSIGN = (State.REPORTED.value, State.REOPENED.value)
TO_SETTLE = (State.ASSIGNED.value, State.ESCALATED.value, State.REOPENED.value)


def _duty(
    rows: QuerySet[Issue], words: tuple[str, str, str], show: str, rank: int, *, dated: bool = False
) -> list[Duty]:
    found = list(rows.select_related("compound").order_by(F("due_on").asc(nulls_last=True), "pk"))
    if not found:
        return []
    title, why, action = words
    details = tuple((str(row), reverse("deliberation:see_issue", args=[row.pk])) for row in found[:MOST_SHOWN])
    due = next((row.due_on for row in found if row.due_on), None) if dated else None
    url = f"{reverse('deliberation:see_issues')}?show={show}"
    return [Duty(title, why, url, action, len(found), "件", due, rank, details)]


def to_keep(user: User, now: datetime) -> list[Duty]:
    """For community and street: issues nobody settles yet, and settled ones to look at."""
    if not user.may_anywhere(access.KEEP):
        return []
    rows = within_reach(Issue.objects.all(), user, access.KEEP)
    assign = ("分派现场问题", "有人反映或重新打开的问题还没有分派。请指定承办单位和期限。", "分派")
    check = ("核实现场问题", "承办单位说已处理。请到现场看过后销号，没好的重新打开。", "核实")
    others = rows.filter(state=State.HANDLED.value).exclude(handled_by=user)
    return [
        *_duty(rows.filter(state__in=TO_ASSIGN), assign, "", 11),
        *_duty(others, check, State.HANDLED.value, 16),
    ]


def to_settle(user: User, now: datetime) -> list[Duty]:
    """For those to whose organisation an issue is assigned."""
    houses = {each.post.organisation_id for each in user.authorities_for(access.HANDLE)}
    if not houses:
        return []
    seen = access.visible_issues(user).values("pk")
    rows = Issue.objects.filter(pk__in=seen, body__organisation__in=houses, state__in=TO_SETTLE)
    words = ("处理现场问题", "分派给您单位的现场问题。处理后请登记怎样处理的，并上传照片。", "处理")
    return _duty(rows, words, "", 10, dated=True)


def overdue(user: User, now: datetime) -> list[Duty]:
    """For the county: issues that went to it, and all that are overdue."""
    if not any(each.post.kind == PostKind.DISTRICT_OFFICER for each in user.authorities_for(access.KEEP)):
        return []
    rows = within_reach(Issue.objects.all(), user, access.KEEP)
    words = ("逾期现场问题", "过了期限还没有解决，或已报区县。请协调后重新分派。", "协调")
    today = clock.local_date(now)
    return _duty(rows.filter(queries.late(today) | Q(state=State.ESCALATED.value)), words, "late", 9, dated=True)


def to_answer(user: User, now: datetime) -> list[Duty]:
    """For community and street: open topics of residents under which no member of staff has said anything."""
    if not user.may_anywhere(access.KEEP_TOPIC):
        return []
    rows = within_reach(Topic.objects.all(), user, access.KEEP_TOPIC)
    found = list(queries.unanswered(rows).order_by("at", "pk"))
    if not found:
        return []
    details = tuple((row.title, reverse("deliberation:see_topic", args=[row.pk])) for row in found[:MOST_SHOWN])
    why = "居民提出的议题还没有人答复。请答复，需要商量的开议事会。"
    return [
        Duty(
            "答复居民议题", why, reverse("deliberation:see_topics"), "答复", len(found), "个", rank=18, details=details
        )
    ]

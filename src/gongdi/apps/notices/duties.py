"""What waits for those who keep notices: objections to answer, periods that are over, postings that lack proof."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.notices import access, queries
from gongdi.apps.notices.models import IN_FORCE, Notice, Objection
from gongdi.web import clock
from gongdi.web.duties import Duty

MOST_SHOWN = 5


def _of(user: User, permission: str) -> QuerySet[Notice]:
    """The notices in force where a person may do something."""
    if not user.may_anywhere(permission):
        return Notice.objects.none()
    return within_reach(Notice.objects.filter(state__in=IN_FORCE), user, permission, compound="compound")


def unanswered(user: User, now: datetime) -> list[Duty]:
    """Objections and questions that nobody answered."""
    if not user.may_anywhere(access.ANSWER):
        return []
    notices = within_reach(Notice.objects.all(), user, access.ANSWER, compound="compound")
    rows: list[Objection] = list(queries.waiting(notices).select_related("notice").order_by("received_on", "pk"))
    if not rows:
        return []
    details = tuple(
        (f"{row.notice.title}：{row} 号", reverse("notices:answer_objection", args=[row.pk]))
        for row in rows[:MOST_SHOWN]
    )
    why = "居民对公示提出的异议和询问还没有答复。有未答复的异议，公示不能生效。"
    first = reverse("notices:see_notice", args=[rows[0].notice_id])
    return [Duty("答复公示异议", why, first, "逐条答复", len(rows), "条", rank=12, details=details)]


def _duty(rows: list[Notice], words: tuple[str, str, str], rank: int) -> list[Duty]:
    if not rows:
        return []
    title, why, action = words
    details = tuple((row.title, reverse("notices:see_notice", args=[row.pk])) for row in rows[:MOST_SHOWN])
    return [Duty(title, why, details[0][1], action, len(rows), "份", rank=rank, details=details)]


def to_move(user: User, now: datetime) -> list[Duty]:
    """Notices whose period is over, and works notices that were published and not posted; one query."""
    past = queries.over(_of(user, access.KEEP), clock.local_date(now))
    bare = queries.unposted(_of(user, access.POST))
    if not user.may_anywhere(access.KEEP) and not user.may_anywhere(access.POST):
        return []
    pk = OuterRef("pk")
    rows = list(
        Notice.objects.only("title")
        .filter(Q(pk__in=past.values("pk")) | Q(pk__in=bare.values("pk")))
        .annotate(is_past=Exists(past.filter(pk=pk)), is_bare=Exists(bare.filter(pk=pk)))
    )
    return [
        *_duty([row for row in rows if row.is_past], OVER, 20),
        *_duty([row for row in rows if row.is_bare], UNPOSTED, 14),
    ]


OVER = ("公示期满待办", "公示期已满。请登记撤下日期；异议都答复后办理生效。", "办理")
UNPOSTED = ("张贴施工公告", "施工公告须张贴在显著位置。请张贴后登记日期、地点和照片。", "登记张贴")

"""Reads of topics and issues: lists, counts by street, how an issue went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gongdi.apps.deliberation.access import photos_of
from gongdi.apps.deliberation.models import (
    OPEN_STATES,
    UNHANDLED_STATES,
    Issue,
    IssueStep,
    Reply,
    Topic,
    TopicMeeting,
)
from gongdi.apps.files.models import Attachment
from gongdi.apps.residents.models import Account
from gongdi.core.issues.gates import State


def late(today: date) -> Q:
    """Issues that should have been settled before a day and still stand."""
    return Q(state__in=UNHANDLED_STATES, due_on__lt=today)


def chosen(rows: QuerySet[Issue], show: str, today: date) -> QuerySet[Issue]:
    """The issues of a list: open ones (the default), overdue ones, those in a state, or all."""
    if show == "all":
        return rows
    if show == "late":
        return rows.filter(late(today))
    return rows.filter(state=show) if show in set(State) else rows.filter(state__in=OPEN_STATES)


@dataclass(frozen=True, slots=True)
class StreetCount:
    """How many issues of a street are open, wait for checking, are overdue, went to the county."""

    street: str
    open: int
    to_check: int
    late: int
    escalated: int


def by_street(rows: QuerySet[Issue], today: date) -> list[StreetCount]:
    """The counts of each street that has open issues: one statement."""
    counted = (
        rows.filter(state__in=OPEN_STATES).order_by().values_list("compound__street__name").annotate(
            open=Count("pk"), to_check=Count("pk", filter=Q(state=State.HANDLED.value)),
            late=Count("pk", filter=late(today)), escalated=Count("pk", filter=Q(state=State.ESCALATED.value)),
        )
    )  # fmt: skip
    return sorted((StreetCount(name or "未分街道", *rest) for name, *rest in counted), key=lambda each: each.street)


def history(issue: Issue) -> list[tuple[IssueStep, list[Attachment]]]:
    """The steps of an issue with their photos, the first first: two statements."""
    photos: dict[int, list[Attachment]] = {}
    for row in photos_of(issue):
        photos.setdefault(row.object_id, []).append(row)
    return [(step, photos.get(step.pk, [])) for step in issue.steps.select_related("account", "by")]


def own_issues(account: Account) -> list[Issue]:
    """What a resident reported, the newest first."""
    rows = Issue.objects.filter(account=account).select_related("compound", "building", "body")
    return list(rows.order_by("-at", "-pk")[:100])


def overdue_days(issue: Issue, today: date) -> int:
    """How many days an open issue is overdue; 0 when it is not."""
    standing = issue.state in UNHANDLED_STATES and issue.due_on is not None
    return max((today - issue.due_on).days, 0) if standing and issue.due_on is not None else 0


def topics(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    """Topics for a list, open ones first, with the number of replies."""
    shown = Count("replies", filter=Q(replies__hidden_why=""))
    # Databases differ in where they put what has no date.
    return rows.annotate(reply_count=shown).order_by(F("closed_at").asc(nulls_first=True), "-at", "-pk")


def of_compound(rows: QuerySet[Topic], compound: str) -> QuerySet[Topic]:
    """The topics of one compound, named by its number; all when none is named."""
    return rows.filter(compound=int(compound)) if compound.isdecimal() and len(compound) < 10 else rows


def open_topics_first(rows: QuerySet[Topic]) -> list[Topic]:
    """Open topics, then closed ones, newest first."""
    return sorted(topics(rows)[:100], key=lambda row: (row.closed_at is not None, -row.pk))


def unanswered(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    """Open topics that residents raised and no member of staff has answered."""
    answered = Reply.objects.filter(by__isnull=False).values("topic")
    return rows.filter(account__isnull=False, closed_at=None, hidden_why="").exclude(pk__in=answered)


def replies_of(topic: Topic, *, hidden: bool = False, own: Account | None = None) -> list[Reply]:
    """The replies: all for staff (`hidden`), else those not hidden and the reader's own."""
    rows = topic.replies.select_related("account", "by")
    if not hidden:
        rows = rows.filter(Q(hidden_why="") | Q(account=own, account__isnull=False))
    return list(rows)


def meetings_of(topic: Topic) -> list[TopicMeeting]:
    """The meetings about a topic with what each gave others to do."""
    return list(topic.meetings.select_related("meeting").prefetch_related("meeting__follow_ups__body"))

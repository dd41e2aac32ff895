"""What waits in the log of issues, and residents' topics that nobody of staff has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.deliberation import access, queries
from gongdi.apps.deliberation.models import OPEN_STATES, UNHANDLED_STATES, Issue, Topic
from gongdi.core.issues.gates import State
from gongdi.web import clock
from gongdi.web.duties import Duty
from gongdi.web.few import few

MOST_SHOWN = 5
TO_ASSIGN = (State.REPORTED.value, State.REOPENED.value)
TO_SETTLE = (State.ASSIGNED.value, State.ESCALATED.value, State.REOPENED.value)


def issues(user: User, now: datetime) -> list[Duty]:
    """Issues: to assign and to look at for community and street, to settle for whom they went to, overdue ones for the
    county. One query for all, and one for the examples."""
    kept = _kept(user)
    houses = {each.post.organisation_id for each in user.authorities_for(access.HANDLE)}
    if kept is None and not houses:
        return []
    settled = Issue.objects.none()
    if houses:
        seen = access.visible_issues(user).values("pk")
        settled = Issue.objects.filter(pk__in=seen, body__organisation__in=houses, state__in=TO_SETTLE)
    open_ones = settled if kept is None else kept | settled.order_by()
    rows = [_Open(*row) for row in _marked(open_ones, kept, settled)]
    if not rows:
        return []
    today = clock.local_date(now)
    county = any(each.post.kind == PostKind.DISTRICT_OFFICER for each in user.authorities_for(access.KEEP))
    kinds = [
        _Kind(*ASSIGN, "", 11, False, [row for row in rows if row.kept and row.state in TO_ASSIGN]),
        _Kind(*CHECK, State.HANDLED.value, 16, False, [row for row in rows if row.kept and row.to_check(user)]),
        _Kind(*SETTLE, "", 10, True, [row for row in rows if row.mine]),
        _Kind(*OVERDUE, "late", 9, True, [row for row in rows if county and row.kept and row.late(today)]),
    ]
    shown = {row.pk for kind in kinds for row in kind.rows[:MOST_SHOWN]}
    named = Issue.objects.select_related("compound").in_bulk(shown) if shown else {}
    return [kind.duty(named) for kind in kinds if kind.rows]


class _Open(NamedTuple):
    """An open issue in short: whether the person keeps it, and whether it went to the person's organisation."""

    pk: int
    state: str
    due_on: date | None
    handled_by: int | None
    kept: bool
    mine: bool

    def late(self, today: date) -> bool:
        """Whether it went to the county, or should have been settled before a day (as queries.late)."""
        past = self.state in UNHANDLED_STATES and self.due_on is not None and self.due_on < today
        return past or self.state == State.ESCALATED.value

    def to_check(self, user: User) -> bool:
        """Whether it was handled, by somebody else."""
        return self.state == State.HANDLED.value and self.handled_by != user.pk


def _kept(user: User) -> QuerySet[Issue] | None:
    """The open issues that a person keeps; None for those who keep none."""
    if not user.may_anywhere(access.KEEP):
        return None
    return within_reach(Issue.objects.filter(state__in=OPEN_STATES), user, access.KEEP).order_by()


def _marked(rows: QuerySet[Issue], kept: QuerySet[Issue] | None, settled: QuerySet[Issue]) -> Iterable[Any]:
    """The rows in short, those due first; whether each is kept and whether it is one's own, the database tells."""
    pk = OuterRef("pk")
    found = rows.annotate(
        kept=Value(False) if kept is None else Exists(kept.filter(pk=pk)), mine=Exists(settled.filter(pk=pk))
    ).order_by(F("due_on").asc(nulls_last=True), "pk")
    return found.values_list("pk", "state", "due_on", "handled_by", "kept", "mine")


ASSIGN = ("分派现场问题", "有人反映或重新打开的问题还没有分派。请指定承办单位和期限。", "分派")
CHECK = ("核实现场问题", "承办单位说已处理。请到现场看过后销号，没好的重新打开。", "核实")
SETTLE = ("处理现场问题", "分派给您单位的现场问题。处理后请登记怎样处理的，并上传照片。", "处理")
OVERDUE = ("逾期现场问题", "过了期限还没有解决，或已报区县。请协调后重新分派。", "协调")


class _Kind(NamedTuple):
    """One kind of what waits: its words, the list that shows it, its rank, whether its first deadline counts."""

    title: str
    why: str
    action: str
    show: str
    rank: int
    dated: bool
    rows: list[_Open]

    def duty(self, named: dict[int, Issue]) -> Duty:
        """As the desk shows it."""
        details = tuple(
            (str(named[row.pk]), reverse("deliberation:see_issue", args=[row.pk]))
            for row in self.rows[:MOST_SHOWN] if row.pk in named
        )  # fmt: skip
        due = next((row.due_on for row in self.rows if row.due_on), None) if self.dated else None
        url = f"{reverse('deliberation:see_issues')}?show={self.show}"
        return Duty(self.title, self.why, url, self.action, len(self.rows), "件", due, self.rank, details)


def to_answer(user: User, now: datetime) -> list[Duty]:
    """For community and street: open topics of residents under which no member of staff has said anything."""
    if not user.may_anywhere(access.KEEP_TOPIC):
        return []
    rows = within_reach(Topic.objects.all(), user, access.KEEP_TOPIC)
    found, count = few(queries.unanswered(rows).order_by("at", "pk"), MOST_SHOWN)
    if not count:
        return []
    details = tuple((row.title, reverse("deliberation:see_topic", args=[row.pk])) for row in found)
    why = "居民提出的议题还没有人答复。请答复，需要商量的开议事会。"
    return [
        Duty("答复居民议题", why, reverse("deliberation:see_topics"), "答复", count, "个", rank=18, details=details)
    ]

"""Reads of the survey: compounds to choose, progress by place, one's own assignments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from gongdi.apps.accounts.models import Delegation, Post, User
from gongdi.apps.accounts.permissions import PERMISSIONS
from gongdi.apps.places.models import Compound
from gongdi.apps.survey.access import FILL, runnable_compounds, visible_assignments
from gongdi.apps.survey.models import Assignment, Campaign, Submission, SurveySheet
from gongdi.web import clock

State = Assignment.State
_ORDER = (State.RETURNED, State.FILLING, State.NOT_STARTED, State.WAITING, State.DONE)
"""What a surveyor looks for first."""


def chosen_compounds(user: User, street: str, stage: str, names: Sequence[str]) -> list[Compound]:
    """The compounds of a campaign by street, stage and names; empty conditions choose all."""
    rows = runnable_compounds(user).filter(place__startswith=street)
    if stage:
        rows = rows.filter(stage=stage)
    if names:
        rows = rows.filter(name__in=names)
    return list(rows)


@dataclass(slots=True)
class Progress:
    """The numbers of assignments by state within a place, and how many are late."""

    name: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))
    late: int = 0
    parts: list[Progress] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All assignments of the place."""
        return sum(self.counts.values())

    @property
    def in_order(self) -> list[int]:
        """The numbers in the order of the states."""
        return [self.counts[state] for state in State.values]

    @property
    def done_percent(self) -> int:
        """The whole percent that is done, rounded down so that only all is 100."""
        return self.counts[State.DONE] * 100 // self.total if self.total else 0

    def add(self, state: str, count: int, late: int) -> None:
        """Count assignments of a state."""
        self.counts[state] += count
        self.late += late


_BY = ("compound__county", "compound__street", "compound__community")


def progress_of(rows: QuerySet[Assignment], today: date) -> Progress:
    """Progress by street and community; in one query."""
    late = Count("pk", filter=Q(campaign__ends_on__lt=today) & ~Q(state__in=[State.DONE, State.WAITING]))
    found = (
        rows.order_by()
        .values(*_BY, "compound__street__name", "compound__county__name", "compound__community__name", "state")
        .annotate(n=Count("pk"), late=late)
    )
    whole = Progress("合计")
    counties: dict[tuple[int, int | None], str] = {}
    streets: dict[tuple[int, int | None], Progress] = {}
    communities: dict[tuple[int, int | None, int | None], Progress] = {}
    for each in found:
        at = (each["compound__county"], each["compound__street"])
        within = (*at, each["compound__community"])
        street = each["compound__street__name"] or f"{each['compound__county__name']}（未分街道）"
        community = each["compound__community__name"] or "未分社区"
        if at not in streets:
            streets[at] = Progress(street)
            counties[at] = each["compound__county__name"]
            whole.parts.append(streets[at])
        if within not in communities:
            communities[within] = Progress(community)
            streets[at].parts.append(communities[within])
        for progress in (whole, streets[at], communities[within]):
            progress.add(each["state"], each["n"], each["late"])
    # Counties of one city have streets of the same name.
    alike = Counter(part.name for part in whole.parts)
    for at, part in streets.items():
        part.name = f"{counties[at]}{part.name}" if alike[part.name] > 1 else part.name
    for part in (whole, *whole.parts):
        part.parts.sort(key=lambda each: each.name)
    return whole


def assignments_of(user: User, campaign: Campaign, street: str, state: str) -> QuerySet[Assignment]:
    """The assignments of a campaign that a person sees, by street and state."""
    rows = visible_assignments(user).filter(campaign=campaign, place__startswith=street)
    return rows.filter(state=state) if state else rows


def at_hand(user: User) -> QuerySet[Assignment]:
    """What a person has to fill in or has filled in, in open campaigns: what came back first."""
    order = Case(*(When(state=state, then=Value(n)) for n, state in enumerate(_ORDER)), output_field=IntegerField())
    rows = visible_assignments(user).filter(campaign__state=Campaign.State.OPEN)
    sent = Submission.objects.filter(by=user).values("assignment")
    rows = rows.filter(Q(assignee=user) | Q(pk__in=sent))
    return rows.annotate(order=order).order_by("order", "campaign__ends_on", "place", "pk")


def waiting(user: User, places: Sequence[str]) -> QuerySet[Assignment]:
    """The assignments that wait for review in places (prefixes)."""
    reach = Q(pk__in=[])
    for place in places:
        reach |= Q(place__startswith=place)
    return visible_assignments(user).filter(reach, state=State.WAITING, campaign__state=Campaign.State.OPEN)


def others_at_hand(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The assignments without anybody to fill them in: given to nobody, or to somebody who left since (离岗)."""
    today, kinds = clock.today(), PERMISSIONS[FILL]
    posts = Post.objects.filter(Post.in_force_on(today), holder=OuterRef("assignee"), kind__in=kinds)
    handed = Delegation.objects.filter(
        Delegation.in_force_on(today), Post.in_force_on(today, "post__"), to=OuterRef("assignee"), post__kind__in=kinds
    )
    left = Q(assignee__is_active=False) | (~Exists(posts) & ~Exists(handed))
    alone = Q(assignee=None) | (left & ~Q(state=State.WAITING))
    return rows.filter(alone, campaign__state=Campaign.State.OPEN).exclude(state=State.DONE)


def sheets_of(user: User, campaign: Campaign) -> QuerySet[SurveySheet]:
    """The filled workbooks that a person sent for a campaign."""
    return SurveySheet.objects.filter(campaign=campaign, by=user)[:10]

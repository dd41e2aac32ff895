"""Reads of bodies, members, leaders, experts, meetings and follow-ups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.organisations.access import CLOSE, SEE
from gongdi.apps.organisations.models import (
    PERSON,
    AreaLeader,
    Body,
    FollowUp,
    Meeting,
    Member,
    PoolEntry,
    in_force_on,
)
from gongdi.apps.organisations.sources import (
    MECHANISM_WORDS,
    ROLE_WORDS,
    Mechanism,
    Responsibility,
    departments,
    duties_of,
    governing,
    mechanisms,
    required_members,
)
from gongdi.apps.places.models import Compound, Division
from gongdi.web.sealing import unseal

COUNTY_DIGITS = 6
FORMER = 50
"""Leaders of before that the page names."""
CROSSED = ({Body.Kind.PARTY_ORGANISATION}, {Body.Kind.PROPERTY_COMPANY, Body.Kind.OWNERS_COMMITTEE})


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A body in the tree: how deep it stands, how many members it has."""

    body: Body
    depth: int
    members: int

    @property
    def indent(self) -> str:
        """The mark before a part's name, the wider the deeper."""
        return "　" * (self.depth - 1) + "└ " if self.depth else ""


def tree(rows: QuerySet[Body], kind: str = "", words: str = "") -> list[TreeLine]:
    """The bodies in force, parents before their parts; narrowed ones stand flat."""
    in_force = Count("members", filter=Q(members__until=None))
    found: list[Body] = list(rows.filter(until=None).order_by("place", "pk"))
    held = Body.objects.filter(pk__in=[row.pk for row in found]).annotate(count=in_force)
    counts = dict(held.values_list("pk", "count"))
    if kind or words:
        return [TreeLine(row, 0, counts[row.pk]) for row in found if kind in ("", row.kind) and words in row.name]
    seen = {row.pk for row in found}
    parts: dict[int | None, list[Body]] = defaultdict(list)
    for row in found:
        parts[row.parent_id if row.parent_id in seen else None].append(row)
    lines: list[TreeLine] = []
    waiting = [(row, 0) for row in reversed(parts[None])]
    while waiting:
        row, depth = waiting.pop()
        lines.append(TreeLine(row, depth, counts[row.pk]))
        waiting += [(part, depth + 1) for part in reversed(parts[row.pk])]
    return lines


def members_of(body: Body) -> tuple[list[Member], list[Member]]:
    """The members in force, and those of before."""
    rows = list(body.members.select_related("person", "member_body"))
    return [row for row in rows if row.until is None], [row for row in rows if row.until is not None]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Somebody who holds posts in two bodies; `crossed` when one is a Party organisation and the other a property
    company or owners' committee (双向交叉任职). `sure` is false when only the names are alike."""

    who: str
    here: Member
    there: Member
    crossed: bool
    sure: bool


def _identity(member: Member) -> tuple[str, str] | None:
    if member.person_id is not None:
        return "user", str(member.person_id)
    name = unseal(member.name_sealed, PERSON) if member.name_sealed else member.name
    return ("name", name) if name else None


def crossings_of(body: Body, seen: QuerySet[Body]) -> list[Crossing]:
    """The members of a body who hold a post in another body of the same county too, among the bodies `seen`."""
    known = {key: row for row in members_of(body)[0] if (key := _identity(row)) is not None}
    if not known:
        return []
    others = Member.objects.filter(until=None, body__until=None, body__place__startswith=body.place[:6])
    rows = others.filter(body__in=seen.values("pk")).exclude(body=body).select_related("body", "person", "member_body")
    found = []
    for row in rows:
        key = _identity(row)
        here = known.get(key) if key is not None else None
        if here is not None and key is not None:
            kinds = {body.kind, row.body.kind}
            crossed = bool(kinds & CROSSED[0]) and bool(kinds & CROSSED[1])
            found.append(Crossing(here.who, here, row, crossed, key[0] == "user"))
    return found


@dataclass(frozen=True, slots=True)
class RequiredBody:
    """A body that the policy in force wants in a compound: which there is, and who of it is present or missing."""

    word: str
    kind: str
    body: Body | None
    roles: list[tuple[str, bool, str]]
    """Word of each role, whether present, the section that asks for it."""

    @property
    def missing(self) -> list[str]:
        """The roles that nobody stands for."""
        return [word for word, present, _ in self.roles if not present]


def required_of(known: list[Body], pack: str) -> list[RequiredBody]:
    """What the pack wants of bodies in a compound, against the bodies in force there (`bodies_of`)."""
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in required_members():
        if row.pack == pack:
            wanted[row.body].append((row.role, row.section))
    bodies = {row.kind: row for row in known if row.kind in wanted}
    prefetch_related_objects(list(bodies.values()), _in_force())
    words = dict(Body.Kind.choices)
    found = []
    for kind, roles in wanted.items():
        body = bodies.get(kind)
        present = {each.role for each in body.members.all()} if body is not None else set()
        told = [(ROLE_WORDS[role], role in present, section) for role, section in roles]
        found.append(RequiredBody(words[kind], kind, body, told))
    return found


def _in_force() -> Prefetch[str]:
    return Prefetch("members", Member.objects.filter(until=None))


def bodies_of(compound: Compound) -> list[Body]:
    """The bodies in force of a compound."""
    return list(Body.objects.filter(compound=compound, until=None))


def leaders_over(compound: Compound, today: date) -> list[AreaLeader]:
    """The leaders in charge of a compound: its own, then those of the divisions it lies in."""
    above = Q(compound=None, place__in=[compound.place[:length] for length in (4, 6, 9, 12)])
    rows = AreaLeader.objects.filter(in_force_on(today)).filter(above | Q(compound=compound))
    return list(rows.select_related("person").order_by("-compound", "-place"))


def leaders(rows: QuerySet[AreaLeader], today: date) -> list[AreaLeader]:
    """The leaders in force."""
    return list(rows.filter(in_force_on(today)))


def former_leaders(rows: QuerySet[AreaLeader], today: date) -> list[AreaLeader]:
    """The leaders of before, the last first."""
    return list(rows.filter(until__lt=today).order_by("-until", "-pk")[:FORMER])


def lines_of(user: User) -> set[str]:
    """The kinds of lines of the utilities for which a person holds a post."""
    houses = {each.post.organisation_id for each in user.authorities if each.post.kind == PostKind.UTILITY}
    rows = Body.objects.filter(organisation__in=houses, kind=Body.Kind.UTILITY, until=None) if houses else ()
    return {line for row in rows for line in row.lines}


def departments_of(user: User) -> list[str]:
    """The departments for which a person's posts stand, through the bodies of their organisations."""
    houses = {each.post.organisation_id for each in user.authorities_for(SEE)}
    rows = Body.objects.filter(organisation__in=houses, until=None).exclude(department="")
    return sorted(set(rows.values_list("department", flat=True)))


def counties_with_packs(user: User) -> list[tuple[str, str]]:
    """The counties (code, name) that a person's posts reach, whole or in part, and in which a pack is in force."""
    reach = Q(pk__in=[])
    for place in user.places_for(SEE):
        reach |= Q(code__startswith=place) if len(place) < COUNTY_DIGITS else Q(code=place[:COUNTY_DIGITS])
    touched = user.objects_for(SEE, Compound._meta.label_lower)
    if touched:
        reach |= Q(pk__in=Compound.objects.filter(pk__in=touched).values("county"))
    rows = Division.objects.filter(reach, system="nbs", level=Division.Level.COUNTY).order_by("code")
    return [(code, name) for code, name in rows.values_list("code", "name") if governing.pack_of(code) is not None]


@dataclass(frozen=True, slots=True)
class DepartmentDuties:
    """The duties of a department by the pack in force."""

    key: str
    name: str
    rows: list[Responsibility]


def duties_by_department(pack: str, department: str = "") -> list[DepartmentDuties]:
    """The duties by a pack, department by department."""
    grouped: dict[str, list[Responsibility]] = defaultdict(list)
    for row in duties_of(pack, department):
        grouped[row.department].append(row)
    return [DepartmentDuties(key, departments()[key].zh, rows) for key, rows in grouped.items()]


def mechanism_of(pack: str) -> list[tuple[str, list[Mechanism]]]:
    """A pack's mechanism by role in words."""
    grouped: dict[str, list[Mechanism]] = defaultdict(list)
    for row in mechanisms():
        if row.pack == pack:
            grouped[row.role].append(row)
    return [(word, grouped[role]) for role, word in MECHANISM_WORDS.items() if role in grouped]


def entries(rows: QuerySet[PoolEntry], kind: str, state: str) -> QuerySet[PoolEntry]:
    """Experts and firms by kind and state, with the number of their records."""
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.filter(state=state) if state else rows.exclude(state=PoolEntry.State.REMOVED)
    works = Count("records", filter=Q(records__kind="work"))
    return rows.annotate(works=works, judged=Count("records", filter=Q(records__kind="evaluation"))).order_by(
        "kind", "name", "pk"
    )


def meetings(rows: QuerySet[Meeting], kind: str) -> QuerySet[Meeting]:
    """Meetings by kind, with the number of follow-ups and those still open."""
    if kind:
        rows = rows.filter(kind=kind)
    still = Count("follow_ups", filter=Q(follow_ups__closed_on=None))
    return rows.annotate(given=Count("follow_ups"), still=still).order_by("-held_on", "-pk")


def trained(rows: QuerySet[Meeting]) -> int:
    """How many people took part in training, over all sessions whose number is known."""
    counts = rows.filter(kind=Meeting.Kind.TRAINING, audience__isnull=False).values_list("audience", flat=True)
    return sum(count for count in counts if count is not None)


def follow_ups_of(meeting: Meeting) -> list[FollowUp]:
    """What a meeting decided."""
    return list(meeting.follow_ups.select_related("body", "person"))


def open_follow_ups(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """The follow-ups that are not closed, those due first."""
    return rows.filter(closed_on=None).order_by("due", "pk")


def late_follow_ups(rows: QuerySet[FollowUp], today: date) -> QuerySet[FollowUp]:
    """The open follow-ups whose day is past."""
    return open_follow_ups(rows).filter(due__lt=today)


def may_close_anywhere(user: User) -> bool:
    """Whether a person can be responsible for follow-ups at all."""
    return user.may_anywhere(CLOSE)

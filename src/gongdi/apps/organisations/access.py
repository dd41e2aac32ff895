"""The only door to bodies, meetings and experts: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.organisations.models import AreaLeader, Body, FollowUp, Meeting, Member, PoolEntry
from gongdi.apps.places.access import get_compound
from gongdi.apps.places.models import Compound

SEE = "organisations.see_bodies"
KEEP = "organisations.keep_bodies"
KEEP_MEETINGS = "organisations.keep_meetings"
KEEP_EXPERTS = "organisations.keep_experts"
CLOSE = "organisations.close_followup"
Row = TypeVar("Row", bound=Model)


def visible_bodies(user: User) -> QuerySet[Body]:
    """The bodies of a person's places; for tied posts those of their compounds."""
    rows = Body.objects.select_related("compound", "parent")
    return within_reach(rows, user, SEE, compound="compound")


def visible_leaders(user: User) -> QuerySet[AreaLeader]:
    """The leaders in charge of areas within a person's places."""
    return within_reach(AreaLeader.objects.select_related("person", "compound"), user, SEE, compound="compound")


def visible_meetings(user: User) -> QuerySet[Meeting]:
    """The meetings of a person's places; for tied posts those about their compounds."""
    return within_reach(Meeting.objects.select_related("body", "compound"), user, SEE, compound="compound")


def visible_entries(user: User) -> QuerySet[PoolEntry]:
    """The experts and firms of a person's places."""
    return within_reach(PoolEntry.objects.all(), user, SEE)


def visible_follow_ups(user: User) -> QuerySet[FollowUp]:
    """The follow-ups of a person's places; for tied posts those of meetings about their compounds."""
    rows = FollowUp.objects.select_related("meeting", "body", "person", "compound")
    return within_reach(rows, user, SEE, compound="compound")


def own_follow_ups(user: User) -> QuerySet[FollowUp]:
    """The follow-ups for which a person answers: by name, or through the organisation of a post."""
    houses = {each.post.organisation_id for each in user.authorities_for(CLOSE)}
    if not houses:
        return FollowUp.objects.none()
    mine = Q(body__organisation__in=houses)
    if user.pk is not None:
        mine |= Q(person=user.pk)
    return FollowUp.objects.filter(mine).select_related("meeting", "body", "person", "compound")


def answerable_follow_ups(user: User) -> QuerySet[FollowUp]:
    """The follow-ups for which a person answers, and those of the places whose meetings they keep."""
    rows = FollowUp.objects.select_related("meeting", "body", "person", "compound")
    kept = within_reach(rows, user, KEEP_MEETINGS)
    return rows.filter(Q(pk__in=kept.values("pk")) | Q(pk__in=own_follow_ups(user).values("pk")))


def _one(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_body(user: User, pk: int, permission: str = SEE) -> Body:
    """A body for a purpose."""
    found = _one(visible_bodies(user).select_related("organisation"), pk)
    require(user, permission, found.place, on=found.compound)
    return found


def get_member(user: User, pk: int) -> Member:
    """A member in force, for who keeps the body."""
    found = Member.objects.filter(pk=pk, until=None).select_related("body", "person", "member_body").first()
    if found is None:
        raise Http404
    get_body(user, found.body_id, KEEP)
    return found


def get_leader(user: User, pk: int) -> AreaLeader:
    """A leader in charge of an area, for who keeps them."""
    found = _one(visible_leaders(user).filter(until=None), pk)
    require(user, KEEP, found.place, on=found.compound)
    return found


def get_meeting(user: User, pk: int, permission: str = SEE) -> Meeting:
    """A meeting for a purpose."""
    found = _one(visible_meetings(user), pk)
    require(user, permission, found.place, on=found.compound)
    return found


def get_entry(user: User, pk: int, permission: str = SEE) -> PoolEntry:
    """An expert or firm for a purpose."""
    found = _one(visible_entries(user), pk)
    require(user, permission, found.place)
    return found


def get_follow_up(user: User, pk: int) -> FollowUp:
    """A follow-up within a person's places, or one for which they answer."""
    found = own_follow_ups(user).filter(pk=pk).first()
    return found if found is not None else _one(visible_follow_ups(user), pk)


def may_answer(user: User, follow_up: FollowUp) -> bool:
    """Whether a person tells how a follow-up goes and closes it: those responsible, and who keeps the meetings."""
    if user.may(KEEP_MEETINGS, follow_up.place):
        return True
    return own_follow_ups(user).filter(pk=follow_up.pk).exists()


def get_own_follow_up(user: User, pk: int) -> FollowUp:
    """An open follow-up for those who may answer for it."""
    found = get_follow_up(user, pk)
    if not may_answer(user, found):
        raise PermissionDenied("这件督办不由您的岗位办理。")
    if not user.may(KEEP_MEETINGS, found.place):
        require(user, CLOSE)
    return found


def compound_for(user: User, pk: int, permission: str = SEE) -> Compound:
    """A compound for a purpose among its bodies."""
    found = get_compound(user, pk)
    require(user, permission, found.place, on=found)
    return found

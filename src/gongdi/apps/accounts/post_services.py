"""Writes about posts: what a post reaches, handing it to another for a time. Each one verb and one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.faults import (
    RefusedError,
    fault_of_acting,
    fault_of_delegation,
    fault_of_kinds,
    fault_of_objects,
    fault_of_same_post,
    fault_of_term,
)
from gongdi.apps.accounts.models import Delegation, Organisation, Post, PostObject, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.reaches import NamedObject, fault_of_place
from gongdi.apps.audit.services import record
from gongdi.web import clock


def _refuse(fault: str | None) -> None:
    if fault is not None:
        raise RefusedError(fault)


def _tie(post: Post, objects: Sequence[NamedObject]) -> None:
    PostObject.objects.bulk_create(
        PostObject(post=post, object_kind=each.kind, object_id=each.id, object_name=each.name) for each in objects
    )


@transaction.atomic
def appoint_person(  # noqa: PLR0913 -- a post, said whole
    *,
    holder: User,
    kind: PostKind,
    organisation: Organisation,
    place: str,
    place_name: str,
    by: User | None,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    objects: Sequence[NamedObject] = (),
) -> Post:
    """Give a person a post at a place (任命岗位), from a day to a day when these are given.

    Raises:
        RefusedError: one appoints oneself, the person's other posts or a post they act under exclude it, a kind
            tied to objects comes without them, its days are over, or the person has that very post.
    """
    if by is not None and by.pk == holder.pk:
        raise RefusedError("不能给自己任命岗位。请由另一位安全管理员办理。")
    held = User.objects.select_for_update().get(pk=holder.pk).posts.filter(ended_at=None)
    _refuse(fault_of_kinds(held.values_list("kind", flat=True), PostKind(kind)))
    _refuse(fault_of_acting(PostKind(kind), holder.delegations.all(), clock.local_date(now)))
    _refuse(fault_of_objects(PostKind(kind), len(objects)))
    _refuse(fault_of_term(starts_on, ends_on, clock.local_date(now)))
    _refuse(fault_of_same_post(held, PostKind(kind), place, organisation.name, (starts_on, ends_on)))
    post = Post.objects.create(
        holder=holder,
        kind=kind,
        organisation=organisation,
        place=place,
        place_name=place_name,
        since=now,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _tie(post, objects)
    after: dict[str, object] = {"kind": str(kind), "place": place, "organisation": organisation.name}
    after |= {key: day.isoformat() for key, day in (("starts_on", starts_on), ("ends_on", ends_on)) if day}
    if objects:
        after["objects"] = [each.name for each in objects]
    record("accounts.appoint_person", by=by, on=holder, after=after, place=place, at=now)
    return post


@transaction.atomic
def end_post(*, post: Post, why: str, by: User, now: datetime) -> None:
    """End a post (终止岗位), and with it what was handed on of it; what was done under it stays."""
    post.ended_at = now
    post.save(update_fields=["ended_at"])
    record("accounts.end_post", by=by, on=post.holder, before={"kind": post.kind, "place": post.place}, why=why, at=now)


@transaction.atomic
def move_post(*, post: Post, place: str, place_name: str, why: str, by: User, now: datetime) -> Post:
    """Let a post reach another place (调整管辖范围), after its division was merged or renamed; all else stays.

    Raises:
        RefusedError: it is one's own post, it has been ended, the kind cannot have that place, or it has it already.
    """
    row = Post.objects.select_for_update(of=("self",)).select_related("holder").get(pk=post.pk)
    if row.holder_id == by.pk:
        raise RefusedError("不能调整自己岗位的管辖范围。请由另一位安全管理员办理。")
    if row.ended_at is not None:
        raise RefusedError("这个岗位已经终止，不能再调整。请刷新页面。")
    _refuse(fault_of_place(PostKind(row.kind), place))
    if place == row.place:
        raise RefusedError("管辖范围没有变化。请填写新的区划代码。")
    before, after = {"place": row.place}, {"place": place}
    row.place, row.place_name = place, place_name
    row.save(update_fields=["place", "place_name"])
    record("accounts.move_post", by=by, on=row.holder, before=before, after=after, why=why, place=place, at=now)
    return row


@transaction.atomic
def tie_post(*, post: Post, objects: Sequence[NamedObject], why: str, by: User, now: datetime) -> None:
    """Set the objects that a tied post reaches (调整岗位对象)."""
    _refuse(fault_of_objects(PostKind(post.kind), len(objects)))
    before = list(post.objects_tied.order_by("pk").values_list("object_name", flat=True))
    post.objects_tied.all().delete()
    _tie(post, objects)
    after = {"objects": [each.name for each in objects]}
    record(
        "accounts.tie_post", by=by, on=post.holder, before={"objects": before}, after=after, why=why,
        place=post.place, at=now,
    )  # fmt: skip


@transaction.atomic
def delegate_post(
    *, post: Post, to: User, starts_on: date, ends_on: date, why: str, by: User, now: datetime
) -> Delegation:
    """Hand a post to another person from a day to a day (委托代理); the holder keeps it too.

    Raises:
        RefusedError: the post or the person does not allow it.
    """
    # Locked as in appoint_person, so that nobody becomes an administrator and a delegate at the same moment.
    User.objects.select_for_update().get(pk=to.pk)
    _refuse(fault_of_delegation(post, to, starts_on, ends_on, clock.local_date(now)))
    made = Delegation.objects.create(
        post=post, to=to, starts_on=starts_on, ends_on=ends_on, why=why, given_by=by, given_at=now
    )
    after = {"post": str(post), "to": to.display_name, "starts_on": str(starts_on), "ends_on": str(ends_on)}
    record("accounts.delegate_post", by=by, on=post.holder, after=after, why=why, place=post.place, at=now)
    return made


@transaction.atomic
def withdraw_delegation(*, delegation: Delegation, why: str, by: User, now: datetime) -> None:
    """Take a delegation back before its end (撤回代理)."""
    delegation.withdrawn_at = now
    delegation.save(update_fields=["withdrawn_at"])
    before = {"post": str(delegation.post), "to": delegation.to.display_name, "ends_on": str(delegation.ends_on)}
    place = delegation.post.place
    record(
        "accounts.withdraw_delegation", by=by, on=delegation.post.holder, before=before, why=why, place=place, at=now
    )

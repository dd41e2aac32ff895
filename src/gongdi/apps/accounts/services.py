"""Writes about people: each one verb, one transaction, one audit event."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from gongdi.apps.accounts.models import Organisation, Post, SignInAttempt, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.queries import locked_until
from gongdi.apps.audit.services import record

# Without the letters and digits that are read for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of an attempt: the person, or until when the name is locked, or neither (wrong name or password)."""

    person: User | None = None
    locked_until: datetime | None = None


def new_password() -> str:
    """A password made by chance: four groups of four, easy to type from paper."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def sign_in(*, username: str, password: str, address: str, now: datetime) -> SignIn:
    """Check a name and a password. After repeated failures the name is locked for a while, whoever tries."""
    locked = locked_until(username, address, now)
    if locked is not None:
        return SignIn(locked_until=locked)
    person = User.objects.filter(username=username, is_active=True).first()
    # The same work for an unknown name, so that the answer's time does not tell whether the name exists.
    matches = check_password(password, person.password) if person else bool(make_password(password)) and False
    attempt = SignInAttempt.objects.create(username=username[:40], address=address, at=now, succeeded=matches)
    if person is None or not matches:
        subject = person or attempt
        record("accounts.refuse_sign_in", by=None, on=subject, after={"address": address}, at=now)
        return SignIn(locked_until=locked_until(username, address, now))
    person.last_login = now
    person.save(update_fields=["last_login"])
    record("accounts.sign_in", by=person, on=person, after={"address": address}, at=now)
    return SignIn(person=person)


@transaction.atomic
def sign_out(*, by: User, now: datetime) -> None:
    """Note that a person signed out."""
    record("accounts.sign_out", by=by, on=by, at=now)


@transaction.atomic
def add_person(
    *, username: str, display_name: str, password: str, by: User | None, now: datetime, made_up: bool = False
) -> User:
    """Add a person (新增人员)."""
    person = User(username=username, display_name=display_name, made_up=made_up, must_change_password=not made_up)
    person.set_password(password)
    person.save(force_insert=True)
    record("accounts.add_person", by=by, on=person, after={"username": username, "made_up": made_up}, at=now)
    return person


@transaction.atomic
def appoint_person(
    *,
    holder: User,
    kind: PostKind,
    organisation: Organisation,
    place: str,
    place_name: str,
    by: User | None,
    now: datetime,
) -> Post:
    """Give a person a post at a place (任命岗位)."""
    post = Post.objects.create(
        holder=holder, kind=kind, organisation=organisation, place=place, place_name=place_name, since=now
    )
    after = {"kind": str(kind), "place": place, "organisation": organisation.name}
    record("accounts.appoint_person", by=by, on=holder, after=after, place=place, at=now)
    return post


@transaction.atomic
def end_post(*, post: Post, why: str, by: User, now: datetime) -> None:
    """End a post (终止岗位); what was done under it stays."""
    post.ended_at = now
    post.save(update_fields=["ended_at"])
    record("accounts.end_post", by=by, on=post.holder, before={"kind": post.kind, "place": post.place}, why=why, at=now)


@transaction.atomic
def reset_password(*, person: User, password: str, by: User | None, now: datetime) -> None:
    """Give a person a new password (重置口令); the event keeps nothing of it."""
    person.set_password(password)
    person.must_change_password = not person.made_up
    person.save(update_fields=["password", "must_change_password"])
    record("accounts.reset_password", by=by, on=person, at=now)


@transaction.atomic
def change_password(*, by: User, password: str, now: datetime) -> None:
    """Change one's own password (修改口令)."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    record("accounts.change_password", by=by, on=by, at=now)


@transaction.atomic
def unlock_person(*, person: User, by: User, now: datetime) -> None:
    """Forget the failed attempts of a person's name (解除锁定)."""
    forgotten, _ = SignInAttempt.objects.filter(username=person.username, succeeded=False).delete()
    record("accounts.unlock_person", by=by, on=person, before={"failures": forgotten}, at=now)

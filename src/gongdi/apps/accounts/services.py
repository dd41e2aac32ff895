"""Writes about people and signing in: each one verb, one transaction, one audit event."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from gongdi.apps.accounts.models import PasswordRecord, SignInAttempt, SignOnBinding, User
from gongdi.apps.accounts.password_rules import LEAST_KINDS, kinds_in
from gongdi.apps.accounts.queries import failures_since, locked_until
from gongdi.apps.accounts.second_factor import is_enrolled, use_code, use_key
from gongdi.apps.audit.services import record
from gongdi.web.turns import wait_turn

# Without the letters and digits that are read for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of an attempt: the person, or until when the name is locked, or neither (wrong name or password).

    With `second_factor` the password was right and the person still has to prove their second factor. `previous` is
    when they signed in before, `failures` how often it failed since.
    """

    person: User | None = None
    locked_until: datetime | None = None
    second_factor: bool = False
    previous: datetime | None = None
    failures: int = 0


def new_password() -> str:
    """A password made by chance: four groups of four, easy to type from paper, letters and digits in it."""
    while True:
        made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        if len(kinds_in(made)) >= LEAST_KINDS:
            return made


@transaction.atomic
def sign_in(*, username: str, password: str, address: str, now: datetime) -> SignIn:
    """Check a name and a password (登录). After repeated failures the name is locked for a while, whoever tries.

    Someone with a second factor is not in yet: `prove_second_factor` follows.
    """
    # One at a time by name: guesses that come together would else all be taken before the first one counts.
    wait_turn(f"accounts.sign_in:{username}")
    locked = locked_until(username, address, now)
    if locked is not None:
        return _turned_away(username, locked, address, now)
    person = User.objects.filter(username=username, is_active=True).first()
    # The same work for an unknown name, so that the answer's time does not tell whether the name exists.
    matches = check_password(password, person.password) if person else bool(make_password(password)) and False
    if person is None or not matches:
        attempt = SignInAttempt.objects.create(username=username[:40], address=address, at=now, succeeded=False)
        record("accounts.refuse_sign_in", by=None, on=person or attempt, after={"address": address}, at=now)
        return SignIn(locked_until=locked_until(username, address, now))
    if is_enrolled(person):
        after = {"address": address, "step": "口令通过，待第二要素"}
        record("accounts.pass_password", by=person, on=person, after=after, at=now)
        return SignIn(person=person, second_factor=True)
    return _let_in(person, "accounts.sign_in", {"address": address}, now)


def _turned_away(username: str, locked: datetime, address: str, now: datetime) -> SignIn:
    """Note an attempt during a lock, so that the list tells it; it does not make the lock longer."""
    attempt = SignInAttempt.objects.create(
        username=username[:40], address=address, at=now, succeeded=False, counts=False
    )
    record("accounts.refuse_sign_in", by=None, on=attempt, after={"address": address, "step": "锁定期间"}, at=now)
    return SignIn(locked_until=locked)


def _let_in(person: User, verb: str, after: dict[str, str], now: datetime) -> SignIn:
    """Note the success; what the person should know of the time before."""
    previous = person.last_login
    failures = failures_since(person.username, previous)
    SignInAttempt.objects.create(username=person.username, address=after["address"], at=now, succeeded=True)
    person.last_login = now
    person.save(update_fields=["last_login"])
    record(verb, by=person, on=person, after=dict(after), at=now)
    return SignIn(person=person, previous=previous, failures=failures)


@transaction.atomic
def prove_second_factor(
    *, person: User, code: str = "", credential: dict[str, Any] | None = None, address: str, now: datetime
) -> SignIn:
    """Prove the second factor after the password (第二要素登录): a code, or a security key's answer.

    Failures count with those of the password, so that guessing codes locks the name.
    """
    wait_turn(f"accounts.sign_in:{person.username}")
    locked = locked_until(person.username, address, now)
    if locked is not None:
        return _turned_away(person.username, locked, address, now)
    way = use_key(person, credential, now) if credential is not None else use_code(person, code, now)
    if way is None:
        SignInAttempt.objects.create(username=person.username, address=address, at=now, succeeded=False)
        after = {"address": address, "step": "第二要素不符"}
        record("accounts.refuse_sign_in", by=None, on=person, after=after, at=now)
        return SignIn(locked_until=locked_until(person.username, address, now))
    return _let_in(person, "accounts.prove_second_factor", {"address": address, "factor": way}, now)


@transaction.atomic
def sign_on(*, issuer: str, subject: str, address: str, now: datetime) -> SignIn:
    """Take an identity that the city's own sign-on vouches for (统一身份登录), if it is bound to a person in office.

    Nobody is added by it: an identity that is not bound comes to nothing.
    """
    bound = SignOnBinding.objects.filter(issuer=issuer, subject=subject).select_related("person").first()
    if bound is None or not bound.person.is_active:
        attempt = SignInAttempt.objects.create(username="", address=address, at=now, succeeded=False)
        after = {"address": address, "step": "统一身份未绑定"}
        record("accounts.refuse_sign_in", by=None, on=bound.person if bound else attempt, after=after, at=now)
        return SignIn()
    person = bound.person
    if is_enrolled(person):
        after = {"address": address, "step": "统一身份通过，待第二要素"}
        record("accounts.sign_on", by=person, on=person, after=after, at=now)
        return SignIn(person=person, second_factor=True)
    return _let_in(person, "accounts.sign_on", {"address": address}, now)


@transaction.atomic
def sign_out(*, by: User, now: datetime) -> None:
    """Note that a person signed out."""
    record("accounts.sign_out", by=by, on=by, at=now)


@transaction.atomic
def add_person(
    *, username: str, display_name: str, password: str, by: User | None, now: datetime, made_up: bool = False
) -> User:
    """Add a person (新增人员)."""
    person = User(
        username=username,
        display_name=display_name,
        made_up=made_up,
        must_change_password=not made_up,
        password_changed_at=now,
    )
    person.set_password(password)
    person.save(force_insert=True)
    record("accounts.add_person", by=by, on=person, after={"username": username, "made_up": made_up}, at=now)
    return person


def _set_password(person: User, password: str, now: datetime) -> None:
    """Set a password and remember the hash of the one that it replaces."""
    PasswordRecord.objects.create(person=person, password=person.password, at=now)
    kept = person.past_passwords.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED]
    person.past_passwords.exclude(pk__in=list(kept)).delete()
    person.set_password(password)
    person.password_changed_at = now


@transaction.atomic
def reset_password(*, person: User, password: str, by: User | None, now: datetime) -> None:
    """Give a person a new password (重置口令), which ends their sessions; the event keeps nothing of it."""
    _set_password(person, password, now)
    person.must_change_password = not person.made_up
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    record("accounts.reset_password", by=by, on=person, at=now)


@transaction.atomic
def change_password(*, by: User, password: str, now: datetime) -> None:
    """Change one's own password (修改口令)."""
    _set_password(by, password, now)
    by.must_change_password = False
    by.save(update_fields=["password", "password_changed_at", "must_change_password"])
    record("accounts.change_password", by=by, on=by, at=now)


@transaction.atomic
def unlock_person(*, person: User, by: User, now: datetime) -> None:
    """Let the failed attempts of a person's name no longer count (解除锁定); the next sign-in still tells of them."""
    failed = SignInAttempt.objects.filter(username=person.username, succeeded=False, counts=True)
    record("accounts.unlock_person", by=by, on=person, before={"failures": failed.update(counts=False)}, at=now)

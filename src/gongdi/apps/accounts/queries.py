"""Reads of people and of attempts to sign in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Prefetch

from gongdi.apps.accounts.models import Post, SignInAttempt, User

LOCK_AFTER = 5
"""Failures of one name since its last success that lock it."""
LOCK_AFTER_ADDRESS = 40
"""Failures from one address, whatever the names."""
LOCK_FOR = timedelta(minutes=15)


def people() -> list[User]:
    """Everybody, with the posts in force."""
    posts = Post.objects.filter(ended_at=None).select_related("organisation")
    return list(User.objects.order_by("username").prefetch_related(Prefetch("posts", posts)))


def locked_until(username: str, address: str, now: datetime) -> datetime | None:
    """Until when signing in is locked for the name or the address; None when it is open."""
    recent = SignInAttempt.objects.filter(at__gt=now - LOCK_FOR)
    last_success = recent.filter(username=username, succeeded=True).order_by("-at").first()
    failures = recent.filter(username=username, succeeded=False)
    if last_success is not None:
        failures = failures.filter(at__gt=last_success.at)
    named = list(failures.order_by("-at").values_list("at", flat=True)[:LOCK_AFTER])
    if len(named) == LOCK_AFTER:
        return named[0] + LOCK_FOR
    from_here = recent.filter(address=address, succeeded=False).order_by("-at").values_list("at", flat=True)
    addressed = list(from_here[:LOCK_AFTER_ADDRESS])
    return addressed[0] + LOCK_FOR if len(addressed) == LOCK_AFTER_ADDRESS else None


def locked_names(now: datetime) -> set[str]:
    """The names that are locked now by their own failures."""
    names = SignInAttempt.objects.filter(at__gt=now - LOCK_FOR, succeeded=False).values_list("username", flat=True)
    return {name for name in set(names) if locked_until(name, "", now)}

"""Signed-in sessions: begun with each sign-in, ended by rest, by age, by their owner, by disabling the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongdi.apps.accounts.models import SignedInSession, User
from gongdi.web import clock, origin

KEY = "accounts.session"
NOTED_EVERY = timedelta(minutes=1)
"""How closely the last use is noted; finer would cost a write a page."""
REASONS = {
    "idle": "较长时间没有操作，已自动退出，请重新登录。",
    "over": "登录已满规定时长，请重新登录。",
    "ended": "该会话已被结束（口令、第二要素或账号状态有变，或本人在别处结束了它），请重新登录。",
}


def begin(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Note a new session when somebody has signed in (the receiver of django's signal)."""
    if not isinstance(user, User) or not hasattr(request, "session"):
        return
    now = clock.now()
    made = SignedInSession.objects.create(
        person=user,
        started_at=now,
        seen_at=now,
        address=origin.address_of(request),
        agent=str(request.META.get("HTTP_USER_AGENT", ""))[:200],
        way=str(getattr(request, "way_in", "password")),
    )
    request.session[KEY] = made.pk


def present(request: HttpRequest) -> int | None:
    """The number of the session in which a request comes."""
    found = request.session.get(KEY)
    return found if isinstance(found, int) else None


def why_over(request: HttpRequest, now: datetime) -> str | None:
    """Why the session of a request counts no more (a key of REASONS); None when it does, and then its use is noted."""
    row = SignedInSession.objects.filter(pk=present(request) or 0, ended_at=None).first()
    if row is None or row.person_id != request.user.pk:
        return "ended"
    if now - row.seen_at > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return _end(row, "idle", now)
    if now - row.started_at > timedelta(seconds=settings.SESSION_COOKIE_AGE):
        return _end(row, "over", now)
    if now - row.seen_at >= NOTED_EVERY:
        SignedInSession.objects.filter(pk=row.pk).update(seen_at=now)
    return None


def _end(row: SignedInSession, why: str, now: datetime) -> str:
    SignedInSession.objects.filter(pk=row.pk).update(ended_at=now)
    return why


def finish(request: HttpRequest, now: datetime) -> None:
    """Note that the present session has ended."""
    SignedInSession.objects.filter(pk=present(request) or 0, ended_at=None).update(ended_at=now)


def agent_word(agent: str) -> str:
    """A browser's long self-description in a few words."""
    browsers = (
        ("Edg/", "Edge"),
        ("MicroMessenger", "微信"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "安卓"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    browser = next((word for sign, word in browsers if sign in agent), "其他浏览器")
    system = next((word for sign, word in systems if sign in agent), "")
    return f"{browser}（{system}）" if system else browser

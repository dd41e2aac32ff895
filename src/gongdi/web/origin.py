"""From where something is done (来源): the network address, the session and the channel of what runs now.

A middleware tells it at the start of each request, so that no service has to pass it on; what runs outside a request is
a command, or a job when it says so (`acting_from`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PAGE, COMMAND, JOB = "page", "command", "job"
CHANNELS = {PAGE: "网页", COMMAND: "命令", JOB: "后台任务"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The network address, a short digest of session and browser (neither is kept itself), and the channel."""

    channel: str = COMMAND
    address: str = ""
    session: str = ""


_ORIGIN: ContextVar[Origin] = ContextVar("gongdi_origin", default=Origin())  # noqa: B039 -- frozen


def current() -> Origin:
    """From where the present work is done."""
    return _ORIGIN.get()


@contextmanager
def acting_from(origin: Origin) -> Iterator[None]:
    """Let everything inside be done from there; a worker of background jobs says `Origin(JOB)`."""
    token = _ORIGIN.set(origin)
    try:
        yield
    finally:
        _ORIGIN.reset(token)


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks.

    Behind proxies of one's own (`GONGDI_PROXIES` says how many) it is the one that the outermost of them wrote; what a
    stranger puts further left in the header is not believed.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    told = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    return (told[-proxies] if 0 < proxies <= len(told) else direct)[:45]


def session_of(request: HttpRequest) -> str:
    """Sixteen hexadecimal digits that tell one session and browser from another; empty without a session."""
    key = request.session.session_key if hasattr(request, "session") else None
    if not key:
        return ""
    agent = str(request.META.get("HTTP_USER_AGENT", ""))
    return hashlib.sha256(f"{settings.SECRET_KEY}\n{key}\n{agent}".encode()).hexdigest()[:16]


class TellOrigin:
    """Tells from where each request is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, from where it comes."""
        with acting_from(Origin(PAGE, address_of(request), session_of(request))):
            return self.get_response(request)

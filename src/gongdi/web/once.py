"""Read once a page (一次读取): what several apps ask for while one page is made is asked of the database once.

Only while a page is read (GET, HEAD), since nothing is written then; anywhere else every call reads anew. What is kept
is shared: whoever gets it does not change it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

Read = TypeVar("Read")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


def once(key: Hashable, read: Callable[[], Read]) -> Read:
    """What `read` gives, read once under this key while a page is read."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return cast("Read", kept[key])


class ReadOnce:
    """Middleware: begins with nothing kept at each request that only reads, and forgets it at the end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle one request."""
        token = _kept.set({} if request.method in ("GET", "HEAD") else None)
        try:
            return self.get_response(request)
        finally:
            _kept.reset(token)

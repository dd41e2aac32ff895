"""Addresses of many numbered objects at once: the pattern is resolved one time, not a thousand."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

_MARK = 987654321


def numbered(url_name: str) -> Callable[[int], str]:
    """What gives the address of the page of a number, for a page whose only argument is that number."""
    before, _, after = reverse(url_name, args=[_MARK]).partition(str(_MARK))
    return lambda number: f"{before}{number}{after}"

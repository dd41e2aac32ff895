"""Addresses of many numbered objects at once: the pattern is resolved one time, not a thousand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, reverse

_MARK = 987654321


@lru_cache(maxsize=512)
def _around(url_name: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(url_name, args=[_MARK]).partition(str(_MARK))
    return before, after


def around(url_name: str) -> tuple[str, str]:
    """What stands before and after the number in the address of a page whose only argument is a number."""
    return _around(url_name, get_script_prefix())


def numbered(url_name: str) -> Callable[[int], str]:
    """What gives the address of the page of a number, for a page whose only argument is that number."""
    before, after = around(url_name)
    return lambda number: f"{before}{number}{after}"

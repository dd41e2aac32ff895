"""The entries of the side navigation. Each app adds its own when it is ready; the page shows those a person may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

MayUse = Callable[[str], bool]


@lru_cache(maxsize=512)
def _address(url_name: str, prefix: str, urlconf: object) -> str:
    """The address of a page; every page shows some forty entries, and they stay where they are."""
    return reverse(url_name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its place in the order, its words, its page, and the permission that opens it ("" for all)."""

    key: str
    title: str
    order: int
    url_name: str
    icon: str = "dot"
    permission: str = ""
    children: tuple[Entry, ...] = ()

    @property
    def url(self) -> str:
        """The address of the page."""
        return _address(self.url_name, get_script_prefix(), get_urlconf())


@dataclass(slots=True)
class Navigation:
    """The entries by key."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Add an entry, or put a new one in the place of the one with its key."""
        self.entries[entry.key] = entry

    def shown_to(self, user: Any) -> list[Entry]:
        """The entries for a person, in order; below each those that the person may use."""
        if not getattr(user, "is_authenticated", False):
            return []

        def allowed(entry: Entry) -> bool:
            return not entry.permission or bool(user.may_anywhere(entry.permission))

        return [
            replace(entry, children=tuple(child for child in entry.children if allowed(child)))
            for entry in sorted(filter(allowed, self.entries.values()), key=lambda each: each.order)
        ]


navigation = Navigation()

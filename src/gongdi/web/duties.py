"""What waits for a person (待办). Each app says what it finds in its own rows; the desk shows all of it.

duties.add("places.waiting_rosters", lambda user, now: [Duty(...)])
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that waits: what, how many, why, where to do it, by when (None: no deadline)."""

    title: str
    why: str
    url: str
    action: str
    count: int = 1
    unit: str = "件"
    due: date | None = None
    rank: int = 50
    details: tuple[tuple[str, str], ...] = ()
    """Examples to go straight to: (text, address)."""


Finder = Callable[[Any, datetime], list[Duty]]


@dataclass(slots=True)
class Duties:
    """The finders by key."""

    finders: dict[str, Finder] = field(default_factory=dict)

    def add(self, key: str, finder: Finder) -> None:
        """Add a finder; the same key replaces."""
        self.finders[key] = finder

    def of(self, user: Any, now: datetime) -> list[Duty]:
        """Everything that waits for a person: dated things first, then by rank."""
        found = [duty for finder in self.finders.values() for duty in finder(user, now)]
        return sorted(found, key=lambda duty: (duty.due or date.max, duty.rank, duty.title))


duties = Duties()

"""One row of the table of every address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.addresses.roles import FOLLOWS, SHUT, SIGN_IN, TIED_ROLES
from tests.support.world import World


def no_arguments(world: World) -> list[Any]:
    return []


@dataclass(frozen=True)
class Address:
    """An address: its method, its arguments and fields in a world, and the status for each role.

    `statuses` lists those that differ from `usual`; the anonymous one is sent to sign in unless listed; other roles
    follow the ones that `roles.py` says. `tied` is the status for posts tied to 梅堰新村, by default shut out.
    `file` marks what is not a page.
    """

    name: str
    usual: int = 200
    statuses: dict[str, int] = field(default_factory=dict)
    method: str = "get"
    arguments: Callable[[World], list[Any]] = no_arguments
    fields: dict[str, Any] = field(default_factory=dict)
    file: bool = False

    tied: int | None = None

    def expected(self, role: str) -> tuple[int, ...]:
        """The statuses that are right for a role: one, or for tied posts either way of being shut out."""
        if role in self.statuses:
            return (self.statuses[role],)
        if role == "anonymous":
            return (SIGN_IN,)
        if role in TIED_ROLES:
            return (self.tied,) if self.tied is not None else SHUT
        if role == "street_leader" and self.statuses.get("street_clerk") == 404:
            return (404,)
        return self.expected(FOLLOWS[role]) if role in FOLLOWS else (self.usual,)

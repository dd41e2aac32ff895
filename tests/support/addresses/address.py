"""One row of the table of every address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.addresses.roles import SIGN_IN
from tests.support.world import World


def no_arguments(world: World) -> list[Any]:
    return []


@dataclass(frozen=True)
class Address:
    """An address: its method, its arguments and fields in a world, and the status for each role.

    `statuses` lists those that differ from `usual`; the anonymous one is sent to sign in unless listed.
    """

    name: str
    usual: int = 200
    statuses: dict[str, int] = field(default_factory=dict)
    method: str = "get"
    arguments: Callable[[World], list[Any]] = no_arguments
    fields: dict[str, Any] = field(default_factory=dict)

    def expected(self, role: str) -> int:
        """The status for a role."""
        return self.statuses.get(role, SIGN_IN if role == "anonymous" else self.usual)

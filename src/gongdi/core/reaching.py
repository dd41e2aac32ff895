"""How many homes have been reached (动员进度), building by building, without a word on how anybody answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Where a home stands."""

    ANSWERED = "answered"
    """It answered: a ballot or a sheet came, whatever it says."""
    VISITED = "visited"
    """Somebody called, no answer came yet."""
    WAITING = "waiting"
    """Nobody called and no answer came."""
    UNKNOWN = "unknown"
    """Nobody knows the owner, so that nobody can answer; the home counts in the total all the same."""


@dataclass(frozen=True, slots=True)
class Home:
    """One home (户) with its building and what happened."""

    building: str
    answered: bool
    visited: bool
    has_owner: bool = True

    @property
    def reach(self) -> Reach:
        """Where it stands; an answer tells more than a visit, whoever gave it."""
        if self.answered:
            return Reach.ANSWERED
        if not self.has_owner:
            return Reach.UNKNOWN
        return Reach.VISITED if self.visited else Reach.WAITING


@dataclass(frozen=True, slots=True)
class BuildingReach:
    """The homes of a building, each counted once."""

    building: str
    total: int
    answered: int
    visited: int
    waiting: int
    unknown: int


def reach_by_building(homes: Iterable[Home]) -> list[BuildingReach]:
    """The count of each building, in the order in which buildings first appear."""
    counts: dict[str, dict[Reach, int]] = {}
    for home in homes:
        own = counts.setdefault(home.building, dict.fromkeys(Reach, 0))
        own[home.reach] += 1
    return [
        BuildingReach(
            name, sum(own.values()), own[Reach.ANSWERED], own[Reach.VISITED], own[Reach.WAITING], own[Reach.UNKNOWN]
        )
        for name, own in counts.items()
    ]  # fmt: skip


def whole_reach(rows: Iterable[BuildingReach]) -> BuildingReach:
    """The sum over all buildings."""
    listed = list(rows)
    return BuildingReach(
        "",
        sum(row.total for row in listed),
        sum(row.answered for row in listed),
        sum(row.visited for row in listed),
        sum(row.waiting for row in listed),
        sum(row.unknown for row in listed),
    )

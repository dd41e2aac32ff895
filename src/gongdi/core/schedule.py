"""Schedules made backwards from the day of completion (倒排工期), and how a node stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongdi.core.workdays import UnknownYear, WorkCalendar


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a schedule and the working days that lead up to it from the node before."""

    key: str
    workdays: int


@dataclass(frozen=True, slots=True)
class Due:
    """A node with the day by which it is due."""

    key: str
    on: date


def schedule_backwards(finish: date, steps: Sequence[Step], days: WorkCalendar) -> list[Due] | UnknownYear:
    """The days by which the nodes must be reached for the last to be reached by `finish`, in the order of the steps.

    Each node leaves the next one its working days, so that starting a step on its day is just in time.
    """
    found: list[Due] = []
    on = finish
    for position in range(len(steps) - 1, -1, -1):
        found.append(Due(steps[position].key, on))
        before = days.before(on, steps[position].workdays)
        if isinstance(before, UnknownYear):
            return before if position else found[::-1]
        on = before
    return found[::-1]


class Standing(StrEnum):
    """How a node stands (节点状态)."""

    REACHED = "reached"
    REACHED_LATE = "reached_late"
    LATE = "late"
    NEAR = "near"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class NodeStanding:
    """How a node stands on a day, and by how many working days (None: the year is not known)."""

    standing: Standing
    workdays: int | None

    @property
    def is_late(self) -> bool:
        """Whether it is past its day and not reached."""
        return self.standing is Standing.LATE


NEAR_WITHIN = 5
"""Working days before its day from which a node is said to be near."""


def standing_of(due: date, done: date | None, today: date, days: WorkCalendar) -> NodeStanding:
    """How a node stands: reached by its day or after it, late, near (within five working days), or ahead."""
    end = done if done is not None else today
    past = days.between(due, end) if end > due else days.between(end, due)
    count = None if isinstance(past, UnknownYear) else past
    if done is not None:
        return NodeStanding(Standing.REACHED_LATE if done > due else Standing.REACHED, count)
    if today > due:
        return NodeStanding(Standing.LATE, count)
    return NodeStanding(Standing.NEAR if count is not None and count <= NEAR_WITHIN else Standing.AHEAD, count)

"""Administrative divisions over time (行政区划沿革): which one a code meant on a day, and what became of it since.

The same street bears a code of the statistics bureau and another of the Ministry of Civil Affairs, and one system's
code can be another street's in the other: a code is read within its system only. Streets are merged, split and
renamed: a record keeps the division of its day, and what that is today follows from the changes between. Where a
change leaves several possibilities, all of them are told and none is guessed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


class System(StrEnum):
    """Who gave a code out: the statistics bureau, civil affairs, or this house for the time being."""

    NBS = "nbs"
    MCA = "mca"
    OWN = "own"


class ChangeKind(StrEnum):
    """The kinds of change (区划调整)."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    REDRAW = "redraw"
    PROMOTE = "promote"


@dataclass(frozen=True, slots=True)
class Naming(Generic[Name]):
    """A division has a code of a system from a day to a day; both days count, None sets no bound."""

    division: Name
    system: System
    code: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Naming[Name]) -> bool:
        """Whether both are in force on some day."""
        late = self.since is not None and other.until is not None and other.until < self.since
        early = other.since is not None and self.until is not None and self.until < other.since
        return not late and not early


@dataclass(frozen=True, slots=True)
class Change(Generic[Name]):
    """From its day on, what were the sources are the targets; a division in both goes on with another extent."""

    on: date
    kind: ChangeKind
    sources: frozenset[Name]
    targets: frozenset[Name]


@dataclass(frozen=True, slots=True)
class Standing(Generic[Name]):
    """What became of a division: the divisions it is or lies in now, and the changes that led there, by day."""

    now: frozenset[Name]
    trail: tuple[Change[Name], ...]

    @property
    def sole(self) -> Name | None:
        """The one division; None when it can be several."""
        return next(iter(self.now)) if len(self.now) == 1 else None


def division_on(code: str, system: System, day: date, namings: Iterable[Naming[Name]]) -> frozenset[Name]:
    """The divisions that a code of a system meant on a day: none when nothing is known, several at a clash."""
    return frozenset(
        each.division for each in namings if each.system is system and each.code == code and each.holds_on(day)
    )


def successor_of(
    division: Name, today: date, changes: Iterable[Change[Name]], recorded_on: date | None = None
) -> Standing[Name]:
    """What a division recorded on a day (None: at any time before) is today.

    Changes up to the day of the record are taken as known to it. Those of one day take effect together, so that two
    streets can swap their names.
    """
    by_day: dict[date, list[Change[Name]]] = {}
    for change in changes:
        if change.on <= today and (recorded_on is None or change.on > recorded_on):
            by_day.setdefault(change.on, []).append(change)
    current: frozenset[Name] = frozenset({division})
    trail: list[Change[Name]] = []
    for day in sorted(by_day):
        met = [change for change in by_day[day] if change.sources & current]
        gone = frozenset(name for change in met for name in change.sources)
        current = (current - gone) | frozenset(name for change in met for name in change.targets)
        trail += met
    return Standing(current, tuple(trail))


def fault_of_change(change: Change[Name]) -> str | None:
    """Why a change cannot be as told, with what to do; None when it can."""
    sources, targets = len(change.sources), len(change.targets)
    if not sources or not targets:
        return "调整前和调整后都至少要有一个区划，请补上。"
    if change.kind in (ChangeKind.MERGE, ChangeKind.RENAME, ChangeKind.PROMOTE) and targets != 1:
        return "合并、更名和升格之后只有一个区划；分成几个的请选“分设”或“界线调整”。"
    if change.kind is ChangeKind.MERGE and len(change.sources | change.targets) < 2:
        return "合并至少涉及两个区划，请补上另一个。"
    if change.kind in (ChangeKind.RENAME, ChangeKind.PROMOTE) and sources != 1:
        return "更名和升格之前只有一个区划；几个并成一个的请选“合并”。"
    if change.kind is ChangeKind.SPLIT and (sources != 1 or targets < 2):
        return "分设是一个分成几个：调整前填一个，调整后至少填两个。"
    if change.kind in (ChangeKind.RENAME, ChangeKind.PROMOTE) and change.sources == change.targets:
        return "调整前后是同一个区划，没有变化；请先登记调整后的区划。"
    return None

"""The period of a notice (公示期): its last day, in calendar or working days.

The first day is not counted, the period begins on the next (民法典 art. 201). How long a notice runs is told by whoever
publishes it: no document of the project prints a length (template 四(二)2 and anqing 四(五) ask for the notice alone).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongdi.core.workdays import UnknownYear, WorkCalendar


class Unit(StrEnum):
    """What a period is counted in."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Length:
    """So many days of a kind, at least one."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a notice runs for at least one day")


def last_day(starts_on: date, length: Length, calendar: WorkCalendar) -> date | UnknownYear:
    """The last day of a notice that starts on a day; a year whose holidays are not known is said, not guessed."""
    if length.unit is Unit.CALENDAR:
        return starts_on + timedelta(days=length.count)
    return calendar.after(starts_on, length.count)


def counted_from(starts_on: date, posted_on: date | None) -> date:
    """The day from which a period is counted: the day named, or the day of the first posting if that came later."""
    return starts_on if posted_on is None else max(starts_on, posted_on)


def in_time(received_on: date, published_on: date, ends_on: date) -> bool:
    """Whether an objection counts: received from the publication to the last day, whenever it was typed in."""
    return published_on <= received_on <= ends_on

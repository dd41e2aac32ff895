"""Working days (工作日) and deadlines counted in them, exact to the State Council's yearly notice.

A year whose notice is not known is never guessed: the answer is an UnknownYear that says what to enter. The first day
of a period is not counted, the period begins on the next (民法典 art. 201).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearDays:
    """One year's notice: the weekdays that are off, the weekend days that are worked, and the notice's number."""

    year: int
    off: frozenset[date]
    worked: frozenset[date]
    source: str


@dataclass(frozen=True, slots=True)
class UnknownYear:
    """A year whose holidays are not known."""

    year: int

    @property
    def why(self) -> str:
        """What is lacking, and what to do."""
        return (
            f"{self.year} 年的节假日安排还没有录入，算不出工作日。请系统管理员按国务院办公厅的通知录入 {self.year} 年。"
        )


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years known."""

    years: Mapping[int, YearDays] = field(default_factory=dict)

    def is_working(self, day: date) -> bool | UnknownYear:
        """Whether a day is worked."""
        known = self.years.get(day.year)
        if known is None:
            return UnknownYear(day.year)
        return day in known.worked if day.weekday() >= 5 else day not in known.off

    def after(self, day: date, count: int) -> date | UnknownYear:
        """The day on which a period of `count` working days from a day ends; of none, the day itself."""
        return self._walk(day, count, _DAY)

    def before(self, day: date, count: int) -> date | UnknownYear:
        """The latest working day from which a period of `count` working days ends by a day (倒排)."""
        while True:
            working = self.is_working(day)
            if isinstance(working, UnknownYear):
                return working
            if working:
                return self._walk(day, count, -_DAY)
            day -= _DAY

    def _walk(self, day: date, count: int, step: timedelta) -> date | UnknownYear:
        if count < 0:
            raise ValueError("a period has no negative length")
        while count:
            day += step
            working = self.is_working(day)
            if isinstance(working, UnknownYear):
                return working
            count -= working
        return day

    def between(self, first: date, last: date) -> int | UnknownYear:
        """The working days after `first` up to and including `last`; negative when `last` lies before."""
        if last < first:
            backwards = self.between(last, first)
            return backwards if isinstance(backwards, UnknownYear) else -backwards
        count = 0
        for number in range(first.toordinal() + 1, last.toordinal() + 1):
            working = self.is_working(date.fromordinal(number))
            if isinstance(working, UnknownYear):
                return working
            count += working
        return count


@dataclass(frozen=True, slots=True)
class NoticeFault:
    """Why a year's notice cannot be right."""

    day: date
    why: str


def check_year(year: int, off: Iterable[date], worked: Iterable[date]) -> list[NoticeFault]:
    """What is wrong with a year as entered: days of another year, weekends told as off, weekdays told as worked."""
    faults = []
    for day in sorted({*off, *worked}):
        if day.year != year:
            faults.append(NoticeFault(day, f"{day} 不在 {year} 年。"))
    for day in sorted(set(worked)):
        if day.weekday() < 5:
            faults.append(
                NoticeFault(day, f"{day} 是星期{'一二三四五'[day.weekday()]}，本来就上班，不用列为调休上班日。")
            )
    for day in sorted(set(off) - set(worked)):
        if day.weekday() >= 5:
            faults.append(NoticeFault(day, f"{day} 是星期{'六日'[day.weekday() - 5]}，本来就休息，不用列为放假。"))
    for day in sorted(set(off) & set(worked)):
        faults.append(NoticeFault(day, f"{day} 既列为放假又列为上班。"))
    return faults

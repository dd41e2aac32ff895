"""The calendar as it is known now: the years of the package, and those entered since."""

from __future__ import annotations

from datetime import date
from functools import cache

from chinese_calendar import constants

from gongdi.apps.workdays.models import CalendarYear
from gongdi.core.workdays import UnknownYear, WorkCalendar, YearDays
from gongdi.web.once import once

PACKAGE = "chinesecalendar"


@cache
def packaged_years() -> dict[int, YearDays]:
    """The years that come with the calendar package, up to the last whose notice it knows."""
    holidays, worked = set(constants.holidays), set(constants.workdays)
    years = range(min(holidays).year, max(holidays).year + 1)
    return {
        year: YearDays(
            year,
            frozenset(day for day in holidays if day.year == year and day.weekday() < 5),
            frozenset(day for day in worked if day.year == year and day.weekday() >= 5),
            PACKAGE,
        )
        for year in years
    }


def calendar() -> WorkCalendar:
    """The years known: one query a page."""
    return once("workdays.calendar", _calendar)


def _calendar() -> WorkCalendar:
    years = dict(packaged_years())
    for row in CalendarYear.objects.all():
        years[row.year] = YearDays(row.year, _days(row.off), _days(row.worked), row.notice)
    return WorkCalendar(years)


def due_after(day: date, count: int) -> date | None:
    """The day on which a period of working days ends; None when its year is not known (no deadline is guessed)."""
    found = calendar().after(day, count)
    return None if isinstance(found, UnknownYear) else found


def _days(texts: list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)

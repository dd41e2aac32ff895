"""How long a notice runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.notices.period import Length, Unit, counted_from, in_time, last_day
from gongdi.core.workdays import UnknownYear, WorkCalendar, YearDays

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
# New Year's day 2026-01-01 off, Sunday 2026-01-04 worked: as the year's notice said.
KNOWN = WorkCalendar(
    {2026: YearDays(2026, frozenset({date(2026, 1, 1), date(2026, 1, 2)}), frozenset({date(2026, 1, 4)}), "x")}
)


@given(DAYS, st.integers(1, 60))
def test_calendar_days_are_counted_from_the_next_day_without_a_calendar(day: date, count: int) -> None:
    assert last_day(day, Length(count, Unit.CALENDAR), WorkCalendar()) == day + timedelta(days=count)


def test_working_days_follow_the_years_notice() -> None:
    assert last_day(date(2025, 12, 31), Length(1, Unit.WORKING), KNOWN) == date(2026, 1, 4)
    assert last_day(date(2026, 1, 1), Length(2, Unit.WORKING), KNOWN) == date(2026, 1, 5)


def test_a_year_that_is_not_known_is_told_and_not_guessed() -> None:
    assert last_day(date(2026, 12, 31), Length(1, Unit.WORKING), KNOWN) == UnknownYear(2027)


def test_a_notice_of_no_days_is_none() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Length(0, Unit.CALENDAR)


@given(DAYS, st.none() | DAYS)
def test_the_period_never_begins_before_the_notice_was_put_up(starts: date, posted: date | None) -> None:
    found = counted_from(starts, posted)
    assert found >= starts
    assert posted is None or found >= posted
    assert found in (starts, posted)


@given(DAYS, st.integers(0, 30), st.integers(-5, 40))
def test_what_was_received_on_the_first_or_the_last_day_is_in_time(first: date, length: int, at: int) -> None:
    last = first + timedelta(days=length)
    assert in_time(first + timedelta(days=at), first, last) == (0 <= at <= length)

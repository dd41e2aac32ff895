from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.workdays import UnknownYear, WorkCalendar, YearDays, check_year

# A made-up year: the week of the first of May off, the Sunday before it and the Saturday after it worked.
OFF = frozenset(date(2026, 5, day) for day in range(1, 6))
WORKED = frozenset({date(2026, 4, 26), date(2026, 5, 9)})
CALENDAR = WorkCalendar({2026: YearDays(2026, OFF, WORKED, "测试")})
DAYS = st.dates(date(2026, 2, 10), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 4, 24), 1, date(2026, 4, 26)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 5, 8), 2, date(2026, 5, 11)),
    ],
)
def test_the_first_day_is_not_counted_and_days_off_are_passed_over(day: date, count: int, end: date) -> None:
    assert CALENDAR.after(day, count) == end


def test_a_period_into_a_year_not_entered_is_refused_by_its_year() -> None:
    found = CALENDAR.after(date(2026, 12, 30), 5)
    assert found == UnknownYear(2027)
    assert "2027" in found.why


@given(DAYS, st.integers(0, 20))
def test_walking_there_and_counting_back_agree(day: date, count: int) -> None:
    end = CALENDAR.after(day, count)
    assert isinstance(end, date)
    assert CALENDAR.between(day, end) == count
    slow, walked = day, 0
    while walked < count:
        slow += timedelta(days=1)
        walked += (slow.weekday() < 5 and slow not in OFF) or slow in WORKED
    assert slow == end


@given(DAYS, st.integers(1, 20))
def test_a_schedule_made_backwards_leaves_enough_days(day: date, count: int) -> None:
    start = CALENDAR.before(day, count)
    assert isinstance(start, date)
    ends, later = CALENDAR.after(start, count), CALENDAR.after(start + timedelta(days=1), count)
    assert isinstance(ends, date)
    assert isinstance(later, date)
    assert CALENDAR.is_working(start) is True
    assert ends <= day
    assert later > day or CALENDAR.is_working(start + timedelta(days=1)) is False


def test_a_wrong_notice_is_named_day_by_day() -> None:
    faults = check_year(2026, [date(2027, 1, 1), date(2026, 5, 9)], [date(2026, 5, 9), date(2026, 3, 3)])
    assert [fault.day for fault in faults] == [date(2027, 1, 1), date(2026, 3, 3), date(2026, 5, 9)]
    (weekend,) = check_year(2026, [date(2026, 5, 10)], [])
    assert "本来就休息" in weekend.why

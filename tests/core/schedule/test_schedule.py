from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.schedule import Standing, Step, schedule_backwards, standing_of
from gongdi.core.workdays import UnknownYear, WorkCalendar, YearDays

YEARS = WorkCalendar({year: YearDays(year, frozenset(), frozenset(), "测试") for year in (2026, 2027)})
steps = st.lists(st.builds(Step, key=st.uuids().map(str), workdays=st.integers(0, 30)), min_size=1, max_size=8)
days = st.dates(date(2027, 1, 4), date(2027, 12, 31))


@given(days, steps)
def test_starting_each_step_on_its_day_reaches_the_next_in_time(finish: date, told: list[Step]) -> None:
    found = schedule_backwards(finish, told, YEARS)
    if isinstance(found, UnknownYear):
        assert sum(step.workdays for step in told) > 200
        return
    assert [due.key for due in found] == [step.key for step in told]
    assert found[-1].on == finish
    for before, due, step in zip(found, found[1:], told[1:], strict=False):
        ends = YEARS.after(before.on, step.workdays)
        assert isinstance(ends, date)
        assert ends <= due.on


def test_a_schedule_reaching_into_a_year_not_entered_is_refused() -> None:
    told = [Step("a", 0), Step("b", 30)]
    assert schedule_backwards(date(2026, 1, 10), told, YEARS) == UnknownYear(2025)


@given(days, st.none() | days, days)
def test_a_node_is_late_just_when_its_day_is_past_and_it_is_not_reached(
    due: date, done: date | None, today: date
) -> None:
    found = standing_of(due, done, today, YEARS)
    assert found.is_late == (done is None and today > due)
    assert (found.standing is Standing.REACHED_LATE) == (done is not None and done > due)


def test_five_working_days_ahead_is_near_and_six_is_not() -> None:
    monday = date(2027, 3, 1)
    assert standing_of(monday + timedelta(days=7), None, monday, YEARS).standing is Standing.NEAR
    assert standing_of(monday + timedelta(days=8), None, monday, YEARS).standing is Standing.AHEAD

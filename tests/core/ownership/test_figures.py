"""The figures of a dwelling on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.ownership.figures import Figures, Former, figures_on

DAY = date(2026, 1, 1)


def flat(area: int) -> Figures:
    return Figures(area, "registered", "residence")


def test_figures_hold_up_to_the_day_before_they_ended() -> None:
    former = [Former(DAY, flat(5000))]
    assert figures_on(DAY - timedelta(days=1), flat(5200), former) == flat(5000)
    assert figures_on(DAY, flat(5200), former) == flat(5200)


def test_without_a_past_todays_figures_hold_on_every_day() -> None:
    assert figures_on(date.min, flat(5200), []) == flat(5200)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 9_999)), max_size=6), st.integers(0, 70))
def test_walking_the_changes_day_by_day_gives_the_same(changes: list[tuple[int, int]], on: int) -> None:
    """The second count keeps a calendar: each day written with what held on it."""
    former = {until: area for until, area in changes}
    calendar, last = {}, 0
    for until in sorted(former):
        calendar |= dict.fromkeys(range(last, until), former[until])
        last = until
    expected = calendar.get(on, 7)
    told = [Former(DAY + timedelta(days=until), flat(area)) for until, area in former.items()]
    assert figures_on(DAY + timedelta(days=on), flat(7), told) == flat(expected)

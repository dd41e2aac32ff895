"""Divisions over time: what a code meant on a day, what became of a division since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.divisions import Change, ChangeKind, Naming, System, division_on, fault_of_change, successor_of

NAMES = "abcdef"
FIRST = date(2000, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
some = st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=3)
changes = st.lists(st.builds(Change, days, st.sampled_from(ChangeKind), some, some), max_size=8)
merges = st.lists(
    st.builds(lambda on, old, new: Change(on, ChangeKind.MERGE, old, frozenset({new})), days, some,
              st.sampled_from(NAMES)),
    max_size=8,
)  # fmt: skip


def change(on: str, kind: ChangeKind, old: str, new: str) -> Change[str]:
    return Change(date.fromisoformat(on), kind, frozenset(old), frozenset(new))


def test_a_merged_street_is_the_new_one_from_its_day_on() -> None:
    merged = [change("2021-01-01", ChangeKind.MERGE, "ab", "c")]
    assert successor_of("a", date(2020, 12, 31), merged).sole == "a"
    found = successor_of("a", date(2021, 1, 1), merged)
    assert (found.sole, found.trail) == ("c", tuple(merged))
    assert successor_of("d", date(2022, 1, 1), merged).sole == "d"


def test_a_split_tells_all_that_it_can_be_and_guesses_none() -> None:
    found = successor_of("a", date(2022, 1, 1), [change("2021-01-01", ChangeKind.SPLIT, "a", "ab")])
    assert found.sole is None
    assert found.now == frozenset("ab")


def test_a_record_made_after_a_change_knows_it() -> None:
    split = [change("2021-01-01", ChangeKind.SPLIT, "a", "ab")]
    assert successor_of("a", date(2022, 1, 1), split, recorded_on=date(2021, 1, 1)).sole == "a"
    assert successor_of("a", date(2022, 1, 1), split, recorded_on=date(2020, 12, 31)).sole is None


def test_two_streets_swap_their_names_on_one_day() -> None:
    swap = [change("2021-01-01", ChangeKind.RENAME, "a", "b"), change("2021-01-01", ChangeKind.RENAME, "b", "a")]
    assert successor_of("a", date(2021, 1, 1), swap).sole == "b"
    assert successor_of("b", date(2021, 1, 1), swap).sole == "a"


def test_the_same_code_is_another_street_in_the_other_system_or_on_another_day() -> None:
    namings = [
        Naming("甬江", System.NBS, "330205005"),
        Naming("庄桥", System.MCA, "330205005"),
        Naming("旧", System.NBS, "330205001", until=date(2020, 12, 31)),
        Naming("新", System.NBS, "330205001", since=date(2021, 1, 1)),
    ]
    today = date(2022, 1, 1)
    assert division_on("330205005", System.NBS, today, namings) == {"甬江"}
    assert division_on("330205005", System.MCA, today, namings) == {"庄桥"}
    assert division_on("330205005", System.OWN, today, namings) == frozenset()
    assert division_on("330205001", System.NBS, date(2020, 12, 31), namings) == {"旧"}
    assert division_on("330205001", System.NBS, date(2021, 1, 1), namings) == {"新"}


@given(st.sampled_from(NAMES), changes, days, days)
def test_following_to_a_day_and_on_from_there_is_following_at_once(
    name: str, made: list[Change[str]], one: date, other: date
) -> None:
    middle, end = sorted((one, other))
    # Each possibility can be followed alone: together they tell neither more nor less.
    halfway = successor_of(name, middle, made).now
    onward = frozenset(last for each in halfway for last in successor_of(each, end, made, recorded_on=middle).now)
    at_once = successor_of(name, end, made).now
    assert onward == at_once


@given(st.sampled_from(NAMES), changes, days, st.randoms())
def test_something_is_always_left_whatever_the_order_of_the_list(
    name: str, made: list[Change[str]], day: date, chance: object
) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = successor_of(name, day, made)
    assert found.now
    assert found.now == successor_of(name, day, shuffled).now
    assert list(found.trail) == sorted(found.trail, key=lambda each: each.on)


@given(st.sampled_from(NAMES), merges, days)
def test_merges_of_one_day_each_leave_exactly_one(name: str, made: list[Change[str]], day: date) -> None:
    apart = list({each.on: each for each in made}.values())
    assert successor_of(name, day, apart).sole is not None


@given(days, days, days, days, days)
def test_two_namings_meet_exactly_when_some_day_lies_in_both(a: date, b: date, c: date, d: date, day: date) -> None:
    one, other = Naming("x", System.NBS, "1", *sorted((a, b))), Naming("y", System.NBS, "1", *sorted((c, d)))
    both = any(one.holds_on(FIRST + timedelta(days=n)) and other.holds_on(FIRST + timedelta(days=n)) for n in range(41))
    assert one.meets(other) is both is other.meets(one)
    assert not (one.holds_on(day) and other.holds_on(day)) or one.meets(other)


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        (ChangeKind.MERGE, "ab", "c", None),
        (ChangeKind.MERGE, "a", "b", None),
        (ChangeKind.MERGE, "a", "a", "至少涉及两个"),
        (ChangeKind.MERGE, "ab", "cd", "只有一个"),
        (ChangeKind.SPLIT, "a", "ab", None),
        (ChangeKind.SPLIT, "a", "b", "至少填两个"),
        (ChangeKind.RENAME, "a", "b", None),
        (ChangeKind.RENAME, "a", "a", "没有变化"),
        (ChangeKind.PROMOTE, "ab", "c", "之前只有一个"),
        (ChangeKind.REDRAW, "ab", "abc", None),
        (ChangeKind.REDRAW, "", "a", "至少要有一个"),
    ],
)
def test_a_change_that_cannot_be_is_told(kind: ChangeKind, old: str, new: str, told: str | None) -> None:
    fault = fault_of_change(change("2021-01-01", kind, old, new))
    assert fault is None if told is None else fault is not None and told in fault

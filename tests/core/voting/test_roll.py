"""Who stands on the roll, with how many heads and how much area."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.ownership.spells import Spell
from gongdi.core.voting.counting import Count
from gongdi.core.voting.roll import (
    HeadsRule,
    Reason,
    RollDwelling,
    build_roll,
    public_roll,
    roll_digest,
    unit_name,
)  # fmt: skip

DAY = date(2026, 3, 1)
WHOLE, HALF = Fraction(1), Fraction(1, 2)


def roll(dwellings: list[RollDwelling], spells: list[Spell], developers: dict[int, str] | None = None, **rule):
    return build_roll(DAY, dwellings, spells, developers or {}, HeadsRule(**rule))


def test_all_dwellings_of_one_owner_are_one_head() -> None:
    found = roll([RollDwelling(1, 5000), RollDwelling(2, 7000)], [Spell(1, 9, WHOLE), Spell(2, 9, WHOLE)])
    assert found.everyone == Count(1, 12_000)


def test_co_owners_of_one_dwelling_are_one_head_beside_what_one_owns_alone() -> None:
    spells = [Spell(1, 8, HALF), Spell(1, 9, HALF), Spell(2, 9, WHOLE), Spell(3, 8, HALF), Spell(3, 9, HALF)]
    found = roll([RollDwelling(n, 1000) for n in (1, 2, 3)], spells)
    assert [unit.dwellings for unit in found.units] == [(1, 3), (2,)]
    assert found.everyone == Count(2, 3000)


def test_the_developers_stock_is_one_head_also_under_two_names() -> None:
    found = roll(
        [RollDwelling(n, 1000) for n in (1, 2, 3)], [Spell(n, 6 + n % 2, WHOLE) for n in (1, 2, 3)], {6: "A", 7: "A"}
    )
    assert found.everyone == Count(1, 3000)


def test_the_stock_of_two_developers_is_two_heads() -> None:
    found = roll([RollDwelling(n, 1000) for n in (1, 2, 3)], [Spell(n, 6 + n % 2, WHOLE) for n in (1, 2, 3)],
                 {6: "A", 7: "B"})  # fmt: skip
    assert found.everyone == Count(2, 3000)


def test_parking_garage_and_storage_are_left_off_with_the_reason() -> None:
    rows = [RollDwelling(n, 100, use) for n, use in enumerate(["residence", "parking", "garage", "storage", "shop"])]
    found = roll(rows, [Spell(n, n, WHOLE) for n in range(5)])
    assert [(row.dwelling, row.reason) for row in found.left_off] == [(n, Reason.USE_NOT_COUNTED) for n in (1, 2, 3)]
    assert found.everyone == Count(2, 200)


def test_a_city_may_count_parking_and_each_dwelling_apart() -> None:
    rows = [RollDwelling(1, 100), RollDwelling(2, 30, "parking")]
    found = roll(rows, [Spell(1, 9, WHOLE), Spell(2, 9, WHOLE)], uses_left_off=frozenset(), one_head_an_owner=False)
    assert found.everyone == Count(2, 130)


def test_a_dwelling_whose_owner_is_unknown_counts_in_the_base_unless_the_rule_says_otherwise() -> None:
    rows = [RollDwelling(1, 100), RollDwelling(2, 50)]
    counted = roll(rows, [Spell(1, 9, WHOLE)])
    assert counted.everyone == Count(2, 150)
    assert counted.units[1].owners == ()
    left = roll(rows, [Spell(1, 9, WHOLE)], unknown_counts=False)
    assert left.everyone == Count(1, 100)
    assert left.left_off[0].reason is Reason.OWNER_UNKNOWN


def test_a_dwelling_stands_on_the_rolls_of_its_own_days_and_is_listed_on_the_others() -> None:
    split = date(2026, 5, 1)
    rows = [RollDwelling(1, 8_000, ended_on=split), RollDwelling(2, 4_000, began_on=split)]
    spells = [Spell(1, 7, Fraction(1), until=split), Spell(2, 7, Fraction(1), since=split)]
    for day, stands, reason in ((split - timedelta(1), 1, Reason.NOT_YET), (split, 2, Reason.ENDED)):
        found = build_roll(day, rows, spells, {})
        assert [unit.dwellings for unit in found.units] == [(stands,)]
        assert [(row.dwelling, row.reason) for row in found.left_off] == [(3 - stands, reason)]


def test_the_roll_is_that_of_its_day() -> None:
    rows = [RollDwelling(1, 100), RollDwelling(2, 50, ended_on=DAY)]
    spells = [Spell(1, 8, WHOLE, None, DAY), Spell(1, 9, WHOLE, DAY, None), Spell(2, 8, WHOLE)]
    found = roll(rows, spells)
    assert found.units[0].owners == (9,)
    assert found.left_off[0].reason is Reason.ENDED


DWELLINGS = st.lists(
    st.builds(
        RollDwelling, st.integers(1, 30), st.integers(1, 9999), st.sampled_from(["residence", "shop", "parking"]),
        st.sampled_from([None, date(2020, 1, 1), date(2030, 1, 1)]),
    ),
    unique_by=lambda row: row.dwelling,
)  # fmt: skip
SPELLS = st.lists(
    st.builds(Spell, st.integers(1, 30), st.integers(1, 6), st.just(HALF), st.just(None),
              st.sampled_from([None, date(2025, 1, 1)]))
)  # fmt: skip


@given(rows=DWELLINGS, spells=SPELLS, unknown=st.booleans(), merged=st.booleans())
def test_every_dwelling_is_on_the_roll_or_listed_with_a_reason(rows, spells, unknown: bool, merged: bool) -> None:
    found = roll(rows, spells, {1: "A"}, unknown_counts=unknown, one_head_an_owner=merged)
    told = [number for unit in found.units for number in unit.dwellings] + [row.dwelling for row in found.left_off]
    assert Counter(told) == Counter(row.dwelling for row in rows)
    areas = {row.dwelling: row.area for row in rows}
    assert found.everyone.area == sum(areas.values()) - sum(row.area for row in found.left_off)


@given(rows=DWELLINGS, spells=SPELLS, shuffled=st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_the_order_of_what_is_read(rows, spells, shuffled) -> None:
    first = public_roll(roll(rows, spells), b"salt", "sha256")
    shuffled.shuffle(rows)
    shuffled.shuffle(spells)
    assert public_roll(roll(rows, spells), b"salt", "sha256") == first
    assert roll_digest("sha256", first.lines) == first.digest


def test_the_published_roll_tells_neither_rooms_nor_owners_unless_the_rule_publishes_rooms() -> None:
    found = roll([RollDwelling(101, 8735)], [Spell(101, 77, WHOLE)])
    name = unit_name(b"salt", found.units[0])
    assert public_roll(found, b"salt", "sha256").lines == (f'{{"area":8735,"heads":1,"kind":"unit","unit":"{name}"}}',)
    assert unit_name(b"other", found.units[0]) != name
    told = public_roll(found, b"salt", "sha256", lambda dwellings: f"3幢{dwellings[0]}").lines[0]
    assert '"rooms":"3幢101"' in told

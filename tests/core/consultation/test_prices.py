"""Prices, payers, and what falls to one household."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.consultation.prices import (
    WHOLE,
    Basis,
    Everyone,
    Payer,
    Price,
    costs_of,
    household_part,
    parts_of,
    stairwell_part,
    total_of,
)

COMPOUND = Everyone(households=480, area=3_600_000)


@st.composite
def shares(draw: st.DrawFn) -> dict[Payer, int]:
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=len(Payer) - 1, max_size=len(Payer) - 1)))
    return dict(zip(Payer, [b - a for a, b in zip([0, *cuts], [*cuts, WHOLE], strict=True)], strict=True))


@pytest.mark.parametrize(
    ("price", "total"),
    [
        (Price(Basis.TOTAL, 123_456), 123_456),
        (Price(Basis.PER_DWELLING, 5_000), 2_400_000),
        (Price(Basis.PER_M2, 350), 12_600_000),
        (Price(Basis.PER_UNIT, 80_000, 3), 240_000),
    ],
)
def test_a_price_makes_a_total_by_its_basis(price: Price, total: int) -> None:
    assert total_of(price, COMPOUND) == total


def test_a_household_of_75_25_m2_pays_its_part_by_area_rounded_half_up_once() -> None:
    # 600 000 yuan, five in a hundred by the owners of 36 000 m2: 62.7083... yuan.
    assert household_part(Price(Basis.TOTAL, 60_000_000), 500, 7_525, COMPOUND) == 6_271
    assert household_part(Price(Basis.PER_DWELLING, 10_001), 5_000, 7_525, COMPOUND) == 5_001
    assert household_part(Price(Basis.PER_M2, 100), WHOLE, 7_525, COMPOUND) == 7_525


def test_nobody_pays_a_part_where_no_area_is_known() -> None:
    assert household_part(Price(Basis.TOTAL, 100), WHOLE, 0, Everyone(0, 0)) == 0


@given(total=st.integers(0, 10**13), held=shares())
def test_the_parts_of_the_payers_always_sum_to_the_total_and_miss_the_exact_by_less_than_a_fen(
    total: int, held: dict[Payer, int]
) -> None:
    parts = parts_of(total, held)
    assert sum(parts.values()) == total
    for payer, share in held.items():
        assert abs(parts[payer] - Fraction(total * share, WHOLE)) < 1


@pytest.mark.parametrize("held", [{Payer.FISCAL: 9_999}, {Payer.FISCAL: 10_500, Payer.OWNERS: -500}])
def test_shares_that_make_no_whole_are_refused(held: dict[Payer, int]) -> None:
    with pytest.raises(ValueError, match="whole"):
        parts_of(100, held)


@given(fen=st.integers(0, 10**11), areas=st.lists(st.integers(1_000, 20_000), min_size=1, max_size=60))
def test_the_parts_of_all_households_miss_the_owners_total_by_at_most_half_a_fen_each(
    fen: int, areas: list[int]
) -> None:
    everyone = Everyone(len(areas), sum(areas))
    paid = sum(household_part(Price(Basis.TOTAL, fen), 500, area, everyone) for area in areas)
    assert abs(paid - Fraction(fen * 500, WHOLE)) <= Fraction(len(areas), 2)


def test_costs_are_summed_item_by_item_with_who_pays() -> None:
    owners = {Payer.FISCAL: 9_500, Payer.OWNERS: 500}
    utility = {Payer.UTILITY: WHOLE}
    costs = costs_of([(Price(Basis.TOTAL, 1_000), owners), (Price(Basis.TOTAL, 333), utility)], Everyone(3, 100))
    assert (costs.total, costs.parts[Payer.OWNERS], costs.parts[Payer.UTILITY]) == (1_333, 50, 333)
    assert (costs.owners_each(3), costs.owners_each(0)) == (17, 0)


LIFT = Price(Basis.STAIRWELL, 48_000_000, 4)


def test_what_a_stairwell_bears_falls_to_no_household_of_the_compound() -> None:
    everyone = Everyone(households=642, area=4_000_000)
    assert household_part(LIFT, 6_000, 9_250, everyone) is None
    assert stairwell_part(LIFT, 6_000) == 28_800_000
    assert total_of(LIFT, everyone) == 192_000_000


def test_the_average_of_all_households_leaves_out_what_single_stairwells_bear() -> None:
    everyone = Everyone(households=100, area=1_000_000)
    shares = dict.fromkeys(Payer, 0) | {Payer.FISCAL: 4_000, Payer.OWNERS: 6_000}
    both = costs_of([(LIFT, shares), (Price(Basis.TOTAL, 1_000_000), shares)], everyone)
    alone = costs_of([(Price(Basis.TOTAL, 1_000_000), shares)], everyone)
    assert both.owners_each(100) == alone.owners_each(100) == 6_000
    assert both.stairwells == 115_200_000
    assert both.parts[Payer.OWNERS] == 115_200_000 + 600_000

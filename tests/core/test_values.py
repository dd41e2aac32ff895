from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.values import Area, DivisionCode, Money, format_hundredths, parse_hundredths, round_half_up


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_what_is_formatted_parses_to_the_same_hundredths(hundredths: int) -> None:
    assert parse_hundredths(format_hundredths(hundredths)) == hundredths


@pytest.mark.parametrize("text", ["1.005", "", "abc", "1e5", "１２", "1,000", " 1", "NaN", "--1", "1."])
def test_a_text_that_is_no_plain_amount_is_refused(text: str) -> None:
    assert parse_hundredths(text) is None


def test_a_truth_value_is_no_amount() -> None:
    assert parse_hundredths(True) is None


@pytest.mark.parametrize(("value", "whole"), [("1/2", 1), ("3/2", 2), ("-1/2", -1), ("5/4", 1), ("0", 0)])
def test_halves_round_away_from_zero(value: str, whole: int) -> None:
    assert round_half_up(Fraction(value)) == whole


def test_money_and_area_add_exactly() -> None:
    assert str(Money(10) + Money(20)) == "0.30"
    assert Area.from_m2("86.40") == Area(8640)


def test_a_division_code_needs_its_system() -> None:
    assert DivisionCode("nbs", "330205001").county == "330205"
    with pytest.raises(ValueError, match="not a division code"):
        DivisionCode("other", "330205")

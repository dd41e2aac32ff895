from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.values import round_half_up
from gongdi.web import words
from gongdi.web.words import in_m2, in_wan_m2


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (47_000, "47,000"), (None, "—"), ("", "—")])
def test_a_number_that_is_not_there_is_a_dash(value: int | None, text: str) -> None:
    assert words.separated(value) == text


@given(st.integers(-(10**15), 10**15) | st.none(), st.sampled_from([100, 1_000_000]))
def test_two_decimals_are_those_of_exact_fractions_rounded_half_away_from_zero(value: int | None, per: int) -> None:
    shown = in_m2(value) if per == 100 else in_wan_m2(value)
    if value is None:
        assert shown == "—"
        return
    exact = round_half_up(Fraction(value * 100, per))
    assert int(shown.replace(",", "").replace(".", "")) == exact
    assert shown[-3] == "."

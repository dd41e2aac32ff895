from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.ownership.shares import parse_share, share_text


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", Fraction(1)), ("全部", Fraction(1)), ("100%", Fraction(1)), ("1/1", Fraction(1)),
        ("１／２", Fraction(1, 2)), ("50 %", Fraction(1, 2)), ("33.3333%", Fraction(333333, 1000000)),
        ("三分之二", Fraction(2, 3)), ("十分之三", Fraction(3, 10)), ("二十分之十一", Fraction(11, 20)),
    ],
)  # fmt: skip
def test_a_share_is_read_as_it_is_written(text: str, share: Fraction) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["0/2", "3/2", "1/0", "0%", "101%", "半套", "1.5", "-1/2", "分之", "十十分之一"])
def test_what_is_no_share_of_a_whole_is_none(text: str) -> None:
    assert parse_share(text) is None


@given(st.integers(1, 999_999).flatmap(lambda below: st.tuples(st.integers(1, below), st.just(below))))
def test_a_share_survives_being_written_and_read(pair: tuple[int, int]) -> None:
    share = Fraction(*pair)
    assert parse_share(share_text(share)) == share

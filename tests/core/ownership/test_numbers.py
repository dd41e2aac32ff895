import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.ownership.numbers import (
    as_new_number,
    fault_of_number,
    is_credit_code,
    is_identity_number,
    is_old_identity_number,
)


def test_the_check_digit_of_a_made_up_number_holds() -> None:
    assert is_identity_number("110101199003070134") is (fault_of_number("110101199003070134") is None)
    assert is_identity_number("11010519491231002X")
    assert fault_of_number("11010519491231002X") is None


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(position: int, digit: str) -> None:
    right = "11010519491231002X"
    wrong = right[:position] + digit + right[position + 1 :]
    assert is_identity_number(wrong) is (wrong == right)


def test_a_number_with_an_impossible_birthday_is_refused_though_its_check_digit_is_right() -> None:
    assert not any(is_identity_number(f"11010519491331002{last}") for last in "0123456789X")


def test_credit_codes_are_checked_by_their_weights() -> None:
    assert is_credit_code("91110000600037341L")
    assert not is_credit_code("91110000600037341M")
    assert fault_of_number("91110000600037341M") is not None


@pytest.mark.parametrize("number", ["", "G12345678", "110105491231002", "H0123456700"])
def test_numbers_without_a_check_are_let_pass(number: str) -> None:
    assert fault_of_number(number) is None


@pytest.mark.parametrize("text", ["无", "不详", "/", "0", "000000", "见附件", "ABCDEFG", "12345"])
def test_a_word_in_the_place_of_a_number_is_no_number(text: str) -> None:
    assert fault_of_number(text) is not None


def test_the_old_and_the_new_number_of_one_person_are_one() -> None:
    assert as_new_number("110105491231002") == "11010519491231002X"
    assert as_new_number("11010519491231002X") == "11010519491231002X"
    assert as_new_number("G12345678") == "G12345678"


def test_old_numbers_have_fifteen_digits() -> None:
    assert is_old_identity_number("110105491231002")
    assert not is_old_identity_number("11010549123100X")

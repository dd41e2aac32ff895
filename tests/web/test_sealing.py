from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from gongdi.web import sealing

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)


@given(TEXT, TEXT)
def test_what_is_sealed_opens_again_and_only_for_its_purpose(text: str, purpose: str) -> None:
    sealed = sealing.seal(text, purpose)
    assert text.encode() not in sealed or len(text) < 2
    assert sealing.unseal(sealed, purpose) == text
    with pytest.raises(sealing.CannotUnsealError):
        sealing.unseal(sealed, purpose + "x")


@given(TEXT, st.integers(2, 40))
def test_a_changed_byte_is_refused(text: str, place: int) -> None:
    sealed = bytearray(sealing.seal(text, "test"))
    sealed[place % (len(sealed) - 2) + 2] ^= 1
    with pytest.raises(sealing.CannotUnsealError):
        sealing.unseal(bytes(sealed), "test")


def test_the_same_text_is_sealed_differently_each_time_and_digested_alike() -> None:
    assert sealing.seal("甲", "test") != sealing.seal("甲", "test")
    assert sealing.digest("１３８ 0000-0001", "phone") == sealing.digest("13800000001", "phone")
    assert sealing.digest("13800000001", "phone") != sealing.digest("13800000001", "number")
    assert sealing.digest("阿依·买买提", "name") == sealing.digest("阿依买买提", "name")


def test_an_added_key_seals_what_comes_and_opens_what_was(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    sealing.make_key_file(path)
    with override_settings(SEALING_KEY_FILE=path):
        old, mark = sealing.seal("甲", "test"), sealing.digest("甲", "test")
        other = tmp_path / "more"
        sealing.make_key_file(other)
        key = other.read_text().strip().partition(":")[2]
        grown = tmp_path / "grown"
        grown.write_text(path.read_text() + f"2:{key}\n")
    with override_settings(SEALING_KEY_FILE=grown):
        new = sealing.seal("甲", "test")
        assert new[1] == 2
        assert sealing.unseal(old, "test") == sealing.unseal(new, "test") == "甲"
        assert sealing.digest("甲", "test") == mark
    with override_settings(SEALING_KEY_FILE=other), pytest.raises(sealing.CannotUnsealError):
        sealing.unseal(old, "test")


@pytest.mark.parametrize(
    ("plain", "shown"),
    [("王五", "王*"), ("欧阳娜娜", "欧***"), ("某某房地产开发有限公司", "某某***公司"), ("", "")],
)
def test_a_name_is_masked_as_lists_show_it(plain: str, shown: str) -> None:
    assert sealing.masked_name(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"),
    [("13800001234", "138****1234"), ("11010519491231002X", "110*************2X"), ("1234567", "*******"), ("", "")],
)
def test_a_number_is_masked_as_lists_show_it(plain: str, shown: str) -> None:
    assert sealing.masked_number(plain) == shown

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.exchange.figures import chinese_number, read_quantity


@pytest.mark.parametrize(
    ("text", "amount", "size", "sureness"),
    [
        ("13000", "13000", 1, "sure"),
        ("13,000", "13000", 1, "sure"),
        ("13，000", "13000", 1, "sure"),
        ("13 000", "13000", 1, "sure"),
        ("１３０００", "13000", 1, "sure"),
        ("251.6", "251.6", 1, "sure"),
        ("1.32万", "1.32", 10_000, "sure"),
        ("１.３２萬", "1.32", 10_000, "sure"),
        ("23000㎡", "23000", 1, "sure"),
        ("24.3万㎡", "24.3", 10_000, "sure"),
        ("2.4万平方米", "2.4", 10_000, "sure"),
        ("418万元", "418", 10_000, "sure"),
        ("1.5亿元", "1.5", 100_000_000, "sure"),
        ("3,800.50元", "3800.50", 1, "sure"),
        ("3栋", "3", 1, "sure"),
        ("120 户", "120", 1, "sure"),
        ("13000(㎡)", "13000", 1, "sure"),
        ("约1.32万", "1.32", 10_000, "likely"),
        ("近300户", "300", 1, "likely"),
        ("120余户", "120", 1, "likely"),
        ("120户左右", "120", 1, "likely"),
        ("1.2万余平方米", "1.2", 10_000, "likely"),
        ("一百二十户", "120", 1, "likely"),
        ("三十余栋", "30", 1, "likely"),
        ("二十万平方米", "20", 10_000, "likely"),
        ("105（含12户空置）", "105", 1, "likely"),
        ("1.2-1.5万", "1.2", 10_000, "guess"),
        ("10～12栋", "10", 1, "guess"),
        ("100户以上", "100", 1, "guess"),
        ("-5", "-5", 1, "sure"),
        ("1.3E+04", "13000", 1, "sure"),
    ],
)
def test_a_number_is_read_as_a_clerk_would(text: str, amount: str, size: int, sureness: str) -> None:
    quantity = read_quantity(text)
    assert quantity.amount == Decimal(amount)
    assert (quantity.unit.factor if quantity.unit else 1) * (quantity.multiple or 1) == size
    assert quantity.sureness == sureness
    assert quantity.fault == ""
    assert bool(quantity.note) == (sureness != "sure")


@pytest.mark.parametrize("text", ["", " ", "-", "—", "/", "无", "暂无", "N/A", "不详", "待定"])
def test_a_cell_that_says_nothing_is_unknown_and_no_fault(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity.amount is None
    assert quantity.fault == ""


@pytest.mark.parametrize(
    "text", ["三栋半", "12 3", "1,32", "#REF!", "abc", "1.5-1.2万", "三百五", "三万五", "1" * 101, "9" * 16]
)
def test_a_number_that_could_mean_two_things_is_not_read(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity.amount is None
    assert quantity.fault


@pytest.mark.parametrize("value", [True, date(2020, 1, 1), float("nan"), float("inf"), 1e300])
def test_what_is_no_number_is_not_read(value: object) -> None:
    assert read_quantity(value).amount is None
    assert read_quantity(value).fault


def test_what_a_spreadsheet_shows_is_what_is_read() -> None:
    assert read_quantity(0.1 + 0.2).amount == Decimal("0.3")
    assert read_quantity(13000.0).amount == Decimal(13000)


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_quantity(f"{number:,}").amount == number
    assert read_quantity(f"{number:,}".replace(",", "，")).amount == number


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity.amount is None or quantity.fault == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("一千二百", 1200),
        ("两万", 20000),
        ("二〇二一", 2021),
        ("三百五", None),
        ("", None),
    ],
)
def test_simple_chinese_numerals_are_read(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿", max_size=12))
def test_any_string_of_numerals_is_a_number_or_nothing(text: str) -> None:
    number = chinese_number(text)
    assert number is None or number >= 0

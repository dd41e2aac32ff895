from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.exchange.figures import YearSpan, read_years

NOW = 2026


@pytest.mark.parametrize(
    ("value", "year", "sureness"),
    [
        (1998, 1998, "sure"),
        (1998.0, 1998, "sure"),
        ("1998", 1998, "sure"),
        ("1998年", 1998, "sure"),
        ("１９９８年", 1998, "sure"),
        ("1985.6", 1985, "sure"),
        (1985.6, 1985, "sure"),
        ("1985年6月", 1985, "sure"),
        ("1985-06", 1985, "sure"),
        ("1985/6/1", 1985, "sure"),
        ("1995年12月31日", 1995, "sure"),
        ("1998年建成", 1998, "sure"),
        ("一九九八年", 1998, "sure"),
        ("二〇〇〇年", 2000, "sure"),
        (date(1985, 6, 1), 1985, "sure"),
        (datetime(1985, 6, 1), 1985, "sure"),  # noqa: DTZ001
        ("98年", 1998, "likely"),
        (98, 1998, "likely"),
        ("05年", 2005, "likely"),
        ("约1998年", 1998, "guess"),
        ("1998年左右", 1998, "guess"),
    ],
)
def test_a_year_is_read(value: object, year: int, sureness: str) -> None:
    reading = read_years(value, NOW)
    assert reading.span == YearSpan(year, year)
    assert reading.sureness == sureness


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1996-1998", 1996, 1998),
        ("1996年-1998年", 1996, 1998),
        ("1996～1998年", 1996, 1998),
        ("1996年至1998年", 1996, 1998),
        ("1996、1998", 1996, 1998),
        ("1996.5-1998.6", 1996, 1998),
        ("96-98年", 1996, 1998),
        ("1985-86", 1985, 1986),
        ("上世纪80年代", 1980, 1989),
        ("八十年代", 1980, 1989),
        ("80年代末", 1980, 1989),
        ("20世纪90年代", 1990, 1999),
        ("1980年代", 1980, 1989),
        ("七八十年代", 1970, 1989),
        ("70-80年代", 1970, 1989),
        ("1985年1月起", 1985, None),
        ("1985年1月起陆续建成", 1985, None),
        ("2000年以后", 2000, None),
        ("2000年前", None, 2000),
        ("2000年底前", None, 2000),
        ("2000年以前", None, 2000),
        ("一期1998年，二期2003年", 1998, 2003),
    ],
)
def test_a_span_stays_a_span(text: str, first: int | None, last: int | None) -> None:
    reading = read_years(text, NOW)
    assert reading.span == YearSpan(first, last)
    assert reading.span is not None
    assert reading.span.year is None
    assert reading.note


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (19998, "不是四位年份"),
        ("19998", "不是四位年份"),
        (2098, "晚于今年"),
        ("2098年", "晚于今年"),
        (1820, "早于"),
        ("1998-1996", "颠倒"),
        ("待拆迁", "不是能读懂"),
        (True, "不是年份"),
        (31199, "日期"),
    ],
)
def test_an_impossible_year_is_named(value: object, why: str) -> None:
    reading = read_years(value, NOW)
    assert reading.span is None
    assert why in reading.fault


@pytest.mark.parametrize("text", ["", "-", "不详", "未知"])
def test_a_cell_that_says_nothing_has_no_year_and_no_fault(text: str) -> None:
    assert read_years(text, NOW) == read_years("", NOW)
    assert read_years(text, NOW).fault == ""


def test_this_year_is_possible_and_the_next_is_not() -> None:
    assert read_years("2026", NOW).span == YearSpan(2026, 2026)
    assert read_years("2027", NOW).span is None


@given(st.text(alphabet="0123456789年月日-~、至前后起约上世纪八九十代初末. ", max_size=16))
def test_a_span_never_leaves_the_possible_years(text: str) -> None:
    span = read_years(text, NOW).span
    if span is not None:
        years = [year for year in (span.first, span.last) if year is not None]
        assert years
        assert all(1840 <= year <= NOW for year in years)
        assert years == sorted(years)

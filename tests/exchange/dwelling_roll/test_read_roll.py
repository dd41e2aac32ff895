"""Rolls are read dwelling by dwelling; every doubtful cell is named with place, reason and remedy."""

import io
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gongdi.exchange.dwelling_roll import DwellingEntry, RollReader
from gongdi.exchange.problems import CannotReadError

HEAD = (
    "楼栋",
    "单元",
    "房号",
    "专有部分面积（平方米）",
    "业主姓名（名称）",
    "证件号码",
    "联系电话",
    "产权份额",
    "产权起始日期",
)
TODAY = date(2027, 3, 1)
GOOD = ("1幢", "1单元", 101.0, 60.5, "李测试", "11010519491231002X", "13800000001", "", "")


def read(tmp_path: Path, *rows: Any, head: tuple[str, ...] = HEAD) -> tuple[list[DwellingEntry], RollReader]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("房屋")
        for number, row in enumerate([("某某小区房屋清册",), head, *rows]):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    path = tmp_path / "roll.xlsx"
    path.write_bytes(out.getvalue())
    reader = RollReader(path, "roll.xlsx", TODAY, "梅堰新村")
    return list(reader.dwellings()), reader


def test_a_row_becomes_a_dwelling_with_exact_area_and_text_numbers(tmp_path: Path) -> None:
    (entry,), reader = read(tmp_path, GOOD)
    assert (entry.compound, entry.room, entry.area, entry.row) == ("梅堰新村", "101", 6050, 3)
    assert entry.owners[0].share == Fraction(1)
    assert reader.problems.finished() == ()


def test_adjacent_rows_of_one_dwelling_are_its_co_owners(tmp_path: Path) -> None:
    first = (*GOOD[:7], "1/3", "2015-3-1")
    second = (*GOOD[:3], "", "王测试", "", "13800000002", "三分之二", "2015年3月1日")
    (entry,), reader = read(tmp_path, first, second)
    assert [(owner.share, owner.since) for owner in entry.owners] == [
        (Fraction(1, 3), date(2015, 3, 1)), (Fraction(2, 3), date(2015, 3, 1)),
    ]  # fmt: skip
    assert reader.count == 1


@pytest.mark.parametrize(
    ("column", "value", "cell", "why"),
    [
        (0, "", "A3", "没有填楼栋"),
        (2, "", "C3", "没有填房号"),
        (3, "六十", "D3", "至多两位小数"),
        (3, 60.123, "D3", "至多两位小数"),
        (3, -1, "D3", "大于零"),
        (3, 10_000_000, "D3", "10 万平方米"),
        (4, "李测试、王测试", "E3", "几位业主"),
        (5, "110105194912310021", "F3", "校验码"),
        (5, 110105194912310021.0, "F3", "存成了数字"),
        (7, "半套", "H3", "份额看不懂"),
        (8, "2099-01-01", "I3", "1949 年至今天"),
        (8, "去年", "I3", "日期看不懂"),
    ],
)
def test_a_bad_cell_is_named_and_stops_the_roll(tmp_path: Path, column: int, value: Any, cell: str, why: str) -> None:
    entries, reader = read(tmp_path, (*GOOD[:column], value, *GOOD[column + 1 :]))
    assert entries == []
    (problem,) = [each for each in reader.problems.finished() if each.is_error]
    assert (problem.cell, problem.is_error) == (cell, True)
    assert why in problem.why
    assert problem.remedy


def test_what_identifies_a_person_is_not_quoted_in_a_problem(tmp_path: Path) -> None:
    _, reader = read(tmp_path, (*GOOD[:4], "李测试、王测试", "110105194912310021", *GOOD[6:]))
    told = str(reader.problems.finished())
    assert "李测试" not in told
    assert "110105194912310021" not in told


def test_shares_above_the_whole_stop_the_roll_and_below_it_are_told(tmp_path: Path) -> None:
    half = (*GOOD[:7], "1/2", "")
    most = (*GOOD[:4], "王测试", "", "13800000002", "2/3", "")
    entries, reader = read(tmp_path, half, most)
    assert entries == []
    assert "7/6" in reader.problems.finished()[0].why
    (entry,), reader = read(tmp_path, half)
    assert not reader.errors
    assert "不足全部" in reader.problems.finished()[0].why
    assert entry.owners[0].share == Fraction(1, 2)


def test_a_dwelling_told_twice_apart_stops_the_roll(tmp_path: Path) -> None:
    other = ("1幢", "1单元", "102", *GOOD[3:])
    entries, reader = read(tmp_path, GOOD, other, GOOD)
    assert len(entries) == 2
    assert "不止一处" in reader.problems.finished()[0].why


def test_co_owners_who_tell_different_areas_stop_the_roll(tmp_path: Path) -> None:
    _, reader = read(tmp_path, (*GOOD[:7], "1/2", ""), (*GOOD[:3], 30.25, "王测试", "", "1", "1/2", ""))
    assert "不同的面积" in reader.problems.finished()[0].why


def test_a_dwelling_without_an_owner_is_kept_and_told(tmp_path: Path) -> None:
    (entry,), reader = read(tmp_path, (*GOOD[:4], "", "", "", "", ""))
    assert entry.owners == ()
    assert not reader.errors
    assert "业主不明" in reader.problems.finished()[0].why


def test_missing_columns_are_named(tmp_path: Path) -> None:
    entries, reader = read(tmp_path, GOOD, head=(*HEAD[:3], "别的", *HEAD[4:]))
    assert entries == []
    assert "专有部分面积" in reader.problems.finished()[0].why


def test_a_file_that_is_no_roll_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(CannotReadError):
        list(RollReader(path, "roll.csv", TODAY, "梅堰新村").dwellings())

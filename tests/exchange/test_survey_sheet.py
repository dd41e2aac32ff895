"""The form of a survey as a workbook: written, filled, read back cell by cell."""

import io
import zipfile
from datetime import datetime

import pytest

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.survey_sheet import SheetColumn, SheetRow, read_survey_sheet, write_survey_sheet
from gongdi.exchange.tabular import open_table
from tests.support.filled_sheet import typed_into

COLUMNS = [
    SheetColumn("fact:safe", "结构安全", "现状", ("是", "否", "不清楚")),
    SheetColumn("fact:delivered_on", "交付日期", "基本情况", (), "如 1996-08-31"),
    SheetColumn("item:drainage", "排水", "设施", ("完好", "老化")),
    SheetColumn("item:drainage#quantity", "排水：数量", "设施"),
]
ROWS = [
    SheetRow(7, "梅堰新村", "文教街道", "繁景社区", {"fact:delivered_on": "1996-08-31"},
             {"fact:safe": "由检测结果得出。"}),
    SheetRow(9, "=1+1", "文教街道", "", {"fact:safe": "是"}, {"": "已审核完成。"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def blank() -> bytes:
    out = io.BytesIO()
    write_survey_sheet(out, title="2027年度摸底", campaign=3, columns=COLUMNS, rows=ROWS, created=datetime(2027, 3, 1))  # noqa: DTZ001
    return out.getvalue()


def read(content: bytes) -> dict[tuple[int, str], tuple[str, str]]:
    found = read_survey_sheet(content, "填报表.xlsx", COLUMNS)
    assert found.problems == ()
    assert found.campaign == 3
    return {(each.number, each.key): (each.cell, each.after) for each in found.changed}


def test_an_untouched_form_changes_nothing(blank: bytes) -> None:
    assert read(blank) == {}


def test_what_is_typed_is_told_with_its_cell(blank: bytes) -> None:
    filled = typed_into(blank, {"G5": "老化", "H5": 320, "F5": "1997-01-02", "E6": ""})
    assert read(filled) == {
        (7, "item:drainage"): ("G5", "老化"), (7, "item:drainage#quantity"): ("H5", "320"),
        (7, "fact:delivered_on"): ("F5", "1997-01-02"), (9, "fact:safe"): ("E6", ""),
    }  # fmt: skip


def test_every_cell_that_cannot_be_read_is_named(blank: bytes) -> None:
    filled = typed_into(blank, {"G5": "很好", "A6": 7, "H5": "3 个"})
    found = read_survey_sheet(filled, "填报表.xlsx", COLUMNS)
    assert [(each.cell, each.value) for each in found.problems] == [("G5", "很好"), ("A6", "7")]
    assert "完好、老化" in found.problems[0].remedy
    assert "同一个小区" in found.problems[1].why


def test_a_row_that_was_not_there_is_named(blank: bytes) -> None:
    found = read_survey_sheet(typed_into(blank, {"A6": 12}), "填报表.xlsx", COLUMNS)
    assert [(each.cell, "不是下载时的小区" in each.why) for each in found.problems] == [("A6", True)]


@pytest.mark.parametrize(
    ("cells", "part", "told"),
    [
        ({"C3": "2000-01-01"}, "xl/worksheets/sheet4.xml", "被改动过"),
        ({"B1": "0"}, "xl/worksheets/sheet4.xml", "版本不对"),
        ({"C1": "4"}, "xl/worksheets/sheet4.xml", "被改动过"),
        ({"E4": "fact:other"}, "xl/worksheets/sheet1.xml", "标识行被改动"),
    ],
)
def test_a_file_whose_hidden_parts_were_changed_is_refused(
    cells: dict[str, str | int | float], part: str, told: str, blank: bytes
) -> None:
    with pytest.raises(CannotReadError, match=told):
        read_survey_sheet(typed_into(blank, cells, part), "填报表.xlsx", COLUMNS)


def test_another_file_is_refused() -> None:
    with pytest.raises(CannotReadError, match="不是从调查任务下载"):
        read_survey_sheet("小区名称\n梅堰新村\n".encode(), "名单.csv", COLUMNS)


def test_what_may_not_be_changed_is_locked_and_listed(blank: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        form = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in form
    assert "password" not in form
    assert form.count("<dataValidation ") == 2
    assert 'state="veryHidden"' in book
    sheets = {grid.name: grid for grid in open_table(blank, "填报表.xlsx").grids}
    listed = [" ".join(map(str, row)) for row in sheets["锁定说明"].rows]
    assert any("E5" in line and "由检测结果得出" in line for line in listed)
    assert any("第6行" in line and "已审核完成" in line for line in listed)


def test_a_name_that_looks_like_a_formula_stays_a_text(blank: bytes) -> None:
    sheets = {grid.name: grid for grid in open_table(blank, "填报表.xlsx").grids}
    assert "=1+1" in sheets["填报"].rows[5]

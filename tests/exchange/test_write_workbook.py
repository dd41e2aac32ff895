import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from gongdi.core.values import Area, Money
from gongdi.exchange.packfiles import load_library
from gongdi.exchange.workbook import Cell, Column, Sheet, tab_name, write_workbook
from gongdi.exchange.workbook_style import OUTCOMES

COLUMNS = [
    Column("小区名称"),
    Column("户数（户）", kind="int"),
    Column("建筑面积（平方米）", kind="area"),
    Column("计划投资（万元）", kind="money_wan"),
    Column("同意比例", kind="share"),
    Column("结论", kind="outcome"),
    Column("开工日期", kind="date"),
    Column("建成年份", kind="year"),
]
ROWS: list[list[Cell]] = [
    ["柳堤新村", 480, Area(3_120_050), Money(1_250_000_000), Fraction(2, 3), "in", date(2027, 3, 1), 1986],
    ["石桥小区", 220, Area(1_500_000), Money(60_010_000), None, ("undetermined", "待定"), None, None],
]


def written(*sheets: Sheet, constant_memory: bool = False) -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, sheets, constant_memory=constant_memory, created=datetime(2027, 3, 1, tzinfo=UTC))
    return stream.getvalue()


def opened(data: bytes, *, values: bool = True) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=values).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def plan(rows: Sequence[Sequence[Cell]] = ROWS, totals: Sequence[int] = (1, 2, 3)) -> Sheet:
    return Sheet("2027年改造计划表", "单位：户、平方米、万元", COLUMNS, rows, totals, ["由台账导出。"])


@pytest.mark.parametrize("constant_memory", [False, True])
def test_title_header_rows_total_and_note_stand_in_their_places(constant_memory: bool) -> None:
    sheet = opened(written(plan(), constant_memory=constant_memory))
    assert sheet["A1"].value == "2027年改造计划表"
    assert sheet["A2"].value == "单位：户、平方米、万元"
    assert [cell.value for cell in sheet[3]] == [column.header for column in COLUMNS]
    assert [cell.value for cell in sheet[4]][:6] == ["柳堤新村", 480, 31200.5, 1250, 2 / 3, "纳入"]
    assert sheet["G4"].value == datetime(2027, 3, 1)  # noqa: DTZ001
    assert sheet["F5"].value == "待定"
    assert sheet["A7"].value == "注：由台账导出。"


def test_totals_are_formulas_that_carry_their_exact_value() -> None:
    data = written(plan())
    assert [opened(data, values=False)[cell].value for cell in ("B6", "D6")] == ["=SUM(B4:B5)", "=SUM(D4:D5)"]
    assert [opened(data)[cell].value for cell in ("A6", "B6", "C6", "D6")] == ["合计", 700, 46200.5, 1310.01]


@given(st.lists(st.integers(min_value=0, max_value=10**12), max_size=20))
@settings(max_examples=20, deadline=None)
def test_a_cached_total_is_the_exact_sum_shown_once(fen: list[int]) -> None:
    columns = [Column("资金"), Column("金额（万元）", kind="money_wan")]
    sheet = opened(written(Sheet("表", "", columns, [["资金", Money(each)] for each in fen], [1])))
    assert sheet.cell(row=3 + len(fen), column=2).value == sum(fen) / 1_000_000


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://example.org"]
)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    data = written(Sheet("表", "", [Column("备注")], [[text]]))
    cell = opened(data, values=False)["A3"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_the_page_is_a4_across_with_its_header_on_every_page() -> None:
    sheet = opened(written(plan()))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("9", "landscape") or (
        sheet.page_setup.paperSize,
        sheet.page_setup.orientation,
    ) == (9, "landscape")
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert "&P" in (sheet.oddFooter.center.text or "")
    assert "&N" in (sheet.oddFooter.center.text or "")


def test_numbers_have_the_formats_of_the_trade() -> None:
    sheet = opened(written(plan()))
    assert [sheet.cell(row=4, column=column).number_format for column in (2, 4, 5, 7, 8)] == [
        "#,##0_ ",
        "#,##0.00_ ",
        "0.00%_ ",
        "yyyy-mm-dd",
        "0",
    ]


@pytest.mark.parametrize("key", list(OUTCOMES))
def test_an_outcome_has_its_colour_and_its_word(key: str) -> None:
    cell = opened(written(Sheet("表", "", [Column("结论", kind="outcome")], [[key]])))["A3"]
    assert cell.value == OUTCOMES[key].word
    assert cell.fill.start_color.rgb == "FF" + OUTCOMES[key].fill.removeprefix("#")
    assert cell.font.color is not None
    assert cell.font.color.rgb == "FF" + OUTCOMES[key].ink.removeprefix("#")


def test_rows_are_taken_one_by_one_in_constant_memory() -> None:
    told: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(2500):
            yield [f"小区{number}"]

    stream = io.BytesIO()
    sheet = Sheet("表", "", [Column("小区名称")], rows())
    write_workbook(stream, [sheet], constant_memory=True, progress=told.append)
    assert told == [1000, 2000]
    assert opened(stream.getvalue())["A2502"].value == "小区2499"


def test_tabs_get_names_that_excel_accepts() -> None:
    taken: set[str] = set()
    assert tab_name("2027/2028年:计划*", taken) == "2027 2028年 计划"
    assert tab_name("2027/2028年:计划*", taken) == "2027 2028年 计划(2)"
    assert len(tab_name("长" * 50, taken)) == 31
    assert tab_name("''", taken) == "表"


def test_long_texts_are_cut_and_odd_characters_do_not_break_the_file() -> None:
    sheet = opened(written(Sheet("表", "", [Column("备注")], [["长" * 40_000], ["坏\ud800字\x00"]])))
    assert len(str(sheet["A3"].value)) == 32_767
    assert "坏?字" in str(sheet["A4"].value)


def test_an_empty_list_still_has_its_header_and_a_total_of_nought() -> None:
    sheet = opened(written(plan(rows=[])))
    assert [sheet["A4"].value, sheet["B4"].value] == ["合计", 0]


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="has no sum"):
        written(plan(totals=[0]))
    with pytest.raises(TypeError, match="cannot hold"):
        written(Sheet("表", "", [Column("户数", kind="int")], [[True]]))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook(io.BytesIO(), [])


def test_every_outcome_of_every_decision_has_its_colour_in_a_workbook() -> None:
    vocabulary = load_library().vocabulary
    tones = {outcome.tone for each in vocabulary.decisions.values() for outcome in each.outcomes.values()}
    assert {*tones, vocabulary.outcome("scope", "not_regulated").tone} <= set(OUTCOMES)

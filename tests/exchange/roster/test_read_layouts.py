from datetime import date
from pathlib import Path

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import YearSpan
from gongdi.exchange.roster import Field
from tests.exchange.roster.made_up import read, whys, write_sheet

TITLE = "云泽市槐安区2026年老旧小区改造计划表"


def test_a_published_plan_is_read_with_title_groups_merges_totals_and_notes(tmp_path: Path) -> None:
    rows = [
        [TITLE, *[None] * 8],
        ["填报单位：槐安区住房和城乡建设局", None, None, None, None, None, "单位：平方米、万元"],
        ["序号", "区县", "街道", "小区名称", "基本情况", None, None, None, "计划投资"],
        [None, None, None, None, "建成年代", "楼栋数（栋）", "户数（户）", "建筑面积", None],
        [1, "槐安区", "柳堤街道", "柳堤新村", "1986年", 12, 480, 31200.5, 1250],
        [2, None, None, "纺机厂宿舍", "八十年代", 3, 96, 6100, 260.35],
        [3, None, "石桥街道", "石桥小区", "1996-1998", 5, 220, "15,000", "约600"],
        ["合计", None, None, None, None, 20, 796, 52300.5, 2110.35],
        ["注：以上数据以最终核定为准。"],
    ]
    merges = ["A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:H3", "I3:I4", "B5:B7", "C5:C6"]
    reading = read(write_sheet(tmp_path / "计划.xlsx", {"附件1": rows}, merges))

    assert whys(reading) == ""
    assert [row.name for row in reading.rows] == ["柳堤新村", "纺机厂宿舍", "石桥小区"]
    first, second, third = reading.rows
    assert second.value(Field.DISTRICT) == "槐安区"
    assert second.fields[Field.DISTRICT].note == "合并单元格"
    assert [row.value(Field.STREET) for row in reading.rows] == ["柳堤街道", "柳堤街道", "石桥街道"]
    assert first.area == Area(3_120_050)
    assert second.investment == Money(260_350_000)
    assert (first.completed_year, second.completed_year) == (1986, None)
    assert second.completed_span == YearSpan(1980, 1989)
    assert third.completed_span == YearSpan(1996, 1998)
    assert third.fields[Field.AREA].raw == "15,000"
    assert third.fields[Field.INVESTMENT].sureness == "likely"
    assert third.fields[Field.HOUSEHOLDS].cell == "G7"
    assert reading.columns["completed_year"] == "基本情况 建成年代"
    assert first.row == 5


def test_every_sheet_and_every_repeated_header_is_read(tmp_path: Path) -> None:
    head = ["序号", "小区名称", "户数"]
    sheets = {
        "槐安区": [["老旧小区名单"], head, [1, "柳堤新村", 480], [], head, [2, "石桥小区", 220]],
        "清水区": [["项目名称", "栋数", "居民户数"], ["青杨花园", 7, 301]],
        "填表说明": [["请各单位按时报送"], ["联系电话：另行通知"]],
    }
    reading = read(write_sheet(tmp_path / "名单.xlsx", sheets))
    assert [(row.sheet, row.row, row.name) for row in reading.rows] == [
        ("槐安区", 3, "柳堤新村"),
        ("槐安区", 6, "石桥小区"),
        ("清水区", 2, "青杨花园"),
    ]
    assert [row.value(Field.DISTRICT) for row in reading.rows] == ["槐安区", "槐安区", "清水区"]
    assert reading.rows[0].fields[Field.DISTRICT].note == "取自工作表名"
    assert "填表说明" in whys(reading)
    assert reading.errors == ()


def test_a_hidden_sheet_is_named_and_not_read_unless_asked_for(tmp_path: Path) -> None:
    sheets = {"名单": [["小区名称", "户数"], ["柳堤新村", 1]], "旧名单": [["小区名称", "户数"], ["石桥小区", 2]]}
    path = write_sheet(tmp_path / "名单.xlsx", sheets, hidden=["旧名单"])
    assert [row.name for row in read(path).rows] == ["柳堤新村"]
    assert "隐藏" in whys(read(path))
    assert [row.name for row in read(path, "旧名单").rows] == ["石桥小区"]
    assert not read(path, "没有").readable


def test_section_titles_give_the_district_when_no_column_does(tmp_path: Path) -> None:
    rows = [
        ["序号", "小区名称", "户数"],
        ["一、槐安区（2个）"],
        [1, "柳堤新村", 480],
        [2, "石桥小区", 220],
        ["小计", None, 700],
        ["二、清水区（1个）"],
        [1, "青杨花园", 301],
        ["小计", None, 301],
        ["总计", None, 1001],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert [row.value(Field.DISTRICT) for row in reading.rows] == ["槐安区", "槐安区", "清水区"]
    assert whys(reading) == ""


def test_a_total_that_disagrees_is_named_with_both_figures(tmp_path: Path) -> None:
    rows = [
        ["小区名称", "户数", "建筑面积（万㎡）"],
        ["合计", 705, 4.6],
        ["柳堤新村", 480, 3.12],
        ["石桥小区", 220, 1.5],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert reading.compounds == 2
    assert "warning Sheet1!B2 户数的合计是 705，各行相加是 700。" in whys(reading)
    assert "建筑面积" not in whys(reading)


def test_a_figure_merged_over_several_compounds_is_given_to_none(tmp_path: Path) -> None:
    rows = [["小区名称", "户数", "计划投资（万元）"], ["柳堤新村", 480, 900], ["石桥小区", 220, None]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}, ["C2:C3"]))
    assert [row.investment for row in reading.rows] == [None, None]
    assert "第 2–3 行合用一个计划投资" in whys(reading)


def test_several_lines_under_one_merged_name_are_one_compound(tmp_path: Path) -> None:
    rows = [
        ["小区名称", "楼号", "户数", "建筑面积（㎡）"],
        ["柳堤新村", "1号楼", 24, 1800],
        [None, "2号楼", 30, 2200],
        ["石桥小区", "1号楼", 40, 3000],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}, ["A2:A3"]))
    assert [row.name for row in reading.rows] == ["柳堤新村", "石桥小区"]
    assert reading.rows[0].value(Field.HOUSEHOLDS) == 54
    assert reading.rows[0].area == Area(400_000)
    assert reading.rows[0].fields[Field.HOUSEHOLDS].sureness == "guess"
    assert "已相加" in whys(reading)


def test_a_unit_under_the_header_and_a_total_under_a_group_belong_to_the_header(tmp_path: Path) -> None:
    rows = [
        ["小区名称", "建筑面积", "总投资（万元）", None, None],
        [None, "（万平方米）", "合计", "中央", "市级"],
        ["柳堤新村", 3.12, 900, 400, 500],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}, ["C1:E1"]))
    row = reading.rows[0]
    assert row.area == Area(3_120_000)
    assert row.investment == Money(900_000_000)
    assert row.others["总投资（万元） 中央"] == "400"
    assert whys(reading) == ""


def test_a_list_of_names_alone_is_read(tmp_path: Path) -> None:
    rows = [["槐安区2026年改造小区名单"], ["小区名称"], ["柳堤新村"], ["石桥小区"], ["纺机厂宿舍"]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert [row.name for row in reading.rows] == ["柳堤新村", "石桥小区", "纺机厂宿舍"]
    assert reading.rows[0].value(Field.DISTRICT) == "槐安区"


def test_a_table_that_starts_in_the_middle_of_the_sheet_names_its_cells_rightly(tmp_path: Path) -> None:
    rows = [[], [], [None, None, "小区名称", "户数"], [None, None, "柳堤新村", -3]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert "error Sheet1!D4 户数不能是负数。" in whys(reading)
    assert reading.rows[0].fields[Field.NAME].cell == "C4"


def test_dates_are_years(tmp_path: Path) -> None:
    rows = [["小区名称", "建成时间"], ["柳堤新村", date(1986, 5, 1)], ["石桥小区", 1998]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert [row.completed_year for row in reading.rows] == [1986, 1998]


def test_empty_numbered_lines_of_a_form_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["序号", "区县", "小区名称", "户数"],
        [1, "槐安区", "柳堤新村", 480],
        [2, "槐安区", None, None],
        [3, None, None, None],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert reading.compounds == 1
    assert whys(reading) == ""


def test_a_row_with_figures_and_no_name_is_an_error(tmp_path: Path) -> None:
    rows = [["序号", "小区名称", "户数"], [1, "柳堤新村", 480], [2, None, 220]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert "error Sheet1!B3 第 3 行没有小区名称。" in whys(reading)
    assert reading.readable


def test_columns_that_mean_nothing_here_are_kept_as_they_are(tmp_path: Path) -> None:
    rows = [["小区名称", "户数", "物业公司"], ["柳堤新村", 480, "无"]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert reading.rows[0].others == {"物业公司": "无"}


def test_a_list_printed_in_two_blocks_beside_each_other_is_read_block_by_block(tmp_path: Path) -> None:
    head = ["序号", "小区名称", "户数"]
    rows = [
        ["改造名单", *[None] * 5],
        [*head, *head],
        [1, "柳堤新村", 480, 3, "青杨花园", 301],
        [2, "石桥小区", 220, 4, "北渠里", "若干"],
        [5, "纺机厂宿舍", 96, None, None, None],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}, ["A1:F1"]))
    names = [row.name for row in reading.rows]
    assert names == ["柳堤新村", "石桥小区", "纺机厂宿舍", "青杨花园", "北渠里"]
    assert [row.value(Field.HOUSEHOLDS) for row in reading.rows] == [480, 220, 96, 301, None]
    assert reading.rows[3].fields[Field.NAME].cell == "E3"
    assert [problem.cell for problem in reading.problems] == ["F4"]


def test_a_second_column_of_names_that_is_not_taken_is_named(tmp_path: Path) -> None:
    rows = [["小区名称", "户数", "老旧小区名称"], ["柳堤新村", 480, "柳堤"]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert reading.compounds == 1
    assert "不止一列" in whys(reading)


def test_a_project_beside_a_compound_is_kept_as_its_project(tmp_path: Path) -> None:
    rows = [["项目名称", "小区名称", "户数"], ["柳堤片区改造", "柳堤新村", 480]]
    row = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows})).rows[0]
    assert (row.name, row.value(Field.PROJECT)) == ("柳堤新村", "柳堤片区改造")


def test_a_name_under_a_group_head_is_found(tmp_path: Path) -> None:
    rows = [["序号", "小区", None, "户数"], [None, "名称", "地址", None], [1, "柳堤新村", "柳堤路3号", 480]]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}, ["A1:A2", "B1:C1", "D1:D2"]))
    assert [(row.name, row.value(Field.ADDRESS), row.row) for row in reading.rows] == [("柳堤新村", "柳堤路3号", 3)]
    assert whys(reading) == ""


def test_a_line_that_only_numbers_the_columns_is_passed_over(tmp_path: Path) -> None:
    for numbering in ([1, 2, 3], ["甲", "乙", 1]):
        rows = [["序号", "小区名称", "户数"], numbering, [1, "柳堤新村", 480]]
        reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
        assert [row.name for row in reading.rows] == ["柳堤新村"]
        assert whys(reading) == ""


def test_the_signatures_below_a_list_are_no_compounds(tmp_path: Path) -> None:
    rows = [
        ["序号", "小区名称", "户数", "备注"],
        [1, "柳堤新村", 480, None],
        ["填表人：", None, "审核人：", "日期：2027年3月"],
        ["单位负责人（签字）：", None, None, None],
    ]
    reading = read(write_sheet(tmp_path / "名单.xlsx", {"Sheet1": rows}))
    assert [row.name for row in reading.rows] == ["柳堤新村"]
    assert whys(reading) == ""

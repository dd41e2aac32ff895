from pathlib import Path

import pytest

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import YearSpan
from gongdi.exchange.roster import Field
from tests.exchange.roster.made_up import read_csv, whys


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["序号,区县,小区名称,建筑面积(平方米)", "1,槐安区,柳堤新村,31200.5", "2,槐安区,石桥小区,1.5万"]
    reading = read_csv(tmp_path, "\r\n".join(lines).replace(",", delimiter), encoding)
    assert [(row.name, row.area) for row in reading.rows] == [
        ("柳堤新村", Area(3_120_050)),
        ("石桥小区", Area(1_500_000)),
    ]
    assert whys(reading) == ""


def test_traditional_headers_are_understood(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "序號,區縣,小區名稱,戶數,樓棟數,建築面積（萬平方米）\n1,槐安區,柳堤新村,480,12,3.12\n")
    assert reading.rows[0].value(Field.HOUSEHOLDS) == 480
    assert reading.rows[0].area == Area(3_120_000)
    assert reading.rows[0].value(Field.DISTRICT) == "槐安區"


def test_a_cell_with_its_own_unit_wins_over_the_header_and_says_so(tmp_path: Path) -> None:
    reading = read_csv(
        tmp_path, "小区名称,建筑面积(万平方米),计划投资(万元)\n柳堤新村,23000㎡,120万元\n石桥小区,1.5,2000元\n"
    )
    first, second = reading.rows
    assert (first.area, second.area) == (Area(2_300_000), Area(1_500_000))
    assert first.fields[Field.AREA].sureness == "likely"
    assert "按单元格" in first.fields[Field.AREA].note
    assert (first.investment, second.investment) == (Money(120_000_000), Money(200_000))


def test_units_named_in_the_title_hold_for_columns_that_name_none(tmp_path: Path) -> None:
    reading = read_csv(
        tmp_path, "改造计划,,\n单位：户、万平方米、亿元,,\n小区名称,建筑面积,总投资\n柳堤新村,3.12,0.25\n"
    )
    assert reading.rows[0].area == Area(3_120_000)
    assert reading.rows[0].investment == Money(2_500_000_000)
    assert reading.rows[0].fields[Field.AREA].sureness == "likely"


def test_without_any_unit_the_rule_taken_is_said(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,建筑面积,计划投资\n柳堤新村,3.12,900\n石桥小区,1.5,300\n")
    assert reading.rows[0].area == Area(3_120_000)
    assert reading.rows[0].investment == Money(900_000_000)
    assert reading.rows[0].fields[Field.INVESTMENT].sureness == "guess"
    assert "暂按万元" in whys(reading)
    assert "暂按万平方米" in whys(reading)


def test_a_number_that_cannot_be_read_stays_unknown_and_is_named(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,户数,楼栋数\n柳堤新村,若干,12\n石桥小区,10.5,3\n")
    assert [row.value(Field.HOUSEHOLDS) for row in reading.rows] == [None, None]
    assert [row.value(Field.BUILDINGS) for row in reading.rows] == [12, 3]
    assert [(p.cell, p.value, p.severity) for p in reading.problems] == [
        ("B2", "若干", "warning"),
        ("B3", "10.5", "warning"),
    ]
    assert all(problem.remedy for problem in reading.problems)


def test_a_number_in_the_wrong_unit_is_not_taken(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,楼栋数\n柳堤新村,120户\n")
    assert reading.rows[0].value(Field.BUILDINGS) is None
    assert "与这一列不符" in whys(reading)


@pytest.mark.parametrize("header", ["建筑面积(平方米)", "户数", "楼栋数", "计划投资(万元)"])
def test_a_negative_figure_is_an_error(tmp_path: Path, header: str) -> None:
    reading = read_csv(tmp_path, f"小区名称,{header}\n柳堤新村,-5\n")
    assert len(reading.errors) == 1
    assert reading.errors[0].cell == "B2"
    assert reading.compounds == 1


@pytest.mark.parametrize("year", ["19998", "2098", "1820年", "近期"])
def test_an_impossible_year_is_named_and_stays_unknown(tmp_path: Path, year: str) -> None:
    reading = read_csv(tmp_path, f"小区名称,建成年份\n柳堤新村,{year}\n")
    assert reading.rows[0].completed_year is None
    assert reading.rows[0].completed_span is None
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("B2", year)]


def test_a_span_of_years_is_kept_and_said_to_be_no_year(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,建成年份\n柳堤新村,2000年前\n石桥小区,1996-1998\n青杨花园,98年\n")
    assert [row.completed_span for row in reading.rows] == [
        YearSpan(None, 2000),
        YearSpan(1996, 1998),
        YearSpan(1998, 1998),
    ]
    assert [row.completed_year for row in reading.rows] == [None, None, 1998]
    assert "1996–1998" in reading.rows[1].fields[Field.COMPLETED_YEAR].note


def test_the_number_of_buildings_in_a_name_fills_an_empty_cell_only(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,楼栋数\n槐荫里1-6号楼,\n柳荫里1-6号楼,5\n")
    assert [row.value(Field.BUILDINGS) for row in reading.rows] == [6, 5]
    assert reading.rows[0].fields[Field.BUILDINGS].sureness == "guess"


def test_an_address_of_street_and_community_is_taken_apart(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,地址/街道社区\n柳堤新村,柳堤街道堤东社区\n石桥小区,石桥路27号\n")
    assert reading.rows[0].value(Field.STREET) == "柳堤街道"
    assert reading.rows[0].value(Field.COMMUNITY) == "堤东社区"
    assert reading.rows[1].value(Field.STREET) is None


def test_a_year_of_the_plan_is_no_year_of_completion(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,时段,进度\n柳堤新村,2025年1-6月,已开工\n")
    assert reading.rows[0].value(Field.PLAN_YEAR) == 2025
    assert reading.rows[0].completed_span is None


def test_an_area_too_large_for_a_compound_is_pointed_out(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,建筑面积(万平方米),户数\n柳堤新村,31200,480\n")
    assert reading.rows[0].area == Area(31_200 * 10_000 * 100)
    assert reading.rows[0].fields[Field.AREA].sureness == "guess"
    assert "大得不像一个小区" in whys(reading)


def test_duplicates_in_one_district_are_named_and_in_two_are_not(tmp_path: Path) -> None:
    lines = [
        "槐安区,柳堤街道,光明小区",
        "槐安区,石桥街道,光明小区",
        "槐安区,柳堤街道,光明 小区",
        "清水区,柳堤街道,光明小区",
    ]
    text = "\n".join(["区县,街道,小区名称", *lines])
    reading = read_csv(tmp_path, text)
    assert [(p.cell, p.severity) for p in reading.problems] == [("C4", "warning")]
    assert "第 2 行" in reading.problems[0].why
    assert "清水区也有同名小区" in reading.rows[0].notes
    assert reading.compounds == 4


def test_blanks_left_by_undone_merges_are_filled_as_a_guess(tmp_path: Path) -> None:
    text = "区县,小区名称\n槐安区,柳堤新村\n,石桥小区\n,纺机厂宿舍\n清水区,青杨花园\n,北渠里\n"
    reading = read_csv(tmp_path, text)
    assert [row.value(Field.DISTRICT) for row in reading.rows] == ["槐安区", "槐安区", "槐安区", "清水区", "清水区"]
    assert reading.rows[1].fields[Field.DISTRICT].sureness == "guess"


def test_a_blank_in_a_column_filled_line_by_line_stays_blank(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "区县,小区名称\n槐安区,柳堤新村\n槐安区,石桥小区\n,纺机厂宿舍\n清水区,青杨花园\n")
    assert reading.rows[2].value(Field.DISTRICT) is None


def test_a_title_that_states_another_number_of_compounds_is_named(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "槐安区改造名单（共90个小区）,\n小区名称,户数\n柳堤新村,480\n石桥小区,220\n")
    assert "共 90 个小区，实际列出 2 个" in whys(reading)


def test_an_end_of_works_beside_a_start_of_works_is_no_year_of_completion(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,开工时间,竣工时间\n柳堤新村,2022.3,2022.11\n")
    assert reading.rows[0].completed_span is None
    assert reading.rows[0].others == {"开工时间": "2022.3", "竣工时间": "2022.11"}
    assert read_csv(tmp_path, "小区名称,竣工时间\n柳堤新村,1986.11\n").rows[0].completed_year == 1986


def test_building_numbers_in_the_column_of_buildings_are_counted_as_a_guess(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "小区名称,楼栋\n柳堤新村,1-5号楼\n石桥小区,3栋\n青杨花园,1、3、5栋\n")
    assert [row.value(Field.BUILDINGS) for row in reading.rows] == [5, 3, 3]
    assert [row.fields[Field.BUILDINGS].sureness for row in reading.rows] == ["guess", "sure", "guess"]

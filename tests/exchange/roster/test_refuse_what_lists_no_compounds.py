from pathlib import Path

import pytest

from tests.exchange.roster.made_up import read, read_csv, whys, write_sheet

TABLES = {
    "national": "序号,省份,计划任务数_小区(个),开工数_居民户数(万户)\n1,东岭省,411,21.3\n",
    "counties": "市,年度,县(市、区),项目数(个),小区数(个),户数(户)\n云泽市,2022,槐安区,67,67,10797\n",
    "unit costs": "地区,项目,数值,单位\n云泽市,加装电梯补助,10,万元/台\n云泽市,基础类改造,400,元/平方米\n",
    "scores": "表名,一级项,一级分值,条目,分值,评分规则\n验收表,基本条件,10,居民满意率,8,达到标准计8分\n",
    "communities": "code,name,streetCode,streetName\n990205001001,堤东社区,990205001,柳堤街道\n",
    "communities in Chinese": "序号,名称,街道\n1,堤东社区,柳堤街道\n2,堤西社区,柳堤街道\n",
    "areas under a compound header": "序号,小区,户数\n1,411,2130\n2,177,1019\n",
    "districts under a project header": "序号,项目名称,户数\n1,槐安区,2130\n2,清水区,1019\n3,北渠县,88\n",
    "prose": "今年改造的小区名称将另行公布，请居民关注公告栏。\n特此通知\n",
}


@pytest.mark.parametrize("table", list(TABLES))
def test_a_table_without_compounds_is_refused_with_the_reason(tmp_path: Path, table: str) -> None:
    reading = read_csv(tmp_path, TABLES[table])
    assert not reading.readable
    assert reading.rows == ()
    assert "没有写小区名称的列" in reading.problems[0].why
    assert "小区名称" in reading.problems[0].remedy


def test_a_count_of_compounds_under_a_group_head_names_none(tmp_path: Path) -> None:
    rows = [
        ["序号", "区县", "计划任务数", None],
        [None, None, "小区", "居民户数"],
        [1, "槐安区", 12, 4080],
        [2, "清水区", 7, 1900],
    ]
    reading = read(write_sheet(tmp_path / "任务.xlsx", {"Sheet1": rows}, ["C1:D1", "A1:A2", "B1:B2"]))
    assert not reading.readable


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "序号,小区名称,户数\n")
    assert not reading.readable
    assert "没有任何小区" in whys(reading)

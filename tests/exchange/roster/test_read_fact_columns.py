"""Columns that tell facts by the dictionary's words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.policy.inputs import remedy_for
from gongdi.core.policy.vocabulary import Kind
from gongdi.exchange.packfiles import load_vocabulary
from gongdi.exchange.roster import read_roster
from gongdi.exchange.roster.fact_values import READABLE, read_value
from gongdi.exchange.roster.facts import FactColumns, find_fact, read_fact_columns

VOCABULARY = load_vocabulary()
FACTS = [fact for fact in VOCABULARY.facts.values() if fact.kind in READABLE]


def read(head: str, *cells: str) -> FactColumns:
    lines = [f"小区名称,户数,{head}", *(f"第{number}小区,120,{cell}" for number, cell in enumerate(cells, 1))]
    reading = read_roster("\n".join(lines).encode(), now_year=2027, name="名单.csv")
    return read_fact_columns(reading.rows, VOCABULARY, reading.headers)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("土地性质", "land_ownership"),
        ("是否失养失修失管", "upkeep_neglected"),
        ("是否存在安全隐患", "safety_hazard"),
        ("有无安全隐患", "safety_hazard"),
        ("*列入征收计划（是/否）", "expropriation_planned"),
        ("3.居民改造意愿强烈", "resident_will_strong"),
        ("業主出資(萬元)", "owner_money_yuan"),
        ("现状 房屋结构安全较好", "structure_safe"),
        ("delivered_on", "delivered_on"),
        ("未列入征收计划", None),
        ("建筑面积（平方米）", None),
        ("联系人", None),
        ("按原文字面", None),
    ],
)
def test_a_header_names_a_fact_only_when_it_says_the_same(header: str, name: str | None) -> None:
    fact = find_fact(header, VOCABULARY)
    assert (fact.name if fact else None) == name


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("是否列入征收计划", "否", False),
        ("是否列入征收计划", " √ ", True),
        ("存在安全隐患", "无", False),
        ("存在安全隐患", "有（外墙脱落）", True),
        ("存在安全隐患", "1", True),
        ("土地性质", "国有", "state"),
        ("土地性质", "集体土地", "collective"),
        ("小区类型", "单栋住宅楼", "single_building"),
        ("建成交付日期", "1996年8月31日", "1996-08-31"),
        ("建成交付日期", "1996.8.3", "1996-08-03"),
        ("开工日期", "无", "none"),
        ("距上次综合改造年数", "12年", 12),
        ("业主出资（万元）", "3.5", "35000.00"),
        ("业主出资", "1.2万元", "12000.00"),
        ("业主出资（万元）", "800元", "800.00"),
        ("增加建筑面积", "15.25", "15.25"),
        ("方案组成", "工程设计、工程概算", '["engineering_design", "cost_estimate"]'),
    ],
)
def test_a_cell_becomes_a_value_that_the_rules_take(header: str, cell: str, value: Any) -> None:
    found = read(header, cell)
    (facts,) = found.rows
    wanted = ["engineering_design", "cost_estimate"] if str(value).startswith("[") else value
    assert list(facts.values()) == [wanted]
    assert found.problems == ()


@pytest.mark.parametrize("cell", ["", "-", "不详", "待核实", "/"])
def test_a_cell_that_says_nothing_leaves_the_fact_unknown_without_a_problem(cell: str) -> None:
    found = read("土地性质", cell)
    assert (found.rows, found.problems) == (({},), ())


@pytest.mark.parametrize(
    ("header", "cell", "why"),
    [
        ("是否列入征收计划", "基本是", "不是“是”或“否”"),
        ("土地性质", "非国有", "不是可用的取值"),
        ("小区类型", "小区", "不是可用的取值"),
        ("建成交付日期", "1996年", "缺日期"),
        ("建成交付日期", "1996-02-30", "没有这一天"),
        ("建成交付日期", "35308", "是一个数"),
        ("业主出资", "35", "没有写单位"),
        ("业主出资（万元）", "30平方米", "与这一项不符"),
        ("业主出资（万元）", "-3", "不在可用的范围内"),
        ("距上次综合改造年数", "十来年吧", "不是能读懂的数字"),
    ],
)
def test_what_cannot_be_read_stays_unknown_and_names_cell_reason_and_remedy(header: str, cell: str, why: str) -> None:
    found = read(header, "", cell)
    assert found.rows[1] == {}
    (problem,) = found.problems
    assert (problem.cell, problem.value, problem.is_error) == ("C3", cell, False)
    assert why in problem.why
    assert problem.remedy


def test_how_sure_a_reading_is_and_where_it_stands_are_told() -> None:
    (row,) = read("土地性质", "国有土地").readings
    reading = row["land_ownership"]
    assert (reading.cell, reading.raw, reading.sureness) == ("C2", "国有土地", "likely")
    assert "国有" in reading.note


def test_the_completion_comes_from_its_own_field_with_the_day_where_there_is_one() -> None:
    found = read("建成时间", "1996-08-31", "1998年", "八十年代")
    assert found.rows == ({"completed_year": 1996, "completed_on": "1996-08-31"}, {"completed_year": 1998}, {})


def test_of_two_columns_of_one_fact_the_first_is_read() -> None:
    found = read("土地性质,是否土地性质", "国有,集体")
    assert found.rows == ({"land_ownership": "state"},)


@given(st.sampled_from(FACTS), st.text(max_size=12) | st.from_regex(r"[0-9]{1,8}(\.[0-9]{1,3})?(万元|平方米|年)?"))
def test_whatever_a_cell_says_a_value_read_is_one_that_the_rules_take(fact: Any, text: str) -> None:
    reading = read_value(fact, text)
    target = VOCABULARY.facts[reading.instead] if reading.instead else fact
    assert reading.value is None or remedy_for(target, reading.value) is None
    assert not reading.why or reading.remedy


@given(st.sampled_from([fact for fact in FACTS if fact.kind is Kind.ENUM and fact.labels]), st.data())
def test_every_word_of_a_choice_is_read_as_its_code(fact: Any, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(fact.labels)))
    if list(fact.labels.values()).count(fact.labels[code]) == 1:
        assert read_value(fact, fact.labels[code]).value == code

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gongdi.core.portfolio.model import Fund
from gongdi.exchange.budget import Budget, BudgetReading, read_budget

HEAD = ["资金名称", "可用类别", "适用区县", "可结转", "2027年（万元）", "2028年（万元）"]
CODES = {"槐安区": "990205", "清水区": "990206"}
DOCUMENT: dict[str, Any] = {
    "years": [2027, 2028],
    "weights": [1.0, 0.95],
    "funds": [
        {"code": "central", "classes": ["basic"], "counties": None, "carry_over": False, "budget": [1000000, 1200000]}
    ],
}


def csv(*rows: list[object], head: list[str] = HEAD, above: str = "") -> BudgetReading:
    lines = [",".join(str(cell) for cell in row) for row in [head, *rows]]
    return read_budget((above + "\n".join(lines)).encode(), name="资金.csv", county_codes=CODES)


def good(reading: BudgetReading) -> Budget:
    assert reading.errors == ()
    assert reading.budget is not None
    return reading.budget


def test_a_table_gives_years_and_funds_in_whole_yuan(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "资金.xlsx"))
    sheet = book.add_worksheet("资金")
    rows = [
        ["2027-2028年改造资金"],
        ["资金代码", *HEAD],
        ["C1", "中央补助", "基础类", "", "否", 100, 120.5],
        ["C2", "区级财政", "全部", "槐安区、990206", "是", "1,000", ""],
        ["", "合计", "", "", "", 1100, 120.5],
        ["", "年度权重", "", "", "", 1, 0.95],
    ]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    book.close()
    reading = read_budget(tmp_path / "资金.xlsx", county_codes=CODES)
    budget = good(reading)
    assert reading.problems == ()
    assert budget.years == (2027, 2028)
    assert budget.weights == (Fraction(1), Fraction(19, 20))
    assert budget.names == {"C1": "中央补助", "C2": "区级财政"}
    assert budget.funds == (
        Fund("C1", frozenset({"basic"}), None, False, (1_000_000, 1_205_000)),
        Fund("C2", frozenset({"basic", "improvement", "upgrade"}), frozenset(CODES.values()), True, (10_000_000, 0)),
    )


def test_a_unit_in_the_title_or_in_the_cell_is_enough() -> None:
    head = [*HEAD[:4], "2027年", "2028"]
    stated = csv(["补助", "基础类、完善类", "", "", 100, "3亿元"], head=head, above="单位：万元\n")
    assert good(stated).funds[0].budget == (1_000_000, 300_000_000)
    silent = csv(["补助", "基础类", "", "", 100, 200], head=head)
    assert silent.budget is None
    assert [problem.cell for problem in silent.errors] == ["E2", "F2"]
    assert "不知道金额的单位" in silent.errors[0].why


def test_years_are_put_in_order_with_their_amounts() -> None:
    head = [*HEAD[:4], "2028年(元)", "2027年(元)"]
    budget = good(csv(["补助", "提升", "", "", 2, 1], head=head))
    assert (budget.years, budget.funds[0].budget) == ((2027, 2028), (1, 2))


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        (["补助", "", "", "否", 1, 1], "B2", "可用类别是空的"),
        (["补助", "绿化类", "", "否", 1, 1], "B2", "不认识"),
        (["补助", "全部", "北渠区", "否", 1, 1], "C2", "不认识"),
        (["补助", "全部", "", "也许", 1, 1], "D2", "也许"),
        (["补助", "全部", "", "否", -1, 1], "E2", "负数"),
        (["补助", "全部", "", "否", "若干", 1], "E2", "读不出"),
        (["补助", "全部", "", "否", "100-200", 1], "E2", "不确定"),
        (["补助", "全部", "", "否", "30户", 1], "E2", "单位"),
        (["", "全部", "", "否", 1, 1], "A2", "没有名称"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_there_is_no_budget(row: list[object], cell: str, reason: str) -> None:
    reading = csv(row)
    assert reading.budget is None
    (problem,) = reading.errors
    assert problem.cell == cell
    assert reason in problem.why
    assert problem.remedy


def test_two_funds_of_one_name_are_refused() -> None:
    reading = csv(["补助", "全部", "", "", 1, 1], ["补助", "基础", "", "", 1, 1])
    assert "重复" in reading.errors[0].why


def test_parts_of_a_yuan_are_left_off_and_totals_that_disagree_are_named() -> None:
    reading = csv(["补助", "全部", "", "", "0.00015", 1], ["合计", "", "", "", 1, 2])
    assert good(reading).funds[0].budget == (1, 10_000)
    assert [(problem.cell, problem.severity) for problem in reading.problems] == [
        ("E2", "warning"),
        ("E3", "warning"),
        ("F3", "warning"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "小区名称,户数\n柳堤新村,1\n",
        "资金名称,2027年(元)\n补助,1\n",
        "%PDF-1.4",
        "资金名称,可用类别,2027年（元）\n",
    ],
)
def test_a_file_that_is_no_budget_is_refused(text: str) -> None:
    reading = read_budget(text.encode(), name="资金.csv")
    assert reading.budget is None
    assert len(reading.errors) == 1
    assert reading.errors[0].remedy


def test_json_is_read_exactly() -> None:
    budget = good(read_budget(json.dumps(DOCUMENT).encode(), name="资金.json"))
    assert budget.weights == (Fraction(1), Fraction(19, 20))
    assert budget.funds == (Fund("central", frozenset({"basic"}), None, False, (1_000_000, 1_200_000)),)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"years": [2028, 2027]}, "years"),
        ({"years": "2027"}, "years"),
        ({"weights": [1]}, "weights"),
        ({"funds": [{**DOCUMENT["funds"][0], "classes": ["green"]}]}, "funds[0].classes"),
        ({"funds": [{**DOCUMENT["funds"][0], "budget": [1, -2]}]}, "funds[0].budget[1]"),
        ({"funds": [{**DOCUMENT["funds"][0], "budget": [1]}]}, "funds[0].budget"),
        ({"funds": [{**DOCUMENT["funds"][0], "budget": [1, 1.5]}]}, "funds[0].budget[1]"),
        ({"funds": [{**DOCUMENT["funds"][0], "counties": []}]}, "funds[0].counties"),
        ({"funds": [{**DOCUMENT["funds"][0], "carry_over": "yes"}]}, "funds[0].carry_over"),
        ({"funds": [DOCUMENT["funds"][0], DOCUMENT["funds"][0]]}, "funds"),
        ({"funds": [3]}, "funds[0]"),
    ],
)
def test_json_that_breaks_the_format_is_named_by_its_place(change: dict[str, Any], place: str) -> None:
    reading = read_budget(json.dumps({**DOCUMENT, **change}).encode(), name="资金.json")
    assert reading.budget is None
    assert place in [problem.cell for problem in reading.errors]


@pytest.mark.parametrize("text", ["{", "[]", '{"years": [NaN]}', "{}", '{"a":' * 100_000])
def test_json_that_is_no_budget_is_refused(text: str) -> None:
    reading = read_budget(text.encode(), name="资金.json")
    assert reading.budget is None
    assert reading.errors


def test_a_county_code_that_nobody_knows_is_named_in_json_too() -> None:
    funds = [{**DOCUMENT["funds"][0], "counties": ["123456"]}]
    reading = read_budget(json.dumps({**DOCUMENT, "funds": funds}).encode(), name="a.json", county_codes=CODES)
    assert reading.budget is None
    assert "123456" in reading.errors[0].why

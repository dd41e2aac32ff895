import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from gongdi.commands.plan_make import make

ROSTER = """某区老旧小区改造名单
小区名称,区县,建成年份,户数,建筑面积（万平方米）,失养失修失管
建设新村,某区,1995,320,2.1,是
东门小区,某区,1998年,150,1.2,是
西苑,某区,2003,210,1.6,是
北里,某区,,90,0.8,是
"""
BUDGET = "资金名称,可用类别,适用区县,可结转,2027年（万元）\n区级财政,全部,,是,{}\n"
FACTS = (
    "municipal_facilities_incomplete=true",
    "service_facilities_incomplete=true",
    "structure_safe=是",
    "suited_to_rebuild=false",
    "resident_will_strong=true",
    "in_shantytown_plan=false",
    "rebuild_planned=false",
    "compound_kind=compound",
)


def run(
    folder: Path, *more: str, roster: str = ROSTER, yuan: str = "1200", pack: str = "henan-zhumadian-2021"
) -> Result:
    (folder / "名单.csv").write_text(roster, encoding="utf-8")
    (folder / "资金.csv").write_text(BUDGET.format(yuan), encoding="utf-8")
    arguments = ["--roster", folder / "名单.csv", "--pack", pack, "--budget", folder / "资金.csv"]
    arguments += ["-o", folder / "计划.xlsx", "--document", folder / "计划.json"]
    facts = [part for fact in FACTS for part in ("--fact", fact)]
    return CliRunner().invoke(make, [*map(str, arguments), *facts, "--on", "2021-06-01", *more])


def test_a_roster_and_a_budget_become_a_plan_with_its_grounds(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "计划.json").read_text(encoding="utf-8"))
    outcomes = {row["name"]: (row["outcome"], row["section"]) for row in plan["compounds"]}
    assert outcomes["建设新村"] == ("in", "一")
    assert outcomes["西苑"] == ("reserve", "一")
    assert outcomes["北里"][0] == "undetermined"
    assert [need["fact"] for need in plan["survey"]] == ["completed_on"]
    assert len(plan["firm"]["best"]["chosen"]) >= 1


def test_the_workbook_opens_with_its_sheets_and_sums(tmp_path: Path) -> None:
    run(tmp_path, yuan="3000")
    book = load_workbook(tmp_path / "计划.xlsx")
    assert book.sheetnames[:2] == ["优选计划", "按序填满"]
    cells = [cell.value for row in book["优选计划"].iter_rows() for cell in row]
    assert "建设新村" in cells
    assert any(isinstance(value, str) and value.startswith("=") for value in cells)


def test_money_that_a_fund_may_not_spend_in_a_county_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    result = run(tmp_path, roster=ROSTER)
    assert result.exit_code == 0
    (tmp_path / "资金.csv").write_text(BUDGET.replace(",,是", ",别的区,是").format("10"), encoding="utf-8")
    arguments = ["--roster", tmp_path / "名单.csv", "--pack", "anhui-2020", "--budget", tmp_path / "资金.csv"]
    refused = CliRunner().invoke(make, [*map(str, arguments), "-o", str(tmp_path / "b" / "x.xlsx")])
    assert refused.exit_code == 2
    assert "别的区" in refused.output
    assert not (tmp_path / "b" / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--fact", "unheard_of=true"), "unheard_of"),
        (("--fact", "structure_safe=也许"), "请填 true 或 false"),
        (("--fact", "parameter:typo=5"), "parameter:typo"),
        (("--unit-costs", "1,2"), "三个整数"),
        (("--unit-costs", "²,1,1"), "三个整数"),
        (("--time-limit", "nan"), "--time-limit"),
    ],
)
def test_bad_wishes_end_in_a_clear_message_and_no_file(tmp_path: Path, more: tuple[str, ...], said: str) -> None:
    result = run(tmp_path, *more)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "计划.xlsx").exists()


def test_an_unknown_pack_is_named_with_those_at_hand(tmp_path: Path) -> None:
    result = run(tmp_path, pack="nowhere")
    assert result.exit_code == 2
    assert "zhejiang-ningbo-jiangbei-2020" in result.output


def test_a_roster_that_lists_no_compounds_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, roster="区县,小区数（个）\n甲区,12\n")
    assert result.exit_code == 2
    assert not (tmp_path / "计划.xlsx").exists()


def test_a_document_that_cannot_be_written_is_named_and_the_workbook_kept(tmp_path: Path) -> None:
    (tmp_path / "计划.xlsx").write_text("earlier")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.json.part").mkdir()
    for document in (tmp_path / "nowhere" / "x.json", tmp_path / "folder" / "x.json"):
        result = run(tmp_path, "--document", str(document))
        assert result.exit_code == 2
        assert f"不能写出 {document}" in result.output
        assert (tmp_path / "计划.xlsx").read_text() == "earlier"
        assert not (tmp_path / "计划.xlsx.part").exists()


def test_a_workbook_that_cannot_be_created_is_refused(tmp_path: Path) -> None:
    (tmp_path / "另.xlsx.part").mkdir()
    result = run(tmp_path, "-o", str(tmp_path / "另.xlsx"))
    assert result.exit_code == 2
    assert "另.xlsx" in result.output
    assert not (tmp_path / "计划.json").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--document", "名单.csv"), "--roster"),
        (("--document", "资金.csv"), "--budget"),
        (("--document", "计划.xlsx"), "-o"),
    ],
)
def test_a_plan_is_not_written_over_what_it_was_made_from(tmp_path: Path, more: tuple[str, str], said: str) -> None:
    result = run(tmp_path, more[0], str(tmp_path / "." / more[1]))
    assert result.exit_code == 2
    assert f"与 {said} 是同一个文件" in result.output
    assert (tmp_path / "名单.csv").read_text(encoding="utf-8") == ROSTER

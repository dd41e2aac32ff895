import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongdi.commands.packs import packs


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(packs, list(arguments))
    return result.exit_code, result.output


def test_a_new_pack_has_a_table_and_a_file_of_cases_for_each_decision(tmp_path: Path) -> None:
    code, output = run("new", "shandong-example-2024", "-d", "wish_vote", "-d", "scope", "--folder", str(tmp_path))
    assert code == 0, output
    folder = tmp_path / "shandong-example-2024"
    header = (folder / "tables" / "wish_vote.csv").read_text(encoding="utf-8-sig").strip().split(",")
    assert header[:4] == ["id", "when", "outcome", "section"]
    assert header[-1] == "value:owners_needed"
    assert (folder / "cases" / "scope.csv").is_file()


def test_a_title_with_quotes_makes_a_pack_that_can_be_read(tmp_path: Path) -> None:
    title = '关于"老旧小区"改造的\\意见'
    run("new", "shandong-example-2024", "--title", title, "-d", "scope", "--folder", str(tmp_path))
    assert (
        tomllib.loads((tmp_path / "shandong-example-2024" / "pack.toml").read_text(encoding="utf-8"))["title"] == title
    )


@pytest.mark.parametrize("command", ["check", "test", "docs", "coverage"])
def test_a_folder_without_packs_is_no_success(tmp_path: Path, command: str) -> None:
    code, output = run(command, "--folder", str(tmp_path))
    assert code == 1
    assert "里没有政策包" in output


def test_a_broken_metadata_file_is_told_by_its_line(tmp_path: Path) -> None:
    run("new", "shandong-example-2024", "-d", "scope", "--folder", str(tmp_path))
    meta = tmp_path / "shandong-example-2024" / "pack.toml"
    text = meta.read_text(encoding="utf-8")
    meta.write_text(text.replace('level = "city"', "level = city"), encoding="utf-8")
    line = text.splitlines().index('level = "city"') + 1
    code, output = run("check", "--folder", str(tmp_path))
    assert code == 1
    assert f"pack.toml 第 {line} 行：TOML 格式有误" in output


def test_the_check_of_a_new_pack_says_what_to_fill_in(tmp_path: Path) -> None:
    run("new", "shandong-example-2024", "-d", "scope", "--folder", str(tmp_path))
    code, output = run("check", "--folder", str(tmp_path))
    assert code == 1
    assert "没有条款清单" in output
    assert "表中没有一行结论" in output
    assert "判定 scope 没有示例" in output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("山东",), "不能作名称"),
        (("a-2024", "-d", "scoop"), "没有判定 scoop"),
        (("a-2024", "-d", "item_class"), "不另建表，写在 catalogue.csv"),
    ],
)
def test_a_name_or_a_decision_that_cannot_be_is_named(tmp_path: Path, arguments: tuple[str, ...], problem: str) -> None:
    code, output = run("new", *arguments, "--folder", str(tmp_path))
    assert code == 1
    assert problem in output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a-2024").mkdir()
    code, output = run("new", "a-2024", "--folder", str(tmp_path))
    assert code == 1
    assert "已经存在" in output
    assert list((tmp_path / "a-2024").iterdir()) == []


def test_the_cases_of_a_pack_are_run_and_counted() -> None:
    assert run("test", "cn") == (0, f"{'cn':<32} 示例 46 个，不符 0 个\n")


def test_the_reference_of_a_pack_tells_document_clauses_and_coverage(tmp_path: Path) -> None:
    code, _ = run("docs", "zhejiang-ningbo-jiangbei-2020", "-o", str(tmp_path))
    text = (tmp_path / "zhejiang-ningbo-jiangbei-2020.md").read_text(encoding="utf-8")
    assert code == 0
    assert "北区政办发〔2020〕11号" in text
    assert "| `parameter:plan_decision_last_day` | 年度计划确定的最后一日 | 月-日 | 默认 07-31 |" in text
    assert "共 55 条：可判定 23" in text
    assert "### 意愿表决（`wish_vote`）" in text
    assert "two-thirds: (3 * area_agreeing_m2) >= (2 * area_total_m2) AND" in text
    assert "| `danger_relief` |" in text


def test_the_dictionary_lists_decisions_facts_and_items() -> None:
    code, output = run("docs", "--dictionary")
    assert code == 0
    assert "| `completed_on` | 建成日期 | 日期 |" in output
    assert "| `value:owners_needed` | 需同意业主人数 | 整数 |" in output
    assert "| `roof_repair` |" in output


def test_coverage_is_told_in_a_line_for_each_pack_or_in_full_as_json() -> None:
    code, output = run("coverage", "guizhou-2021")
    assert (code, output.count("\n")) == (0, 1)
    assert "共 22 条：可判定 18，须记录 1，须办理 2，目标或原则 1" in output
    found = json.loads(run("coverage", "guizhou-2021", "--json")[1])[0]
    assert found["treatments"]["executable"] == 18
    assert {"section": "二(五)", "decisions": ["priority_factors"]}.items() <= {
        key: value for key, value in found["sections"][7].items()
    }.items()


def test_a_pack_that_does_not_exist_ends_the_command() -> None:
    code, output = run("docs", "nowhere")
    assert code == 1
    assert "没有这个政策包" in output

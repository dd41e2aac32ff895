"""`gongdi plan INSTANCE.json`: files in and out, exit codes, what is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongdi.cli import main
from tests.support import plan_oracle
from tests.support.plan_instances import made


def run(*args: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["plan", *args], input=given)


@pytest.fixture
def instance_file(tmp_path: Path) -> Path:
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(made(25, 2, 1)), encoding="utf-8")
    return path


def test_a_plan_is_written_to_the_file_and_holds(instance_file: Path, tmp_path: Path) -> None:
    result = run(str(instance_file), "-o", str(tmp_path / "plan.json"))
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert plan_oracle.faults(json.loads(instance_file.read_text()), plan) == []
    assert plan["status"] == "optimal"
    assert plan["objective"] <= plan["bound"]
    assert plan["gap"] <= 0.001
    assert result.stdout == ""
    assert f"列入 {len(plan['chosen'])} 个小区" in result.stderr
    assert list(tmp_path.glob("*.part")) == []


def test_dashes_stand_for_standard_input_and_output() -> None:
    result = run("-", "-o", "-", "--quiet", given=json.dumps(made(25, 2, 1)))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "optimal"
    assert result.stderr == ""


def test_options_may_come_before_the_file(instance_file: Path) -> None:
    assert run("--gap", "0.01", "-q", str(instance_file)).exit_code == 0


def test_the_same_instance_and_options_give_the_same_bytes_but_for_seconds(instance_file: Path) -> None:
    one, other = ([line for line in run(str(instance_file)).stdout.splitlines() if "seconds" not in line] for _ in "ab")
    assert one == other


def test_demands_that_cannot_hold_exit_with_1_and_name_the_conflict() -> None:
    result = run("-", given=json.dumps(made(40, 2, 5, "hopeless")))
    assert result.exit_code == 1
    plan = json.loads(result.stdout)
    assert plan["status"] == "infeasible"
    assert plan["objective"] is None
    assert {"kind", "id", "sentence"} == set(plan["conflict"][0])
    assert "相互冲突" in result.stderr
    assert plan["conflict"][0]["sentence"] in result.stderr


def faulty(**changes: Any) -> str:
    return json.dumps(made(6, 2, 1) | changes)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (faulty(years=[]), "years：没有计划年度"),
        ("{", "不是有效的 JSON：第 1 行"),
        ("[" * 100_000, "不是有效的 JSON"),
        ("", "不是有效的 JSON"),
        ("3", "不是一个 JSON 对象"),
    ],
)
def test_bad_input_exits_with_2_and_says_what_to_do(given: str, words: str) -> None:
    result = run("-", given=given)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes("{'小区'}".encode("gbk"))
    result = run(str(tmp_path / "x.json"))
    assert (result.exit_code, "UTF-8" in result.stderr) == (2, True)


def test_a_file_that_is_not_there_and_a_folder_that_is_not_there_are_refused(instance_file: Path) -> None:
    assert run("nowhere.json").exit_code == 2
    result = run(str(instance_file), "-o", "nowhere/plan.json")
    assert result.exit_code == 2
    assert "目录不存在" in result.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (faulty(years=[]), "years: there is no year to plan. Give at least one year."),
        ("{", "is no valid JSON: line 1, column 2"),
        ("[" * 100_000, "nested too deeply"),
        ("3", "instance: it is no JSON object"),
    ],
)
def test_what_is_wrong_is_told_in_english_where_that_is_asked(given: str, words: str) -> None:
    result = run("-", "--english", given=given)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr)


def test_files_and_compounds_that_are_not_there_are_told_in_english_where_that_is_asked(instance_file: Path) -> None:
    for args, words in (
        (["nowhere.json"], "Cannot read nowhere.json"),
        ([str(instance_file), "--explain", "nobody"], "the problem has no such compound"),
        ([str(instance_file), "-o", "/nowhere/plan.json"], "there is no such folder"),
        ([str(instance_file), "--what-if", str(instance_file)], "Give --what-if and --answers together"),
    ):
        result = run(*args, "--english")
        assert result.exit_code == 2
        assert words in result.stderr
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr)


def test_nothing_found_in_time_exits_with_3() -> None:
    """Demands that no simple filling meets, and no time for more."""
    data = made(80, 3, 2, "minimums")
    for row in data["counties"]:
        row["minimum"] = sum(compound["county"] == row["code"] for compound in data["compounds"]) - 3
    result = run("-", "--time-limit", "0.000001", given=json.dumps(data))
    assert result.exit_code == 3
    assert json.loads(result.stdout)["status"] == "unknown"
    assert "--time-limit" in result.stderr


def test_help_names_the_exit_codes() -> None:
    assert "退出码" in run("--help").output
    assert "退出码" in run().output


def test_many_faults_are_counted_and_the_first_are_shown() -> None:
    data = made(80, 2, 1)
    for row in data["compounds"]:
        row["own_money"] = -1
    result = run("-", given=json.dumps(data))
    assert "有 80 处错误" in result.stderr
    assert "另有 30 处未列出" in result.stderr


def test_an_explanation_says_what_keeps_a_compound_out_and_what_a_chosen_one_keeps_out(
    instance_file: Path, tmp_path: Path
) -> None:
    run(str(instance_file), "-q", "-o", str(tmp_path / "plan.json"))
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    out = next(row for row in plan["reasons"] if row["why"] == "outranked")
    chosen = plan["chosen"][0]["id"]
    result = run(str(instance_file), "--explain", out["id"], "--explain", chosen, "-o", str(tmp_path / "again.json"))
    assert f"小区 {out['id']} 未列入" in result.stderr
    assert f"还差 {out['short_yuan']:,} 元" in result.stderr
    assert f"小区 {chosen} 列入：" in result.stderr
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in again["displaced"]] == [chosen]
    assert again["chosen"] == plan["chosen"]


def test_an_explanation_of_a_compound_that_is_not_there_is_refused(instance_file: Path) -> None:
    result = run(str(instance_file), "--explain", "nowhere")
    assert (result.exit_code, "没有这个小区" in result.stderr) == (2, True)


def test_demands_that_cannot_hold_are_told_what_money_would_help() -> None:
    result = run("-", given=json.dumps(made(40, 2, 5, "hopeless")))
    row = json.loads(result.stdout)["top_up"][0]
    assert f"资金 {row['fund']} {row['year']} 年追加 {row['yuan']:,} 元" in result.stderr


def test_english_is_spoken_on_demand(instance_file: Path, tmp_path: Path) -> None:
    result = run(str(instance_file), "--english", "--explain", "c0", "-o", str(tmp_path / "plan.json"))
    assert "compounds chosen" in result.stderr
    assert "Compound c0 is" in result.stderr
    hopeless = run("-", "--english", given=json.dumps(made(40, 2, 5, "hopeless")))
    assert json.loads(hopeless.stdout)["conflict"][0]["sentence"] in hopeless.stderr
    assert "cannot be met together" in hopeless.stderr
    assert re.search("[\u4e00-\u9fff]", hopeless.output) is None

"""The samples that the README names give what it promises."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongdi.cli import main
from gongdi.commands.plan_make import make
from gongdi.exchange.plan_workbook import against
from gongdi.exchange.roster import read_roster

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_the_sample_roster_is_read_without_a_doubt() -> None:
    reading = read_roster((GUIDE / "sample-roster.csv").read_bytes(), now_year=2026, name="sample-roster.csv")
    assert (len(reading.rows), list(reading.problems)) == (6, [])


def test_the_samples_give_a_plan_with_one_compound_open(tmp_path: Path) -> None:
    arguments = ["--roster", str(GUIDE / "sample-roster.csv"), "--pack", "zhejiang-ningbo-jiangbei-2020"]
    arguments += ["--budget", str(GUIDE / "sample-money.csv"), "--on", "2022-06-30"]
    arguments += ["-o", str(tmp_path / "plan.xlsx"), "--document", str(tmp_path / "plan.json")]
    result = CliRunner().invoke(make, arguments)
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert [row["outcome"] for row in plan["compounds"]].count("undetermined") == 1
    assert len(plan["firm"]["best"]["chosen"]) == 2
    assert date.fromisoformat(plan["on"]) == date(2022, 6, 30)


def made(tmp_path: Path, roster: Path, *more: str) -> tuple[int, dict[str, Any], str]:
    arguments = ["--roster", str(roster), "--pack", "zhejiang-ningbo-jiangbei-2020", "--on", "2022-06-30"]
    arguments += ["--budget", str(GUIDE / "sample-money.csv"), "-o", str(tmp_path / "plan.xlsx"), *more]
    result = CliRunner().invoke(make, [*arguments, "--document", str(tmp_path / "plan.json")])
    return result.exit_code, json.loads((tmp_path / "plan.json").read_text()), result.output


def test_a_row_that_stands_twice_is_planned_once_and_said(tmp_path: Path) -> None:
    lines = (GUIDE / "sample-roster.csv").read_text(encoding="utf-8-sig").splitlines()
    again = next(line for line in lines if "望江苑" in line)
    (tmp_path / "twice.csv").write_text("\n".join([*lines, again]), encoding="utf-8")
    code, plan, said = made(tmp_path, tmp_path / "twice.csv")
    assert code == 0
    assert [row["name"] for row in plan["compounds"]].count("示例·望江苑") == 1
    assert "完全相同，只算一次" in said


def test_the_list_is_measured_by_the_bound_that_is_proved(tmp_path: Path) -> None:
    _, plan, _ = made(tmp_path, GUIDE / "sample-roster.csv")
    firm = plan["firm"]
    listed = against(firm["listed"], firm["best"])
    assert listed["bound"] == firm["best"]["bound"] < firm["listed"]["bound"]
    assert listed["objective"] * (1 + listed["gap"]) == pytest.approx(firm["best"]["bound"])


def test_a_plan_that_was_not_found_in_time_exits_with_3_and_says_so(tmp_path: Path) -> None:
    code, plan, said = made(tmp_path, GUIDE / "sample-roster.csv", "--time-limit", "0.0000001")
    assert plan["firm"]["best"]["status"] == "unknown"
    assert code == 3
    assert "限时内没有求得优选计划" in said


def test_the_sample_problem_is_solved_explained_and_asked_three_questions(tmp_path: Path) -> None:
    arguments = ["plan", str(GUIDE / "sample-instance.json"), "-o", str(tmp_path / "plan.json"), "--explain", "c2"]
    arguments += ["--what-if", str(GUIDE / "sample-questions.json"), "--answers", str(tmp_path / "answers.json")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    answers = json.loads((tmp_path / "answers.json").read_text())["answers"]
    assert [row["status"] for row in answers] == ["optimal"] * 3
    assert "小区 c2 未列入" in result.stderr
    assert "c2" in [row["id"] for row in answers[2]["entered"]]

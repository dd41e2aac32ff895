"""The samples that the README names give what it promises."""

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from gongdi.cli import main
from gongdi.commands.plan_make import make
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


def test_the_sample_problem_is_solved_explained_and_asked_three_questions(tmp_path: Path) -> None:
    arguments = ["plan", str(GUIDE / "sample-instance.json"), "-o", str(tmp_path / "plan.json"), "--explain", "c2"]
    arguments += ["--what-if", str(GUIDE / "sample-questions.json"), "--answers", str(tmp_path / "answers.json")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    answers = json.loads((tmp_path / "answers.json").read_text())["answers"]
    assert [row["status"] for row in answers] == ["optimal"] * 3
    assert "小区 c2 未列入" in result.stderr
    assert "c2" in [row["id"] for row in answers[2]["entered"]]

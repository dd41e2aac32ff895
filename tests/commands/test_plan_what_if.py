"""`gongdi plan INSTANCE.json --what-if QUESTIONS.json`: questions in, answers out, what is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongdi.cli import main
from tests.support.plan_instances import made


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["plan", *args])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    data = made(25, 2, 1)
    (tmp_path / "instance.json").write_text(json.dumps(data), encoding="utf-8")
    write(tmp_path, [{"changes": [{"compound": "c3", "must": True}]}])
    return tmp_path


def write(folder: Path, questions: Any) -> None:
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")


def ask(folder: Path, *more: str) -> Result:
    paths = (str(folder / name) for name in ("instance.json", "plan.json", "questions.json", "answers.json"))
    instance, plan, questions, answers = paths
    return run(instance, "-o", plan, "--what-if", questions, "--answers", answers, *more)


def test_answers_are_written_beside_the_plan_they_are_compared_with(files: Path) -> None:
    data = json.loads((files / "instance.json").read_text())
    fund = data["funds"][0]
    write(
        files,
        [
            {"name": "少一半", "changes": [{"fund": fund["code"], "year": 2027, "budget": fund["budget"][0] // 2}]},
            {"changes": [{"county": data["counties"][0]["code"], "minimum": 999}]},
        ],
    )
    result = ask(files)
    assert result.exit_code == 0, result.output
    plan, answers = (json.loads((files / name).read_text(encoding="utf-8")) for name in ("plan.json", "answers.json"))
    assert (answers["objective"], answers["bound"]) == (plan["objective"], plan["bound"])
    less, impossible = answers["answers"]
    assert less["name"] == "少一半"
    assert less["most"] <= plan["gap"] * plan["objective"] + 1e-6, "less money brings no worth"
    assert impossible["status"] == "infeasible"
    assert impossible["name"] == "2"
    assert f"少一半. {less['sentence']}" in result.stderr
    assert result.stderr.splitlines()[0].startswith("列入 ")


def test_english_answers_are_english(files: Path) -> None:
    result = ask(files, "--english")
    assert "If compound c3 must start" in result.stderr
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr)


def test_quiet_says_nothing(files: Path) -> None:
    assert ask(files, "-q").stderr == ""


def test_questions_that_name_what_is_not_there_are_refused_before_anything_is_solved(files: Path) -> None:
    write(files, [{"changes": [{"compound": "nobody", "must": True}]}])
    result = ask(files)
    assert result.exit_code == 2
    assert "questions.json 有 1 处错误，没有求解" in result.stderr
    assert "问题中没有 nobody" in result.stderr
    assert not (files / "plan.json").exists()


def test_questions_need_a_file_for_the_answers_and_the_other_way_round(files: Path) -> None:
    instance, questions = str(files / "instance.json"), str(files / "questions.json")
    for args in (["--what-if", questions], ["--answers", str(files / "answers.json")]):
        result = run(instance, *args)
        assert result.exit_code == 2
        assert "--what-if 和 --answers 要一起使用" in result.stderr


def test_plan_and_answers_do_not_go_into_the_same_file(files: Path) -> None:
    same = str(files / "plan.json")
    result = run(
        str(files / "instance.json"), "-o", same, "--what-if", str(files / "questions.json"), "--answers", same
    )
    assert result.exit_code == 2
    assert "另选一个文件" in result.stderr


def test_a_folder_that_is_not_there_is_told_before_the_work(files: Path) -> None:
    result = run(
        str(files / "instance.json"),
        *("--what-if", str(files / "questions.json"), "--answers", str(files / "nowhere" / "answers.json")),
    )
    assert result.exit_code == 2
    assert "目录不存在" in result.stderr

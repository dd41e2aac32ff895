"""`gongdi plan INSTANCE.json --what-if QUESTIONS.json`: questions in, answers out, what is said."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongdi.cli import main
from gongdi.core.portfolio.answers import Answer
from gongdi.core.portfolio.changes import Question
from gongdi.engines.highs import Ready, ready
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


def test_ctrl_c_ends_with_the_best_plan_so_far_and_the_answers_given(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes while the second question is solved."""
    write(files, [{"changes": [{"compound": f"c{at}", "must": True}]} for at in (3, 4, 5)])
    asked, ask_one = [], Ready.ask

    def interrupted(self: Ready, question: Question, *rest: Any) -> Answer:
        asked.append(question.name)
        if len(asked) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return ask_one(self, question, *rest)

    monkeypatch.setattr(Ready, "ask", interrupted)
    before = signal.getsignal(signal.SIGINT)
    result = ask(files)
    assert result.exit_code == 130
    assert "正在停止" in result.stderr
    assert [row["name"] for row in json.loads((files / "answers.json").read_text())["answers"]] == ["1"]
    assert json.loads((files / "plan.json").read_text())["status"] == "optimal"
    assert signal.getsignal(signal.SIGINT) == before


def test_ctrl_c_in_the_first_search_writes_the_plan_and_asks_nothing(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: Any, **more: Any) -> Ready:
        os.kill(os.getpid(), signal.SIGINT)
        return ready(*args, **more)

    monkeypatch.setattr("gongdi.engines.highs.ready", interrupted)
    result = ask(files)
    assert result.exit_code == 130
    assert json.loads((files / "plan.json").read_text())["status"] in ("feasible", "optimal", "unknown")
    assert not (files / "answers.json").exists()


def test_what_is_read_is_never_written_over(files: Path) -> None:
    instance, questions = files / "instance.json", files / "questions.json"
    before = instance.read_bytes(), questions.read_bytes()
    (files / "link.json").symlink_to(instance)
    for plan, answers in ((instance, "answers.json"), (files / "link.json", "answers.json"), ("plan.json", questions)):
        result = run(
            str(instance), "-o", str(files / plan), "--what-if", str(questions), "--answers", str(files / answers)
        )
        assert result.exit_code == 2
        assert "写出会将其覆盖" in result.stderr
    assert (instance.read_bytes(), questions.read_bytes()) == before


@pytest.mark.parametrize("wish", [["--gap", "nan"], ["--time-limit", "inf"]])
def test_numbers_that_are_not_finite_are_refused(files: Path, wish: list[str]) -> None:
    result = ask(files, *wish)
    assert result.exit_code == 2
    assert "有限的数" in result.stderr

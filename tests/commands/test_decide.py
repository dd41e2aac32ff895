import json
from typing import Any

from click.testing import CliRunner

from gongdi.commands.decide import decide

QUESTION = {
    "case": "a",
    "pack": "henan-zhumadian-2021",
    "decision": "support_tier",
    "on": "2021-06-01",
    "facts": {"completed_on": "1998-01-01"},
}


def asked(*lines: str, arguments: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(decide, [*arguments, "-"], input="\n".join(lines) + "\n")
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_each_question_gets_one_answer_a_line() -> None:
    code, answers = asked(json.dumps(QUESTION), "", json.dumps({**QUESTION, "case": "b", "facts": {}}))
    assert code == 0
    assert [(answer["case"], answer["outcome"]) for answer in answers] == [("a", "main"), ("b", "undetermined")]
    assert answers[0]["clauses"][0]["section"] == "三(二)"
    assert answers[1]["missing"] == ["completed_on"]


def test_an_explained_answer_shows_each_comparison_with_its_value() -> None:
    _, answers = asked(json.dumps(QUESTION), arguments=("--explain",))
    assert answers[0]["clauses"][0]["why"] == {
        "sql": "completed_on <= DATE '2000-12-31'",
        "zh": "建成日期不晚于2000年12月31日",
        "holds": True,
        "facts": {"建成日期": "1998-01-01"},
    }


def test_an_ill_put_question_gets_its_error_and_the_others_their_answers() -> None:
    lines = [
        "{not json",
        "[1]",
        json.dumps({**QUESTION, "on": "2021-02-30"}),
        json.dumps({**QUESTION, "pack": "nowhere"}),
        json.dumps({**QUESTION, "facts": {"completed_on": 7}}),
        json.dumps({**QUESTION, "facts": [1]}),
        json.dumps(QUESTION),
    ]
    code, answers = asked(*lines)
    assert code == 1
    codes = [answer["error"][0]["code"] for answer in answers[:-1]]
    assert codes == ["bad_json", "bad_json", "bad_question", "unknown_pack", "wrong_type", "bad_question"]
    assert all(answer["error"][0]["remedy"] for answer in answers[:-1])
    assert answers[-1]["outcome"] == "main"


def test_a_fact_that_no_rule_knows_is_named_with_the_nearest_name() -> None:
    line = json.dumps({**QUESTION, "facts": {"completed_no": "1998-01-01"}})
    line += "\n" + json.dumps({**QUESTION, "pack": "guizhou-2021", "facts": {"parameter:scope_main_cutoff_year": 2000}})
    result = CliRunner().invoke(decide, ["-"], input=line + "\n")
    assert result.exit_code == 0
    assert "scope_main" not in result.stderr
    assert "没有名为 completed_no 的事实，已忽略；是否指 completed_on" in result.stderr

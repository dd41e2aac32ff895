import json
from pathlib import Path
from typing import Any

import pytest
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


def test_a_name_given_twice_is_an_error_of_its_line_alone() -> None:
    plain = json.dumps(QUESTION)
    fact_twice = plain.replace('"completed_on"', '"completed_on": "2003-01-01", "completed_on"')
    pack_twice = plain.replace('"pack"', '"pack": "guizhou-2021", "pack"')
    code, answers = asked(fact_twice, pack_twice, plain)
    assert code == 1
    errors = [(answer["case"], answer["error"][0]["code"], answer["error"][0]["fact"]) for answer in answers[:-1]]
    assert errors == [("a", "repeated_name", "completed_on"), ("a", "repeated_name", "pack")]
    assert answers[-1]["outcome"] == "main"


def test_a_fact_that_no_rule_knows_is_named_with_the_nearest_name() -> None:
    line = json.dumps({**QUESTION, "facts": {"completed_no": "1998-01-01"}})
    line += "\n" + json.dumps({**QUESTION, "pack": "guizhou-2021", "facts": {"parameter:scope_main_cutoff_year": 2000}})
    result = CliRunner().invoke(decide, ["-"], input=line + "\n")
    assert result.exit_code == 0
    assert "scope_main" not in result.stderr
    assert "没有名为 completed_no 的事实，已忽略；是否指 completed_on" in result.stderr


def test_a_number_of_thousands_of_digits_is_an_error_of_its_line_alone() -> None:
    code, answers = asked('{"case": ' + "1" * 6000 + "}", json.dumps(QUESTION))
    assert code == 1
    assert answers[0]["error"][0]["code"] == "bad_json"
    assert answers[1]["outcome"] == "main"


@pytest.mark.parametrize("from_file", [True, False])
def test_a_byte_that_is_no_text_and_a_mark_at_the_start_stop_nothing(tmp_path: Path, from_file: bool) -> None:
    line = json.dumps(QUESTION).encode()
    sent = b"\xef\xbb\xbf" + line + b"\n\xff\n" + line.replace(b'"a"', b'"\xff"') + b"\n"
    (tmp_path / "questions.jsonl").write_bytes(sent)
    source = str(tmp_path / "questions.jsonl") if from_file else "-"
    result = CliRunner().invoke(decide, [source], input=None if from_file else sent)
    answers = [json.loads(answer) for answer in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [answer.get("outcome") for answer in answers] == ["main", None, "main"]
    assert [answer["case"] for answer in answers] == ["a", None, "\ufffd"]


def test_half_a_character_is_printed_escaped_and_the_next_question_answered() -> None:
    lines = [
        json.dumps({**QUESTION, "pack": "\ud800"}),
        json.dumps({**QUESTION, "facts": {"\ud800": 1}}),
        json.dumps({**QUESTION, "case": "\ud800"}),
        json.dumps(QUESTION),
    ]
    code, answers = asked(*lines)
    assert code == 1
    assert [answer.get("outcome") for answer in answers] == [None, "undetermined", "main", "main"]


@pytest.mark.parametrize(
    ("given", "told"), [({"case": "x"}, "x"), ({"case": 17}, 17), ({"case": None}, "1"), ({"case": [1]}, "1")]
)
def test_answers_and_errors_carry_the_same_case(given: dict[str, Any], told: str | int) -> None:
    _, answered = asked(json.dumps({**QUESTION, **given}))
    _, refused = asked(json.dumps({**QUESTION, **given, "on": "never"}))
    _, unknown = asked(json.dumps({**QUESTION, **given, "pack": "nowhere"}))
    assert [answers[0]["case"] for answers in (answered, refused, unknown)] == [told] * 3
    assert next(iter(answered[0])) == "case"


def test_errors_are_in_english_when_english_is_asked_for() -> None:
    votes = {"owners_total": 100, "owners_agreeing": 130}
    lines = [
        json.dumps({**QUESTION, "facts": {"completed_on": 1998}}),
        json.dumps({**QUESTION, "pack": "cn", "decision": "owners_vote", "facts": votes}),
        json.dumps({**QUESTION, "pack": "nowhere"}),
        json.dumps({**QUESTION, "decision": "nothing"}),
        json.dumps({**QUESTION, "on": "soon"}),
        '{"case": 1, "case": 2}',
        "[",
    ]
    code, answers = asked(*lines, arguments=("--english",))
    assert code == 1
    assert len(answers) == len(lines)
    told = [f"{each['why']}; {each['remedy']}" for answer in answers for each in answer["error"]]
    assert all(text.isascii() for text in told)
    assert told[0].startswith("date completed (completed_on): the value cannot be used; give a day")
    assert told[1].startswith("these cannot hold together: owners agreeing (owners_agreeing), owners in all")


def test_an_answer_of_the_level_above_names_the_level() -> None:
    question = {**QUESTION, "decision": "owners_vote", "facts": {"matter": "rebuild"}}
    _, (below,) = asked(json.dumps(question))
    _, (above,) = asked(json.dumps(question), arguments=("--levels",))
    assert (below["outcome"], "level" in below) == ("not_regulated", False)
    assert (above["pack"], above["level"], above["level_title"]) == ("cn", "nation", "国家法律中的业主表决规则")

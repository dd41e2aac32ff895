import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongdi.commands.packs import packs
from tests.support.packs import META, table_text

PACK = "zhejiang-ningbo-jiangbei-2020"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(packs, list(arguments))
    return result.exit_code, result.output


def test_the_list_names_the_nine_sources_and_the_national_law() -> None:
    code, output = run("list", "--json")
    assert code == 0
    assert len(json.loads(output)) == 10


def test_a_decision_is_shown_clause_by_clause() -> None:
    code, output = run("show", PACK, "scope")
    assert code == 0
    assert "[二(一)] villas → 不纳入" in output


def test_a_pack_or_a_decision_that_does_not_exist_is_named() -> None:
    assert "没有名为“nowhere”的政策包" in run("show", "nowhere")[1]
    assert "没有规定 support_tier" in run("show", PACK, "support_tier")[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pack = tmp_path / "test-1999"
    (pack / "tables").mkdir(parents=True)
    (pack / "cases").mkdir()
    (pack / "pack.toml").write_text(META, encoding="utf-8")
    rows = ({"when": "structure_safe", "outcome": "comprehensive"}, {"when": "TRUE", "outcome": "neither"})
    (pack / "tables" / "renewal_type.csv").write_text(table_text(*rows), encoding="utf-8")
    return tmp_path


def case(outcome: str) -> str:
    row = {"case": "c", "decision": "renewal_type", "on": "2021-01-01", "facts": {"structure_safe": True}}
    return json.dumps({**row, "expect": {"outcome": outcome}})


def test_a_pack_whose_cases_agree_passes(folder: Path) -> None:
    (folder / "test-1999" / "cases" / "a.jsonl").write_text(case("comprehensive"), encoding="utf-8")
    code, output = run("check", "--folder", str(folder))
    assert code == 0, output


def test_a_case_that_does_not_agree_is_named_with_both_answers(folder: Path) -> None:
    (folder / "test-1999" / "cases" / "a.jsonl").write_text(case("either"), encoding="utf-8")
    code, output = run("check", "--folder", str(folder))
    assert code == 1
    assert "结论为 comprehensive，示例为 either" in output


def test_a_decision_without_a_case_is_named(folder: Path) -> None:
    code, output = run("check", "--folder", str(folder))
    assert code == 1
    assert "判定 renewal_type 没有示例" in output

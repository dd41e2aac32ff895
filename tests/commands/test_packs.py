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


def test_the_list_names_the_nine_sources_and_the_national_texts() -> None:
    code, output = run("list", "--json")
    assert code == 0
    assert len(json.loads(output)) == 11


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
    rows = (
        {"id": "safe", "when": "structure_safe", "outcome": "comprehensive"},
        {"id": "rest", "when": "TRUE", "outcome": "neither"},
    )
    (pack / "tables" / "renewal_type.csv").write_text(table_text(*rows), encoding="utf-8")
    sections = "section,title,title_en,treatment,decisions,part,note\n一,类型,type,executable,renewal_type,,\n"
    (pack / "sections.csv").write_text(sections, encoding="utf-8")
    return tmp_path


def case(outcome: str, safe: bool | None) -> str:
    row = {"case": "c", "decision": "renewal_type", "on": "2021-01-01", "facts": {"structure_safe": safe}}
    missing = ["structure_safe"] if safe is None else []
    return json.dumps({**row, "expect": {"outcome": outcome, "missing": missing}}) + "\n"


ALL = (case("comprehensive", True), case("neither", False), case("undetermined", None))


def checked(folder: Path, *cases: str) -> tuple[int, str]:
    (folder / "test-1999" / "cases" / "a.jsonl").write_text("".join(cases), encoding="utf-8")
    return run("check", "--folder", str(folder))


def test_a_pack_whose_cases_agree_passes(folder: Path) -> None:
    code, output = checked(folder, *ALL)
    assert code == 0, output


def test_a_case_that_does_not_agree_is_named_with_both_answers(folder: Path) -> None:
    code, output = checked(folder, *ALL, case("either", True))
    assert code == 1
    assert "第 4 行：示例“c”不符：结论为 comprehensive，示例为 either" in output


def test_a_decision_without_a_case_is_named(folder: Path) -> None:
    code, output = checked(folder)
    assert code == 1
    assert "判定 renewal_type 没有示例" in output


def test_an_outcome_and_a_row_that_no_case_tries_are_named(folder: Path) -> None:
    _, output = checked(folder, ALL[0], ALL[2])
    assert "没有结论为 neither 的示例" in output
    assert "没有由行“rest”决定的示例" in output
    assert "safe" not in output


def test_a_table_that_no_case_asks_with_a_fact_missing_is_named(folder: Path) -> None:
    assert "没有缺少事实的示例" in checked(folder, ALL[0], ALL[1])[1]


def test_a_pack_without_a_list_of_sections_is_named(folder: Path) -> None:
    (folder / "test-1999" / "sections.csv").unlink()
    code, output = checked(folder, *ALL)
    assert code == 1
    assert "test-1999/sections.csv：没有条款清单" in output


def test_tables_saved_by_an_office_spreadsheet_in_its_own_code_are_read(folder: Path) -> None:
    table = folder / "test-1999" / "sections.csv"
    table.write_bytes(table.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030") + b",,,,,,\r\n")
    code, output = checked(folder, *ALL)
    assert code == 0, output

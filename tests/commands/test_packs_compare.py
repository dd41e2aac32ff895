import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongdi.commands.decide import decide
from gongdi.commands.packs import packs
from gongdi.exchange import packfiles
from tests.support.packs import META, table_text

JIANGBEI, PUER = "zhejiang-ningbo-jiangbei-2020", "yunnan-puer-2022"
ROSTER = """小区名称,区县,竣工交付日期,土地性质,已列入棚改计划,列入征收计划,小区类型
甲小区,某区,1996-05-01,国有,否,否,住宅小区
"""


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(packs, ["compare", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_two_packs_are_laid_side_by_side() -> None:
    found = run(JIANGBEI, PUER, "--on", "2022-12-05")
    assert found["decisions"]["scope"] == "different"
    assert found["items"]["无障碍设施"] == [["basic"], ["improvement"]]


def test_one_law_on_two_days_shows_what_changed() -> None:
    found = run("cn", "cn", "--on", "2020-12-31", "--on-right", "2021-01-01", "--decision", "owners_vote")
    assert {each["kind"] for each in found["clauses"]} != {"same"}


def test_a_roster_shows_who_changes_sides(tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text(ROSTER, encoding="utf-8")
    found = run(JIANGBEI, "guizhou-2021", "--on", "2022-06-30", "--roster", str(file))
    assert found["effects"]["changed"] == [["甲小区", "in", "undetermined"]]


def test_the_printed_comparison_is_in_words_and_names_who_changes_sides(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    arguments = ["compare", JIANGBEI, PUER, "--on", "2022-06-30", "--roster", str(file)]
    output = CliRunner().invoke(packs, arguments).output
    assert "自 2022-12-05 起施行，2022-06-30 尚未施行" in output
    assert "纳入范围（scope）逐款，＝ 相同" in output
    assert "纳入 → 未作规定：1 个" in output
    assert "    甲小区：纳入 → 未作规定" in output
    assert "小区：1 个 → 未作规定" in output


def test_a_draft_in_a_folder_of_ones_own_is_compared_before_it_is_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "test-1999"
    (draft / "tables").mkdir(parents=True)
    (draft / "pack.toml").write_text(META, encoding="utf-8")
    rows = ({"when": "in_urban_area", "outcome": "in"}, {"when": "TRUE", "outcome": "out"})
    (draft / "tables" / "scope.csv").write_text(table_text(*rows), encoding="utf-8")
    monkeypatch.setenv("GONGDI_PACKS", str(tmp_path))
    packfiles.load_library.cache_clear()
    try:
        found = run(JIANGBEI, "test-1999", "--on", "2022-06-30")
    finally:
        packfiles.load_library.cache_clear()
    assert found["decisions"]["scope"] == "different"


def test_a_pack_of_ones_own_that_cannot_be_read_is_told_and_takes_no_other_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, binary = tmp_path / "test-1999" / "tables", tmp_path / "test-2000"
    broken.mkdir(parents=True)
    binary.mkdir()
    (broken.parent / "pack.toml").write_text(META, encoding="utf-8")
    (broken / "scope.csv").write_text(table_text({"when": "no_such_fact", "outcome": "in"}), encoding="utf-8")
    (binary / "pack.toml").write_bytes(b"\xff\xff\xff\xff")
    monkeypatch.setenv("GONGDI_PACKS", str(tmp_path))
    packfiles.load_library.cache_clear()
    asked = [
        {"case": "1", "pack": slug, "decision": "scope", "on": "2022-06-30", "facts": {}}
        for slug in ("test-1999", JIANGBEI)
    ]
    try:
        listed = CliRunner().invoke(packs, ["list"])
        compared = CliRunner().invoke(packs, ["compare", JIANGBEI, "test-1999"])
        shown = CliRunner().invoke(packs, ["show", "test-2000"])
        decided = CliRunner().invoke(decide, ["-"], input="\n".join(map(json.dumps, asked)))
    finally:
        packfiles.load_library.cache_clear()
    assert listed.exit_code == 0
    assert JIANGBEI in listed.output
    for result in (listed, compared, decided):
        assert "政策包 test-1999 有 1 处错误" in result.output
    assert compared.exit_code == 1
    assert "test-2000/pack.toml：不是文本文件" in shown.output
    first, second = (json.loads(line) for line in decided.stdout.splitlines())
    assert first["error"][0]["code"] == "unusable_pack"
    assert second["outcome"] == "undetermined"


def test_a_pack_that_does_not_exist_is_named() -> None:
    result = CliRunner().invoke(packs, ["compare", JIANGBEI, "nowhere"])
    assert result.exit_code == 1
    assert "nowhere" in result.output

"""The made-up pack of the author's guide is held to the same checks as the shipped ones."""

import shutil
from pathlib import Path

import gongdi
from gongdi.core.policy.packs import PackFault
from gongdi.core.policy.packtext import parse_pack
from gongdi.exchange.packcases import WorkedCase, read_cases
from gongdi.exchange.packchecks import pack_faults
from gongdi.exchange.packfiles import folder_texts, load_vocabulary

EXAMPLE = Path(gongdi.__file__).parents[2] / "docs" / "packs" / "example"
HEAD = "case,on,outcome,missing,sections,flags,why"


def found(text: str) -> list[WorkedCase | PackFault]:
    texts = {**folder_texts(EXAMPLE / "linxi-2024")}
    pack, faults = parse_pack("linxi-2024", texts, load_vocabulary())
    assert pack is not None, faults
    return list(read_cases(pack, {"cases/fund_for_item.csv": text}, load_vocabulary()))


def test_the_example_of_the_guide_has_no_fault() -> None:
    assert [str(fault) for fault in pack_faults("linxi-2024", EXAMPLE)] == []


def test_a_pack_that_rests_on_another_place_is_named(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "linxi-2024", tmp_path / "linxi-2024")
    meta = tmp_path / "linxi-2024" / "pack.toml"
    text = meta.read_text(encoding="utf-8")
    meta.write_text(text.replace("rests_on = []", 'rests_on = ["guizhou-2021", "cn"]'), encoding="utf-8")
    faults = [str(fault) for fault in pack_faults("linxi-2024", tmp_path)]
    assert len(faults) == 1
    assert "“guizhou-2021”属于贵州省，不包含虚构省临溪市" in faults[0]


def changed(tmp_path: Path, *changes: tuple[str, str, str]) -> list[str]:
    """The faults of the example with some texts in its files put in another way."""
    shutil.copytree(EXAMPLE / "linxi-2024", tmp_path / "linxi-2024")
    for name, old, new in changes:
        file = tmp_path / "linxi-2024" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return [str(fault) for fault in pack_faults("linxi-2024", tmp_path)]


def test_a_bound_that_no_case_just_misses_is_named(tmp_path: Path) -> None:
    (fault,) = changed(tmp_path, ("cases/wish_vote.csv", "100,9000,6000,66\n", "100,9000,6000,20\n"))
    assert "wish_vote.csv：行“two-thirds”的界限“3 × 同意业主人数 ≥ 2 × 业主总人数”没有差一点、恰好不成立的示例" in fault


def test_a_bound_that_no_case_exactly_reaches_is_named(tmp_path: Path) -> None:
    (fault,) = changed(tmp_path, ("cases/scope.csv", "否,否,是,是,2002-12-31", "否,否,是,是,1990-01-01"))
    assert "行“main”的界限“建成日期不晚于2002年12月31日”没有恰好成立的示例" in fault


def test_signs_of_a_chinese_keyboard_and_misspelt_facts_are_told_with_what_is_meant(tmp_path: Path) -> None:
    curly = ("tables/scope.csv", "DATE '2002-12-31'", "DATE ‘2002-12-31’")
    assert "“‘”请改成 '、“’”请改成 '" in changed(tmp_path / "a", curly)[0]
    misspelt = ("tables/scope.csv", "AND resident_will_strong,in", "AND resident_wil_strong,in")
    assert "是否指 resident_will_strong（居民改造意愿强烈）" in changed(tmp_path / "b", misspelt)[0]


def test_cells_of_cases_that_cannot_be_read_are_told_by_line_and_column(tmp_path: Path) -> None:
    faults = changed(
        tmp_path,
        (
            "cases/scope.csv",
            "scope-01,2024-09-01,in,,第二条,,截止日当天,否",
            "scope-01,2024年,in,,第二条,,截止日当天,没",
        ),
    )
    assert "linxi-2024/cases/scope.csv 第 2 行 “on”列：“2024年”不是日期；请写成 2024-09-01" in faults


def test_a_clause_without_words_and_cases_without_a_table_are_named(tmp_path: Path) -> None:
    assert "第 5 行 “text”列：没有转述" in changed(tmp_path / "a", ("tables/scope.csv", "其余不纳入", ""))[0]
    shutil.copytree(EXAMPLE / "linxi-2024", tmp_path / "b" / "linxi-2024")
    (tmp_path / "b" / "linxi-2024" / "tables" / "scope.csv").unlink()
    faults = [str(fault) for fault in pack_faults("linxi-2024", tmp_path / "b")]
    assert len(faults) == 2
    assert "有“纳入范围”（scope）的示例，却没有它的决策表" in faults[1]


def test_a_fall_to_a_level_above_that_is_not_named_is_a_fault(tmp_path: Path) -> None:
    (fault,) = changed(tmp_path, ("pack.toml", "falls_through = []", 'falls_through = ["*"]'))
    assert "“falls_through”项：写了参照上级的判定，却没有写上级" in fault


def test_cells_of_a_table_of_cases_become_the_kinds_of_their_facts() -> None:
    columns = f"{HEAD},resident_will_strong,owners_total,selected_items,needed_basic_items,area_m2,started_on,item\n"
    case = found(columns + "c,2024/9/1,undetermined,item; fund,,X-01,w,是,12,drainage；heating,无,80.5,2024/1/5,\n")[0]
    assert isinstance(case, WorkedCase)
    assert case.question.on.isoformat() == "2024-09-01"
    assert case.question.facts == {
        "resident_will_strong": True,
        "owners_total": 12,
        "selected_items": ["drainage", "heating"],
        "needed_basic_items": [],
        "area_m2": "80.5",
        "started_on": "2024-01-05",
    }
    assert case.expect["missing"] == ["item", "fund"]
    assert case.expect["flags"] == ["X-01"]


def test_a_column_that_is_no_fact_is_named() -> None:
    fault = found(f"{HEAD},fnud\nc,2024-09-01,allowed,,,,w,fiscal\n")[0]
    assert isinstance(fault, PackFault)
    assert "fnud" in str(fault)


def test_a_case_without_a_day_is_named_with_its_line() -> None:
    fault = found(f"{HEAD},fund\nc,,allowed,,,,w,fiscal\n")[0]
    assert isinstance(fault, PackFault)
    assert "第 2 行" in str(fault)

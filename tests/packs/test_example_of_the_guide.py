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

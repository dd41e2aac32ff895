import pytest

from gongdi.core.policy.packs import Treatment
from gongdi.core.policy.packtext import parse_pack
from gongdi.core.policy.sections import coverage_faults, parse_sections
from gongdi.exchange.packfiles import load_vocabulary
from tests.support.packs import META, table_text

HEAD = "section,title,title_en,treatment,decisions,part,note\n"


def problems(*lines: str) -> list[str]:
    return [
        str(fault) for fault in parse_sections("t", HEAD + "".join(f"{line}\n" for line in lines), load_vocabulary())[1]
    ]


def disagreements(*lines: str) -> list[str]:
    texts = {
        "pack.toml": META,
        "tables/renewal_type.csv": table_text({"when": "TRUE", "outcome": "neither", "section": "二(三)"}),
        "sections.csv": HEAD + "".join(f"{line}\n" for line in lines),
    }
    pack, faults = parse_pack("test-1999", texts, load_vocabulary())
    assert pack is not None, faults
    return [str(fault) for fault in coverage_faults(pack)]


def test_a_section_is_read_with_its_decisions() -> None:
    found, faults = parse_sections(
        "t", HEAD + "一,范围,scope,executable,scope; renewal_type,places,\n", load_vocabulary()
    )
    assert not faults
    assert (found[0].treatment, found[0].decisions) == (Treatment.EXECUTABLE, ("scope", "renewal_type"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("一,范围,,done,,,", "没有去向“done”"),
        ("一,范围,,executable,scoop,,", "没有判定 scoop"),
        ("一,范围,,process,,kitchen,", "没有“kitchen”"),
        ("一,范围,,record,,,", "没有写明由哪一部分承接"),
        (",范围,,aim,,,", "条款或标题为空"),
        ("一,范围,aim", "单元格数与表头不符"),
    ],
)
def test_what_is_wrong_in_a_line_is_named_with_its_line(line: str, problem: str) -> None:
    found = problems("零,说明,,aim,,,", line)
    assert len(found) == 1
    assert "第 3 行" in found[0]
    assert problem in found[0]


def test_a_section_listed_twice_is_named() -> None:
    assert "条款“一”重复" in problems("一,甲,,aim,,,", "一,乙,,aim,,,")[0]


def test_a_list_that_agrees_with_the_tables_has_no_fault() -> None:
    assert disagreements("二(三),类型,,executable,renewal_type,,", "三,目标,,aim,,,") == []


def test_a_table_that_cites_a_section_not_listed_is_named() -> None:
    found = disagreements("三,目标,,aim,,,")[0]
    assert "tables/renewal_type.csv 第 2 行 “section”列" in found
    assert "条款“二(三)”不在条款清单中" in found


def test_an_executable_section_that_no_table_cites_is_named() -> None:
    found = disagreements("二(三),类型,,executable,renewal_type,,", "四,期限,,executable,,,")
    assert len(found) == 1
    assert "条款“四”列为可判定，却没有判定引用它" in found[0]


def test_a_cited_section_that_is_called_an_aim_is_named() -> None:
    assert "被 renewal_type 引用" in disagreements("二(三),类型,,aim,,,")[0]


def test_decisions_that_are_not_those_that_cite_the_section_are_named() -> None:
    assert "实际由这些判定引用：renewal_type" in disagreements("二(三),类型,,executable,scope,,")[0]

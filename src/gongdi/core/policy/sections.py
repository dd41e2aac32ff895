"""Every section of a document accounted for (条款去向): read from sections.csv, held against the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongdi.core.policy.csvlines import read_lines
from gongdi.core.policy.packs import Pack, PackFault, Section, Treatment
from gongdi.core.policy.vocabulary import DICTIONARY, Vocabulary

COLUMNS = ("section", "title", "title_en", "treatment", "decisions", "part", "note")

PARTS = {
    "places": "小区档案",
    "consultation": "征求意见",
    "voting": "业主表决",
    "schemes": "改造方案",
    "planning": "储备与计划",
    "funds": "资金",
    "works": "施工与验收",
    "care": "长效管理",
    "evaluation": "评价",
    "reports": "报告",
    "portal": "公开门户",
    "desk": "受理与督办",
    "accounts": "机构与职责",
}
"""The parts of the product that a section may point to, each in Chinese."""

_TREATMENTS = {treatment.value for treatment in Treatment}
_NEED_PART = (Treatment.RECORD, Treatment.PROCESS)


def parse_sections(slug: str, text: str, vocabulary: Vocabulary) -> tuple[tuple[Section, ...], list[PackFault]]:
    """The sections listed in a pack's sections.csv, and what is wrong in it; nothing when the text is empty."""
    if not text:
        return (), []
    place, faults = f"{slug}/sections.csv", list[PackFault]()
    found: dict[str, Section] = {}
    for number, line in read_lines(place, text, COLUMNS, faults):
        faults.extend(_line_faults(place, number, line, vocabulary))
        if line["section"] in found:
            faults.append(PackFault(place, number, "section", f"条款“{line['section']}”重复", "每个条款只列一行"))
        if line["treatment"] in _TREATMENTS:
            found[line["section"]] = Section(
                section=line["section"],
                title=line["title"],
                title_en=line["title_en"],
                treatment=Treatment(line["treatment"]),
                decisions=_listed(line),
                part=line["part"],
                note=line["note"],
                line=number,
            )
    return tuple(found.values()), faults


def _listed(line: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in line["decisions"].split(";"))))


def _line_faults(place: str, number: int, line: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[PackFault]:
    if not line["section"] or not line["title"]:
        yield PackFault(place, number, "section", "条款或标题为空", "请写出条款位置和自拟的短标题")
    treatment = line["treatment"]
    if treatment not in _TREATMENTS:
        yield PackFault(place, number, "treatment", f"没有去向“{treatment}”", f"可用：{'、'.join(Treatment)}")
    strange = [name for name in _listed(line) if name not in vocabulary.decisions]
    if strange:
        yield PackFault(place, number, "decisions", f"没有判定 {'、'.join(strange)}", f"可用的判定见{DICTIONARY}")
    if line["part"] and line["part"] not in PARTS:
        yield PackFault(place, number, "part", f"没有“{line['part']}”", f"可用：{'、'.join(PARTS)}")
    if treatment in _NEED_PART and not line["part"]:
        yield PackFault(place, number, "part", "没有写明由哪一部分承接", f"可用：{'、'.join(PARTS)}")


def cited_sections(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Each section that the pack's tables cite, with the decisions that cite it."""
    cited: dict[str, dict[str, None]] = {}
    for name, table in pack.tables.items():
        for row in table.rows:
            cited.setdefault(row.section, {})[name] = None
    return {section: tuple(names) for section, names in cited.items()}


def coverage_faults(pack: Pack) -> Iterator[PackFault]:
    """Where the list of sections and the tables do not agree; one fault for the whole list when there is none."""
    place = f"{pack.slug}/sections.csv"
    if not pack.sections:
        yield PackFault(place, 0, "", "没有条款清单", "请逐条列出文件的条款和去向，一条一行，写法见编写指南第四节")
        return
    cited, listed = cited_sections(pack), {section.section for section in pack.sections}
    for name, table in pack.tables.items():
        file = "catalogue.csv" if name == "item_class" else f"tables/{name}.csv"
        for row in table.rows:
            if row.section not in listed:
                told = f"条款“{row.section}”不在条款清单中"
                yield PackFault(
                    f"{pack.slug}/{file}", row.line, "section", told, "请改正写法，或在 sections.csv（条款）补列这一条"
                )
    for entry in pack.sections:
        really = cited.get(entry.section, ())
        if entry.treatment is Treatment.EXECUTABLE and not really:
            yield PackFault(
                place, entry.line, "treatment", f"条款“{entry.section}”列为可判定，却没有判定引用它", "请改去向"
            )
        elif entry.treatment is not Treatment.EXECUTABLE and really:
            yield PackFault(
                place,
                entry.line,
                "treatment",
                f"条款“{entry.section}”被 {'、'.join(really)} 引用",
                "去向应为 executable",
            )
        elif set(entry.decisions) != set(really):
            yield PackFault(
                place,
                entry.line,
                "decisions",
                f"条款“{entry.section}”实际由这些判定引用：{'、'.join(really)}",
                "请照此填写",
            )

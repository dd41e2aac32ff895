"""The packs that come with Gongdi, each held to its checks and to the figures of the decision contract."""

from collections import Counter

import pytest

from gongdi.core.policy.packtext import parse_pack
from gongdi.exchange.packchecks import pack_faults, run_cases
from gongdi.exchange.packfiles import folder_texts, load_pack, load_vocabulary, pack_slugs, shipped_folder

CLASSES = {
    # basic, improvement, upgrade, two classes, named without class; one item of Jiangbei stands in two lines
    "henan-zhumadian-2021": (18, 14, 11, 0, 7),
    "guizhou-2021": (16, 13, 11, 0, 5),
    "anhui-2022": (0, 0, 0, 0, 22),
    "anhui-anqing-2022": (16, 13, 9, 1, 13),
    "anhui-2020": (8, 7, 7, 1, 1),
    "city-template": (0, 0, 0, 0, 37),
    "yunnan-puer-2022": (15, 15, 13, 0, 6),
    "guangdong-2025": (0, 0, 0, 0, 6),
    "zhejiang-ningbo-jiangbei-2020": (13, 6, 11, 0, 14),
}
SECTIONS = {
    "henan-zhumadian-2021": 24,
    "guizhou-2021": 22,
    "anhui-2022": 16,
    "anhui-anqing-2022": 17,
    "anhui-2020": 15,
    "city-template": 49,
    "yunnan-puer-2022": 61,
    "guangdong-2025": 6,
    "zhejiang-ningbo-jiangbei-2020": 55,
    "cn": 2,
    "cn-opinion-2020": 8,
}


@pytest.mark.parametrize("slug", pack_slugs())
def test_a_shipped_pack_has_no_fault(slug: str) -> None:
    assert [str(fault) for fault in pack_faults(slug)] == []


@pytest.mark.parametrize("slug", pack_slugs())
def test_every_decision_of_a_shipped_pack_has_worked_cases_with_reasons(slug: str) -> None:
    pack = load_pack(slug)
    cases = run_cases(pack).cases
    assert {case.question.decision for case in cases} == set(pack.tables)
    assert all(case.why for case in cases)
    assert len({case.question.case for case in cases}) == len(cases)


@pytest.mark.parametrize("slug", CLASSES)
def test_the_catalogue_counts_as_many_items_in_each_class_as_the_contract(slug: str) -> None:
    counts = Counter(entry.item_class for entry in load_pack(slug).catalogue)
    names = ("basic", "improvement", "upgrade", "two_classes", "unclassed")
    assert tuple(counts[name] for name in names) == CLASSES[slug]


@pytest.mark.parametrize("slug", SECTIONS)
def test_every_section_of_the_document_is_listed(slug: str) -> None:
    assert len(load_pack(slug).sections) == SECTIONS[slug]


def test_the_packs_of_the_nine_sources_and_of_the_national_texts_are_all_there() -> None:
    assert set(pack_slugs()) == set(SECTIONS)


@pytest.mark.parametrize("slug", pack_slugs())
def test_a_pack_read_twice_has_the_same_digest(slug: str) -> None:
    texts = folder_texts(shipped_folder() / slug)
    again, faults = parse_pack(slug, dict(reversed(texts.items())), load_vocabulary())
    assert again is not None, faults
    assert again.digest == load_pack(slug).digest


def test_the_digest_changes_with_a_table_and_not_with_notes_on_coverage() -> None:
    texts = folder_texts(shipped_folder() / "cn")
    notes = {**texts, "sections.csv": texts["sections.csv"].replace("（2021年起）", "")}
    table = {**texts, "tables/owners_vote.csv": texts["tables/owners_vote.csv"].replace("3 * owners_a", "4 * owners_a")}
    digests = []
    for changed in (texts, notes, table):
        pack, _ = parse_pack("cn", changed, load_vocabulary())
        assert pack is not None
        digests.append(pack.digest)
    assert digests[0] == digests[1] != digests[2]


def test_no_pack_rests_on_the_national_opinion_so_no_other_answer_changes() -> None:
    assert [slug for slug in pack_slugs() if "cn-opinion-2020" in load_pack(slug).rests_on] == []


def test_what_is_not_verified_in_the_national_opinion_decides_nothing() -> None:
    sections = load_pack("cn-opinion-2020").sections
    unverified = [each for each in sections if each.note.startswith("未核实")]
    assert len(unverified) == 3
    assert all(not each.decisions for each in unverified)

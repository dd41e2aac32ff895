"""The register of documents: each once, with who cites it; nothing masked is guessed."""

from dataclasses import replace

from gongdi.core.policy.packs import Cited, Pack
from gongdi.core.policy.registering import Holding, Registered, plain_number, register
from gongdi.exchange.packfiles import load_library

PACKS = load_library().packs


def citing(slug: str, *cites: Cited) -> Pack:
    pack = PACKS[slug]
    return replace(pack, document=replace(pack.document, cites=cites))


def of_number(rows: tuple[Registered, ...], number: str) -> list[Registered]:
    return [row for row in rows if row.number == number]


def test_every_pack_and_every_cited_document_stands_in_the_register() -> None:
    rows = register(PACKS)
    assert [row.pack for row in rows if row.holding is Holding.HELD] == list(PACKS)
    told = [use for row in rows for use in row.cited_by]
    assert len(told) == sum(len(pack.document.cites) for pack in PACKS.values())


def test_a_document_cited_by_several_stands_once_and_leads_to_its_pack() -> None:
    (row,) = of_number(register(PACKS), "国办发〔2020〕23号")
    assert row.pack == "cn-opinion-2020"
    assert {use.by for use in row.cited_by} == {"henan-zhumadian-2021", "yunnan-puer-2022"}


def test_a_masked_number_is_never_taken_for_the_number_it_probably_was() -> None:
    (row,) = of_number(register(PACKS), "国办发〔20XX〕23号")
    assert (row.holding, row.pack) == (Holding.MASKED, "")
    assert {use.by for use in row.cited_by} == {"anhui-2022", "anhui-anqing-2022", "guizhou-2021"}


def test_brackets_and_spaces_make_no_second_document() -> None:
    numbers = ["皖政办〔2022〕21号", "皖政办﹝2022﹞21号", "皖政办 [2022] 21号", "皖政办（2022）21号"]
    assert len({plain_number(number) for number in numbers}) == 1
    rows = register({
        "cn": citing("cn", Cited("甲", numbers[0], "一")),
        "guizhou-2021": citing("guizhou-2021", Cited("甲的通知", numbers[1], "二", issuer="某厅")),
    })  # fmt: skip
    (row,) = [row for row in rows if not row.pack]
    assert (row.title, row.issuer, [use.purpose for use in row.cited_by]) == ("甲", "某厅", ["一", "二"])


def test_documents_without_a_number_are_told_apart_by_title() -> None:
    packs = {"cn": citing("cn", Cited("甲", "", "一"), Cited("乙", "", "二"), Cited("甲", "〔20XX〕1号", "三"))}
    assert [row.title for row in register(packs) if not row.pack] == ["甲", "乙", "甲"]


def test_what_the_notice_of_a_document_prints_is_kept() -> None:
    row = next(row for row in register(PACKS) if row.pack == "zhejiang-ningbo-jiangbei-2020")
    assert (row.index_number, row.validity, row.publicity) == ("2950798/2020-38134", "有效", "主动公开")
    assert [annex.published for annex in row.annexes] == [True] + [False] * 7

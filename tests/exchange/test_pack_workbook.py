"""A pack written as a workbook and read again is the same pack; what is wrong in one is told by sheet and row."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from gongdi.exchange.packbooks import pack_workbook, read_pack_file, sheet_names, sheet_of
from gongdi.exchange.packchecks import checked_texts
from gongdi.exchange.packfiles import folder_texts, load_pack, load_vocabulary, pack_slugs, shipped_folder
from gongdi.exchange.problems import CannotReadError

WORDS = load_vocabulary()
DICTIONARY = ("词典·事实", "词典·判定", "词典·内容")


def texts_of(slug: str) -> dict[str, str]:
    return folder_texts(shipped_folder() / slug)


@pytest.mark.parametrize("slug", pack_slugs())
def test_every_shipped_pack_comes_back_from_its_workbook_as_it_was(slug: str) -> None:
    content = pack_workbook(load_pack(slug), texts_of(slug), WORDS)
    read = read_pack_file("draft.xlsx", content, WORDS)
    assert read.faults == ()
    pack, faults = checked_texts(slug, read.texts)
    assert pack is not None
    assert [str(fault) for fault in faults] == []
    assert list(pack.tables) == list(load_pack(slug).tables)


def test_names_of_sheets_are_different_and_not_too_long_for_a_spreadsheet() -> None:
    names = sheet_names(WORDS)
    assert len(set(names.values())) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_a_sheet_says_what_to_do() -> None:
    content = pack_workbook(load_pack("cn"), texts_of("cn"), WORDS)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["说明", "文件信息", "README", "条款", "法定业主表决", "例·法定业主表决", *DICTIONARY]
    facts = {str(row[0]) for row in book.get_sheet_by_name("词典·事实").to_python()}
    assert set(WORDS.facts) <= facts


def test_a_strange_sheet_and_a_lacking_one_are_named() -> None:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("随手写的").write(0, 0, "x")
    book.close()
    faults = read_pack_file("x.xlsx", stream.getvalue(), WORDS).faults
    assert [(fault.file, fault.problem) for fault in faults] == [
        ("随手写的", "不认识这张工作表"),
        ("文件信息", "没有这张工作表"),
    ]


def test_a_path_is_told_by_its_sheet() -> None:
    assert sheet_of("draft-1/tables/scope.csv", WORDS) == "纳入范围"
    assert sheet_of("draft-1/cases/scope.jsonl", WORDS) == "例·纳入范围"
    assert sheet_of("draft-1/cases/scope", WORDS) == "例·纳入范围"
    assert sheet_of("draft-1/pack.toml", WORDS) == "文件信息"


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return stream.getvalue()


def test_a_folder_packed_as_zip_is_read_to_the_same_texts() -> None:
    texts = texts_of("cn")
    content = zipped({f"我的政策包/cn/{name}": text.encode("gb18030") for name, text in texts.items()})
    assert dict(read_pack_file("cn.zip", content, WORDS).texts) == texts


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 broken", "已损坏"),
        (zipped({"a.csv": b"x"}), "只有一个 pack.toml"),
        (zipped({"a/pack.toml": b"x", "b/pack.toml": b"x"}), "只有一个 pack.toml"),
        (zipped({"pack.toml": b"x", "big.csv": b"0" * 9_000_000}), "太多"),
        (zipped({"pack.toml": b"\xff\xff\xff"}), "不是文字文件"),
    ],
)
def test_a_zip_that_is_no_pack_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(CannotReadError) as refused:
        read_pack_file("x.zip", content, WORDS)
    assert why in str(refused.value)

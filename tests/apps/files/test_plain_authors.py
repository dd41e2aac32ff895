"""Nobody is named in the copy of a document as its author, reviewer or user; all else in it stays."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from gongdi.apps.files.authors import without_authors
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.documents import plain_office
from gongdi.apps.files.preparing import prepare

NAME = "王小明"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<w:ins w:id="1" w:author="{NAME}" w:date="x"><w:t>新</w:t></w:ins>',
         '<w:ins w:id="1" w:author="" w:date="x"><w:t>新</w:t></w:ins>'),
        (f"<w:comment w:initials = 'W' w:author='{NAME}'/>", '<w:comment w:initials = "" w:author=""/>'),
        (f'<x:del a="b>c" x:author="{NAME}"/>', '<x:del a="b>c" x:author=""/>'),
        (f'<person displayName="{NAME}" id="{{1}}" userId="S::w@x"/>', '<person displayName="" id="{1}" userId=""/>'),
        (f'<x15ac:absPath url="C:\\Users\\{NAME}\\" xmlns:x15ac="u"/>', '<x15ac:absPath url="" xmlns:x15ac="u"/>'),
        (f'<fileSharing userName="{NAME}"/>', '<fileSharing userName=""/>'),
        (f'<Relationship Type="h/attachedTemplate" Target="file:///C:/{NAME}.dotx"/>',
         '<Relationship Type="h/attachedTemplate" Target="Normal.dotm"/>'),
        (f"<authors><author>{NAME}</author></authors><t>{NAME}:</t><t>看{NAME}</t>",
         f"<authors><author></author></authors><t></t><t>看{NAME}</t>"),
    ],
)  # fmt: skip
def test_names_of_writers_are_blanked_where_programs_put_them(before: str, after: str) -> None:
    assert without_authors(before.encode()).decode() == after


@pytest.mark.parametrize(
    "part",
    [
        '<w:t>写作 w:author="张三" 的意思</w:t>',
        '<table id="1" displayName="author表" name="person"/>',
        "<authors><author>tc={0A1B2C3D-0000-0000-0000-000000000000}</author></authors>",
        '<Relationship Type="h/image" Target="media/author.png"/>',
        '<cr:coauthoring userIdent="1"/>',
    ],
)
def test_what_only_looks_like_a_name_stays(part: str) -> None:
    assert without_authors(part.encode()).decode() == part


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_name_does_not_hide_in_another_encoding(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="UTF-16"?><w:ins w:author="{NAME}">字</w:ins>'
    plain = without_authors(part.encode(encoding)).decode("utf-8-sig")
    assert NAME not in plain
    assert "字" in plain
    if encoding != "utf-8-sig":
        assert "UTF-16" not in plain


def test_a_part_that_declares_its_own_entities_keeps_the_document_out() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>')
    with pytest.raises(RefusedFileError, match="另存"):
        prepare(out.getvalue(), "方案.docx")


def test_the_people_of_a_word_file_are_gone() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w>方案</w>")
        archive.writestr("word/people.xml", f'<w15:people><w15:person w15:author="{NAME}"/></w15:people>')
        archive.writestr("package/services/metadata/core-properties/1.psmdcp", f"<c>{NAME}</c>")
    with zipfile.ZipFile(io.BytesIO(plain_office(out.getvalue()))) as archive:
        assert NAME not in "".join(archive.read(name).decode() for name in archive.namelist())
        assert b"people" in archive.read("word/people.xml")


def test_a_table_with_comments_opens_with_the_same_cells_and_comments_of_nobody() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], book.properties.creator = "楼栋", NAME
    sheet["A1"].comment = Comment("请核对", NAME)
    out = io.BytesIO()
    book.save(out)
    ready = prepare(out.getvalue(), "清单.xlsx")
    opened = openpyxl.load_workbook(io.BytesIO(ready.public))
    cell = opened.worksheets[0]["A1"]
    assert cell.value == "楼栋"
    assert cell.comment is not None
    assert cell.comment.text == "请核对"
    with zipfile.ZipFile(io.BytesIO(ready.public)) as archive:
        assert NAME.encode() not in b"".join(archive.read(name) for name in archive.namelist())

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits, open_table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def why(data: bytes, name: str) -> str:
    with pytest.raises(CannotReadError) as caught:
        open_table(data, name)
    assert caught.value.problem.remedy
    return caught.value.problem.why


def workbook(cells: dict[str, object], **options: object) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    sheet = book.add_worksheet("名单")
    for cell, value in cells.items():
        sheet.write(cell, value)
    book.close()
    return stream.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_garbled_line_is_named_by_its_number_and_what_it_holds_is_not_kept() -> None:
    number = "11010519491231002X"
    told = f"name,number\n欧阳测试,{number}\n".encode().decode("gb18030", "replace").encode()
    with pytest.raises(CannotReadError) as caught:
        open_table(told, "a.csv")
    problem = caught.value.problem
    assert problem.why.startswith("第 2 行的文字已成乱码")
    assert number not in repr(problem)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"%PDF-1.7 ...", "a.xlsx", "PDF"),
        (b"%PDF-1.7 ...", "a.csv", "PDF"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls", "网页"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "a.xls", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "a.xls", "XML"),
        ("小区名称\n柳堤新村\n".encode(), "a.xlsx", "不是 Excel 工作簿"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "损坏"),
        (OLE + bytes(2000), "a.xls", "损坏"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "a.xlsx", "密码"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600), "a.doc", "Word"),
        (b"Rar!\x1a\x07", "a.xlsx", "压缩包"),
        ("小区\0名称".encode(), "a.csv", "空字节"),
        (b" \r\n\r\n", "a.csv", "空的"),
        ("柳堤新村".encode()[:-1], "a.csv", "编码"),
        ("小区名称,户数\n柳堤新村,480\n".encode().decode("gb18030", "replace").encode(), "a.csv", "乱码"),
        ('小区名称,户数\n"柳堤新村,480\n'.encode(), "a.csv", "双引号"),
        (b"a" * (limits.MAX_CELL_BYTES + 1), "a.csv", "过长"),
        (("x," * 200 + "\n").encode(), "a.csv", "列"),
        ((b"x\n" * (limits.MAX_ROWS + 1)), "a.csv", "行"),
        (b"abc", "a.docx", "不支持"),
    ],
    ids=range(21),
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(data: bytes, name: str, reason: str) -> None:
    assert reason in why(data, name)


@pytest.mark.parametrize(
    ("member", "reason"),
    [("word/document.xml", "Word"), ("content.xml", ".ods"), ("xl/workbook.bin", ".xlsb"), ("a.txt", "压缩包")],
)
def test_another_archive_is_named_for_what_it_is(member: str, reason: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, "x")
    assert reason in why(stream.getvalue(), "a.xlsx")


def test_a_file_or_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "没有.xlsx", "找不到"), (tmp_path, "文件夹")):
        with pytest.raises(CannotReadError, match=reason):
            open_table(path)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.csv"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_FILE_BYTES + 1)
    with pytest.raises(CannotReadError, match="超过上限 50 MB"):
        open_table(path)


def test_a_bomb_is_refused_by_its_directory() -> None:
    bomb = with_part(workbook({"A1": 1}), SHEET, sheet_xml("<row/>" * 4_000_000))
    assert len(bomb) < 200_000
    assert "压缩比" in why(bomb, "a.xlsx")


def test_a_total_over_the_limit_is_refused_by_the_directory() -> None:
    data = bytearray(workbook({"A1": 1}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 2**24, 500 * 2**20)
    assert "解压后" in why(bytes(data), "a.xlsx")


def test_a_directory_that_understates_a_size_is_found_out() -> None:
    data = bytearray(workbook({f"A{row}": f"小区{row}" for row in range(1, 50)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        names = archive.namelist()
    at = -1
    for _ in range(names.index(SHEET) + 1):
        at = data.index(b"PK\x01\x02", at + 1)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "与目录所写不符" in why(bytes(data), "a.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c s="1" r="A1"><v>1</v></c><c s="1" r="ZZ1"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 300 + "</row>",
        '<row r="200001"><c r="A200001"><v>1</v></c></row>',
    ],
)
def test_cells_in_far_corners_are_refused_before_the_sheet_is_built(cells: str) -> None:
    assert "超过上限" in why(with_part(workbook({"A1": 1}), SHEET, sheet_xml(cells)), "a.xlsx")


def test_hundreds_of_thousands_of_empty_rows_below_the_list_are_passed_over() -> None:
    empty = "".join(f'<row r="{row}" ht="15" customHeight="1"><c r="A{row}" s="1"/></row>' for row in range(3, 300_000))
    cells = f'<row r="1"><c r="A1"><v>7</v></c></row>{empty}'
    table = open_table(with_part(workbook({"A1": 1}), SHEET, sheet_xml(cells)), "a.xlsx")
    assert table.grids[0].rows == [[7.0]]


def test_an_overlong_cell_is_refused() -> None:
    long = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "长" * 1_000_000 + "</t></is></c></row>"
    assert "过长" in why(with_part(workbook({"A1": 1}), SHEET, sheet_xml(long)), "a.xlsx")


def test_an_empty_sheet_has_no_rows() -> None:
    assert open_table(workbook({}), "a.xlsx").grids[0].rows == []


def test_macros_are_not_run_and_that_is_said() -> None:
    table = open_table(with_part(workbook({"A1": "小区名称"}), "xl/vbaProject.bin", b"macro"), "a.xlsm")
    assert "宏" in table.remarks[0]
    assert table.grids[0].rows == [["小区名称"]]


def test_formulas_without_a_value_and_errors_are_named_by_cell() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    grid = open_table(with_part(workbook({"A1": 1}), SHEET, sheet_xml(cells)), "a.xlsx").grids[0]
    assert grid.faults == {(0, 1): "formula", (1, 0): "formula", (1, 2): "error"}
    assert grid.at(0, 2) == 2.0


@pytest.mark.parametrize("cut", [10, 100, 1000, 3000])
def test_a_file_cut_short_is_refused(cut: int) -> None:
    assert why(workbook({"A1": "小区名称", "A2": "柳堤新村"})[:cut], "a.xlsx")


def test_a_worksheet_of_broken_xml_is_refused() -> None:
    assert "损坏" in why(with_part(workbook({"A1": 1}), SHEET, b"<worksheet><sheetData><row><c"), "a.xlsx")

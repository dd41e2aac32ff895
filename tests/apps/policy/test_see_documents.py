"""The page and the workbook of the register of documents."""

from collections.abc import Callable
from io import BytesIO

from django.test import Client
from python_calamine import CalamineWorkbook

from gongdi.core.policy.registering import register
from gongdi.exchange.packfiles import load_library
from tests.support.world import World


def test_the_page_tells_number_holding_and_who_cites(world: World, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("district_officer").get("/policy/documents/").content.decode()
    for told in (
        "2950798/2020-38134",
        "云政办发〔2022〕6号",
        "未收录，文号年份隐去",
        "已收录",
        "（上位政策）",
        "2021-03-02（推定）",
        "2020-05-08 至 2022-12-31",
    ):
        assert told in page
    assert page.count("<tr>") == len(register(load_library().packs)) + 1


def test_the_workbook_holds_a_line_for_each_document(world: World, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("district_officer").get("/policy/documents/export/")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    rows = rows[next(n for n, row in enumerate(rows) if "收录情况" in row) + 1 :]
    assert [row[0] for row in rows if row[0]] == [row.title for row in register(load_library().packs)]

import re
from collections.abc import Callable
from io import BytesIO

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.support.world import PACK, World

ADDRESS = "policy:compare_packs"


def page(client: Client, **query: str) -> str:
    return client.get(reverse(ADDRESS), query).content.decode()


def test_two_packs_show_who_changes_sides(world: World, signed_in: Callable[[str], Client]) -> None:
    text = page(
        signed_in("district_officer"), left=PACK, on_left="2022-06-30", right="guizhou-2021", on_right="2022-06-30"
    )
    assert "您能看到的 4 个小区中" in text
    assert re.search(r"<strong>左</strong>：江北区.*?，判定日期 2022-06-30<br><strong>右</strong>：贵州省", text)
    assert "梅堰新村" in text
    assert "无对应条款" in text


def test_one_pack_against_itself_on_two_days_shows_the_day_before_it_was_a_rule(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    query = {"left": PACK, "on_left": "2020-05-07", "right": PACK, "on_right": "2023-01-01"}
    response = signed_in("district_officer").get(reverse(ADDRESS), query)
    text = response.content.decode()
    assert "自 2020-05-08 起施行，2020-05-07 尚未施行" in text
    assert "施行至 2022-12-31，2023-01-01 期限已过" in text
    assert all(line.left is None and line.change is None for line in response.context["money"])


def test_the_workbook_names_every_compound_with_both_outcomes(world: World, signed_in: Callable[[str], Client]) -> None:
    query = {"left": PACK, "on_left": "2022-06-30", "right": "guizhou-2021", "on_right": "2022-06-30"}
    client = signed_in("district_officer")
    lines = client.get(reverse(ADDRESS), query).context["lines"]
    book = load_workbook(BytesIO(client.get(reverse("policy:export_comparison"), query).content))
    sheet, money, clauses = book.worksheets
    told = {row[0]: (row[3], row[4], row[5]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}
    for each in lines:
        state = "不同" if each.left != each.right else "相同"
        assert told[each.compound.name] == (each.left.zh, each.right.zh, state)
    assert money.cell(4, 1).value == "纳入的小区"
    assert "二(一)" in {row[1] for row in clauses.iter_rows(values_only=True)}


def test_a_pack_against_itself_changes_nobody(world: World, signed_in: Callable[[str], Client]) -> None:
    text = page(signed_in("district_officer"), left=PACK, on_left="2022-06-30", right=PACK, on_right="2022-06-30")
    assert "0 个的结论不同" in text


def test_an_address_that_makes_no_sense_still_shows_a_comparison(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    text = page(signed_in("district_officer"), left="nowhere", decision="nothing", on_left="31")
    assert "逐款对照" in text
    for told in ("没有找到政策包“nowhere”", "没有名为“nothing”的判定", "判定日期“31”不是日期"):
        assert told in text


def test_without_being_asked_the_document_in_force_stands_on_the_left_for_its_day(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    response = signed_in("district_officer").get(reverse(ADDRESS))
    sides = response.context["sides"]
    assert sides.left.slug == PACK
    assert sides.on_right == max(sides.on_left, sides.right.document.first_day or sides.on_left)
    assert sides.remarks == []
    assert sides.right.slug != PACK
    assert "scope" in sides.right.tables

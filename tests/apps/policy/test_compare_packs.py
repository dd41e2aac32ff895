from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.support.world import PACK, World

ADDRESS = "policy:compare_packs"


def page(client: Client, **query: str) -> str:
    return client.get(reverse(ADDRESS), query).content.decode()


def test_two_packs_show_who_changes_sides(world: World, signed_in: Callable[[str], Client]) -> None:
    text = page(
        signed_in("district_officer"), left=PACK, on_left="2022-06-30", right="guizhou-2021", on_right="2022-06-30"
    )
    assert "您能看到的 4 个小区中" in text
    assert "梅堰新村" in text
    assert "无对应条款" in text


def test_one_pack_against_itself_on_two_days_shows_the_day_before_it_was_a_rule(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    text = page(signed_in("district_officer"), left=PACK, on_left="2020-05-07", right=PACK, on_right="2020-05-08")
    assert "未作规定" in text


def test_a_pack_against_itself_changes_nobody(world: World, signed_in: Callable[[str], Client]) -> None:
    text = page(signed_in("district_officer"), left=PACK, on_left="2022-06-30", right=PACK, on_right="2022-06-30")
    assert "0 个的结论不同" in text


def test_an_address_that_makes_no_sense_still_shows_a_comparison(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    assert "逐款对照" in page(signed_in("district_officer"), left="nowhere", decision="nothing", on_left="31")


def test_without_being_asked_the_document_in_force_stands_on_the_left_for_its_day(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    response = signed_in("district_officer").get(reverse(ADDRESS))
    sides = response.context["sides"]
    assert sides.left.slug == PACK
    assert sides.on_left == sides.on_right
    assert sides.right.slug != PACK
    assert "scope" in sides.right.tables

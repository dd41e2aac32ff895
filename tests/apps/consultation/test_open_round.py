"""A round from its draft to its opening: what the menu must hold, and who is asked."""

from datetime import timedelta

import pytest

from gongdi.apps.consultation import services
from gongdi.apps.consultation.menu import choices_of, who_pays
from gongdi.apps.consultation.models import Round
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.packs import Governing, governing, library
from gongdi.core.consultation.prices import Payer
from tests.support import rounds
from tests.support.world import NOW, TODAY, World


def opened(world: World, made: Round, why: str = "") -> Round:
    return services.open_round(round=made, why_no_special=why, today=TODAY, by=world.people["street_clerk"], now=NOW)


def test_a_lift_begins_as_priced_by_stairwell_and_all_else_as_a_whole(world: World) -> None:
    made = rounds.chosen(world, ("lift_addition", "compound_roads"))
    assert dict(made.items.values_list("item", "basis")) == {"compound_roads": "total", "lift_addition": "stairwell"}


def test_the_menu_follows_the_pack_in_force_with_its_classes_and_special_projects(world: World) -> None:
    compound = world.compounds["梅堰新村"]
    ground = governing(compound.place)
    assert ground is not None
    by_item = {each.item: each for each in choices_of(compound, ground)}
    assert (by_item["compound_roads"].item_class, by_item["compound_roads"].section) == ("basic", "二(二)1")
    assert by_item["lift_addition"].special
    assert not by_item["compound_roads"].special
    # Basic only where an area is renewed as a whole, which nobody has said here.
    assert by_item["area_infrastructure"].item_class == "unclassed"


def test_parking_is_offered_as_its_two_parts_where_the_document_classes_it_twice(world: World) -> None:
    pack = library().packs["anhui-anqing-2022"]
    offered = {each.item: each.item_class for each in choices_of(
        world.compounds["梅堰新村"], Governing(pack, TODAY, fixed=True)
    )}  # fmt: skip
    assert "parking" not in offered
    assert (offered["parking_order"], offered["parking_lot"]) == ("basic", "improvement")
    # Basic in the narrative, improvement in the formal list, which wins.
    assert offered["greening"] == "improvement"


def test_who_pays_begins_with_the_least_share_of_the_document(world: World) -> None:
    compound = world.compounds["梅堰新村"]
    ground = governing(compound.place)
    assert ground is not None
    told = who_pays(compound, ground)
    assert told.shares == {Payer.FISCAL: 9_500, Payer.OWNERS: 500}
    assert "5%" in told.source
    assert (Payer.OWNERS, "应当出资", "三(三)") in told.duties


def test_the_households_stand_as_they_were_at_the_opening_and_a_shop_is_listed_with_its_reason(world: World) -> None:
    made = opened(world, rounds.priced(world))
    assert (made.state, made.household_count, made.area) == ("open", 3, 6_050 + 7_525 + 8_800)
    assert made.example_area == 7_525
    shop = made.households.exclude(left_off="").get()
    assert shop.get_left_off_display() == "不是住宅，不计户"
    Dwelling.objects.filter(pk=shop.dwelling_id).update(use="residence")
    made.refresh_from_db()
    assert made.household_count == 3


def test_a_menu_without_prices_is_not_opened(world: World) -> None:
    with pytest.raises(RefusedError, match="还没有填价格"):
        opened(world, rounds.chosen(world))
    with pytest.raises(RefusedError, match="菜单还是空的"):
        opened(world, rounds.drafted(world))


def test_a_menu_without_a_special_project_needs_a_reason(world: World) -> None:
    made = rounds.priced(world, ("compound_roads",))
    with pytest.raises(RefusedError, match="专项工程"):
        opened(world, made)
    assert not made.households.exists()
    assert opened(world, made, "本小区没有专项工程计划").state == "open"


def test_a_round_whose_last_day_is_over_is_not_opened(world: World) -> None:
    made = rounds.priced(world, since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    with pytest.raises(RefusedError, match="截止日期已过"):
        opened(world, made)


def test_a_menu_does_not_change_once_it_is_open(world: World) -> None:
    made = rounds.opened(world)
    for step in (
        lambda: services.choose_items(
            round=made, choices=[], shares={}, source="", by=world.people["street_clerk"], now=NOW
        ),
        lambda: services.price_menu(round=made, priced=[], by=world.people["street_clerk"], now=NOW),
        lambda: opened(world, made),
    ):
        with pytest.raises(RefusedError, match="征询中"):
            step()


def test_items_that_stay_keep_their_price_when_others_leave(world: World) -> None:
    made = rounds.priced(world)
    ground = governing(made.compound.place)
    assert ground is not None
    kept = [each for each in choices_of(made.compound, ground) if each.item in ("lift_addition", "security")]
    services.choose_items(round=made, choices=kept, shares={}, source="", by=world.people["street_clerk"], now=NOW)
    assert dict(made.items.values_list("item", "fen")) == {"security": None, "lift_addition": 10_000_000}
    assert sorted(made.items.values_list("number", flat=True)) == [1, 2]

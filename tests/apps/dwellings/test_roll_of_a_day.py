"""The roll of any day is rebuilt from the history; whoever is left off it is listed with the reason."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.test import Client

from gongdi.apps.dwellings import queries, services
from gongdi.apps.dwellings.models import Building, Dwelling
from gongdi.apps.places.services import RefusedError
from tests.support.dwellings import LI, kept
from tests.support.world import NOW, TODAY, World

SOLD = date(2026, 5, 20)


def told(world: World, day: date) -> dict[str, tuple[tuple[tuple[str, str], ...], str]]:
    return {
        str(line.dwelling): (line.owners, line.left_off) for line in queries.roll_on(world.compounds["梅堰新村"], day)
    }


def sell(world: World) -> None:
    dwelling = Dwelling.objects.select_related("compound", "building").get(room="101", stairwell="1单元")
    half = Fraction(1, 2)
    buyers = [
        services.NewHolder("孙测试", half, "", "13800000008"),
        services.NewHolder("周测试", half, "", "13800000009"),
    ]
    services.record_transfer(
        dwelling=dwelling,
        holders=buyers,
        on=SOLD,
        basis="买卖",
        source="登记簿",
        by=world.people["street_clerk"],
        now=NOW,
    )


def test_the_day_before_a_sale_has_the_seller_and_the_day_itself_the_buyers(world: World) -> None:
    kept(world)
    sell(world)
    assert told(world, SOLD - timedelta(days=1))["1幢1单元101"] == ((("李**", "全部"),), "")
    assert told(world, SOLD)["1幢1单元101"] == ((("孙**", "1/2"), ("周**", "1/2")), "")


def test_every_dwelling_is_on_the_roll_or_listed_with_the_reason_why_not(world: World) -> None:
    kept(world)
    gone = Dwelling.objects.select_related("compound", "building").get(stairwell="2单元")
    services.end_dwelling(dwelling=gone, on=SOLD, why="拆除", by=world.people["street_clerk"], now=NOW)
    lines = told(world, SOLD)
    assert lines.keys() == {str(row) for row in Dwelling.objects.select_related("building")}
    assert "拆除" in lines["1幢2单元101"][1]
    assert lines["2幢101"] == ((), "")
    assert told(world, SOLD - timedelta(days=1))["1幢2单元101"][1] == ""


def test_what_has_not_happened_yet_is_not_entered(world: World) -> None:
    kept(world)
    dwelling = Dwelling.objects.select_related("compound", "building").get(room="101", stairwell="1单元")
    buyer, tomorrow = services.NewHolder("孙测试", Fraction(1)), TODAY + timedelta(days=1)
    common = {"dwelling": dwelling, "on": tomorrow, "by": world.people["street_clerk"], "now": NOW}
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.record_transfer(holders=[buyer], basis="买卖", source="登记簿", **common)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.end_dwelling(why="拆除", **common)  # type: ignore[arg-type]
    assert told(world, tomorrow) == told(world, TODAY)


def test_the_roll_of_a_day_to_come_is_todays_and_says_so(world: World, signed_in: Callable[[str], Client]) -> None:
    kept(world)
    client, url = signed_in("street_clerk"), f"/compounds/{world.compounds['梅堰新村'].pk}/roll/"
    note = "只能看今天和以前的名册"
    assert note in client.get(url, {"on": "2099-01-01"}).content.decode()
    assert note in client.get(url, {"on": "昨天"}).content.decode()
    for day in ({}, {"on": "2020-01-01"}):
        assert note not in client.get(url, day).content.decode()


def test_of_a_new_building_only_the_name_has_to_be_known(world: World, signed_in: Callable[[str], Client]) -> None:
    compound = world.compounds["梅堰新村"]
    client, url = signed_in("street_clerk"), f"/compounds/{compound.pk}/buildings/record/"
    assert client.post(url, {"name": "9幢"}).status_code == 302
    built = Building.objects.get(compound=compound, name="9幢")
    assert (built.floors, built.stairwells, built.completed_year, built.lifts) == (None, None, None, None)
    refused = client.post(url, {"name": "8幢", "floors": "-1", "lifts": "99999"})
    assert refused.status_code == 422
    assert "不能小于 0" in refused.content.decode()
    assert "不能大于 200" in refused.content.decode()
    assert not Building.objects.filter(name="8幢").exists()


def test_co_owners_who_bought_later_are_not_on_the_roll_of_an_earlier_day(world: World) -> None:
    kept(world)
    assert told(world, date(2015, 2, 28))["1幢1单元102"] == ((), "")
    assert len(told(world, date(2015, 3, 1))["1幢1单元102"][0]) == 2


def test_what_no_vote_counts_is_left_off_and_a_dwelling_of_unknown_owner_stays_in_the_base(world: World) -> None:
    rows = [
        ("1幢", "", "车1", "12.50", "李测试", LI, "", "", "", "车位"),
        ("1幢", "", "201", "60", "", "", "", "", "", ""),
    ]
    kept(world, rows)
    lines = told(world, SOLD)
    assert lines["1幢车1"][1] == "车位不计入表决"
    assert lines["1幢201"] == ((), "")


def test_a_dwelling_that_came_of_a_split_stands_on_no_roll_of_an_earlier_day(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    kept(world)
    building = Building.objects.get(name="2幢")
    form = {"room": "102", "area": "40.00", "area_basis": "registered", "use": "residence"}
    client = signed_in("street_clerk")
    address = f"/buildings/{building.pk}/dwellings/add/"
    ahead = client.post(address, {**form, "began_on": (TODAY + timedelta(days=1)).isoformat()})
    assert "起始日期不能晚于今天" in ahead.content.decode()
    client.post(address, {**form, "began_on": SOLD.isoformat()})
    assert told(world, SOLD - timedelta(days=1))["2幢102"] == ((), "2026-05-20 起才有这一户")
    assert told(world, SOLD)["2幢102"] == ((), "")

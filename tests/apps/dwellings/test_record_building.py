"""A building is changed on its own page; the form for a new one writes over no other."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from gongdi.apps.dwellings import services
from gongdi.apps.dwellings.models import Building
from tests.support.dwellings import kept
from tests.support.world import NOW, World

EMPTY = dict.fromkeys(("structure", "floors", "stairwells", "completed_year", "lifts", "area", "source"), "")
SignedIn = Callable[[str], Client]


def known(world: World) -> Building:
    kept(world)
    return services.record_building(
        compound=world.compounds["梅堰新村"],
        name="1幢",
        columns={"floors": 6},
        by=world.people["street_clerk"],
        now=NOW,
    )


def test_the_form_of_a_new_building_takes_nothing_from_one_that_is_known(world: World, signed_in: SignedIn) -> None:
    building = known(world)
    url = reverse("dwellings:record_building", args=[building.compound_id])
    response = signed_in("street_clerk").post(url, {**EMPTY, "name": "1幢"})
    assert response.status_code == 422
    assert "已经登记" in response.text
    assert Building.objects.get(pk=building.pk).floors == 6


def test_correcting_one_building_writes_neither_over_another_nor_a_new_one(world: World, signed_in: SignedIn) -> None:
    building = known(world)
    url = reverse("dwellings:record_building", args=[building.compound_id], query={"name": "1幢"})
    client = signed_in("street_clerk")
    for other in ("2幢", "11幢"):
        assert client.post(url, {**EMPTY, "floors": "7", "name": other}).status_code == 422
    assert sorted(Building.objects.values_list("name", "floors")) == [("1幢", 6), ("2幢", None)]
    assert client.post(url, {**EMPTY, "floors": "7", "name": "1幢"}).status_code == 302
    assert Building.objects.get(pk=building.pk).floors == 7

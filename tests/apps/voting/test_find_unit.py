"""A home is found by what stands on its door, however it is written."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.voting.finding import find_units, pattern_of
from gongdi.apps.voting.models import Unit
from tests.support import polls
from tests.support.world import World

SignedIn = Callable[[str], Client]


@pytest.mark.parametrize("words", ["3幢2单元201", "3幢201", "3-2-201", "3 201", "201", " 3 幢 2 单元 201 ", "03-0201"])
def test_the_same_door_is_found_however_it_is_written(words: str) -> None:
    pattern = pattern_of(words)
    assert pattern is not None
    assert pattern.search("3幢2单元201")
    assert pattern.search("1幢1单元101、3幢2单元201")


@pytest.mark.parametrize("door", ["13幢2单元201", "3幢2单元2011", "3幢2单元1201", "3幢1单元101、4幢1单元201"])
def test_a_number_is_a_whole_number_and_a_door_is_one_door(door: str) -> None:
    pattern = pattern_of("3幢201")
    assert pattern is not None
    assert not pattern.search(door)


@pytest.mark.parametrize("words", ["", "  ", "、-", "(((", "９" * 30, "1" * 300])
def test_what_is_no_door_finds_nothing_and_breaks_nothing(world: World, words: str) -> None:
    assert find_units(polls.opened(world), words) == []


def test_the_visit_page_leads_to_the_one_home_or_lists_several(world: World, signed_in: SignedIn) -> None:
    vote, client = polls.opened(world), signed_in("community_worker")
    address = reverse("voting:see_visits", args=[vote.pk])
    first: Unit = vote.units.order_by("place_on_roll")[0]
    several = client.get(address, {"words": "1幢"})
    assert several.status_code == 200
    assert reverse("voting:see_unit", args=[vote.pk, first.place_on_roll]) in several.content.decode()
    one = client.get(address, {"words": first.rooms.split("、")[0]})
    assert one.headers["Location"] == reverse("voting:see_unit", args=[vote.pk, first.place_on_roll])
    assert "没有这样的房屋" in client.get(address, {"words": "99幢999"}).content.decode()
    assert "没有这样的房屋" not in client.get(address).content.decode()


def test_a_plain_number_is_the_place_on_the_roll_as_well(world: World) -> None:
    vote = polls.opened(world)
    assert find_units(vote, "2")[0].place_on_roll == 2

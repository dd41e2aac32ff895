"""Owners are masked; who looks in clear says what for, and that is on record."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.models import Organisation, Post
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.post_services import appoint_person
from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings.models import Owner
from tests.support.dwellings import LI, kept
from tests.support.world import NOW, World

SignIn = Callable[[str], Client]


def test_pages_show_masked_names_and_a_stated_purpose_shows_them_in_clear(world: World, signed_in: SignIn) -> None:
    kept(world)
    owner = Owner.objects.get(name_masked="李**")
    client = signed_in("street_clerk")
    plain = client.get(reverse("dwellings:see_owner", args=[owner.pk])).content.decode()
    assert "李**" in plain
    assert "李测试" not in plain
    assert LI not in plain
    shown = client.post(reverse("dwellings:reveal_owner", args=[owner.pk]), {"purpose": "核对第1幢选票"})
    assert "李测试" in shown.content.decode()
    assert LI in shown.content.decode()
    event = Event.objects.get(verb="dwellings.reveal_owner")
    assert (event.actor, event.why) == (world.people["street_clerk"], "核对第1幢选票")


def test_without_a_purpose_nothing_is_shown_and_no_look_is_recorded(world: World, signed_in: SignIn) -> None:
    kept(world)
    owner = Owner.objects.get(name_masked="李**")
    answer = signed_in("street_clerk").post(reverse("dwellings:reveal_owner", args=[owner.pk]), {"purpose": "看"})
    assert answer.status_code == 422
    assert "李测试" not in answer.content.decode()
    assert not Event.objects.filter(verb="dwellings.reveal_owner").exists()


def test_a_wider_post_that_only_reads_does_not_widen_the_search(world: World, signed_in: SignIn) -> None:
    kept(world)
    clerk = world.people["street_clerk"]
    Post.objects.filter(holder=clerk).update(place="330205001", place_name="另一街道")
    house = Organisation.objects.first()
    assert house is not None
    kind = PostKind.CITY_VIEWER
    appoint_person(holder=clerk, kind=kind, organisation=house, place="3302", place_name="宁波市", by=None, now=NOW)
    answer = signed_in("street_clerk").post(
        reverse("dwellings:search_owner"), {"words": "李测试", "purpose": "核对选票"}
    )
    assert list(answer.context["found"]) == []


def test_a_search_finds_by_the_whole_value_only_and_never_outside_ones_place(world: World, signed_in: SignIn) -> None:
    kept(world)
    address = reverse("dwellings:search_owner")

    def found(role: str, words: str) -> int:
        answer = signed_in(role).post(address, {"words": words, "purpose": "核对选票"})
        return len(answer.context["found"])

    assert found("street_clerk", "李测试") == 1
    assert found("street_clerk", f" {LI.lower()} ") == 1
    assert found("street_clerk", "138 0000 0001") == 1
    assert found("street_clerk", "李测") == 0
    assert found("officer_elsewhere", "李测试") == 0
    searches = Event.objects.filter(verb="dwellings.search_owner")
    assert searches.count() == 5
    assert "李测试" not in str(list(searches.values()))

"""Posts whose division was merged away are told of and can be given the place that it became."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.duties import posts_in_ended_places
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import Post
from gongdi.apps.accounts.post_services import end_post, move_post
from gongdi.apps.audit.models import Event
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.division_services import NewChange, record_change
from tests.support.divisions import lying_in
from tests.support.world import NOW, OTHER_STREET, STREET, World


def _merged(world: World) -> Post:
    """文教街道, where the clerk holds a post, becomes part of 外滩街道."""
    change = NewChange(
        "merge", date(2021, 1, 1), [world.divisions[STREET]], [world.divisions[OTHER_STREET]], "测试〔2020〕9号"
    )
    record_change(change=change, by=world.people["administrator"], now=NOW)
    return world.people["street_clerk"].held_posts[0]


def test_while_divisions_stand_nothing_waits(world: World) -> None:
    assert posts_in_ended_places(world.people["security_administrator"], NOW) == []


def test_the_keeper_of_posts_is_told_and_moves_them_to_what_the_street_became(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    post, keeper = _merged(world), world.people["security_administrator"]
    (duty,) = posts_in_ended_places(keeper, NOW)
    assert any("今外滩街道" in text for text, _ in duty.details)
    client = signed_in("security_administrator")
    assert "区划已调整，今外滩街道" in client.get(reverse("accounts:see_people")).content.decode()
    address = reverse("accounts:move_post", args=[post.pk])
    page = client.get(address)
    assert page.context["form"].initial["place"] == OTHER_STREET
    assert "今外滩街道" in page.content.decode()
    assert client.post(address, {"place": OTHER_STREET}).status_code == 422
    assert client.post(address, {"place": OTHER_STREET, "why": "测试〔2026〕9号"}).status_code == 302
    post.refresh_from_db()
    assert (post.place, post.place_name) == (OTHER_STREET, "外滩街道")
    event = Event.objects.get(verb="accounts.move_post")
    assert (event.before, event.after, event.why) == ({"place": STREET}, {"place": OTHER_STREET}, "测试〔2026〕9号")
    assert duty.count - 1 == sum(each.count for each in posts_in_ended_places(keeper, NOW))


def test_after_moving_the_holder_sees_the_compounds_again(world: World) -> None:
    compound = lying_in(world, world.divisions[STREET])
    post, clerk = _merged(world), world.people["street_clerk"]
    before = set(visible_compounds(type(clerk).objects.get(pk=clerk.pk)))
    move_post(
        post=post, place=OTHER_STREET, place_name="外滩街道", why="撤并", by=world.people["security_administrator"],
        now=NOW,
    )  # fmt: skip
    after = set(visible_compounds(type(clerk).objects.get(pk=clerk.pk)))
    assert compound in after - before


@pytest.mark.parametrize(
    ("place", "words"), [(STREET, "没有变化"), ("330205", "管辖范围应为"), ("330205999", "还没有登记")]
)
def test_a_place_that_the_kind_cannot_have_is_refused(world: World, place: str, words: str) -> None:
    post = world.people["street_clerk"].held_posts[0]
    with pytest.raises(RefusedError, match=words):
        move_post(post=post, place=place, place_name="x", why="试", by=world.people["security_administrator"], now=NOW)


def test_neither_ones_own_post_nor_an_ended_one_is_moved(world: World) -> None:
    keeper, clerk = world.people["security_administrator"], world.people["street_clerk"]
    post = clerk.held_posts[0]
    with pytest.raises(RefusedError, match="自己岗位"):
        move_post(post=post, place=OTHER_STREET, place_name="外滩街道", why="试", by=clerk, now=NOW)
    end_post(post=post, why="调离", by=keeper, now=NOW)
    with pytest.raises(RefusedError, match="已经终止"):
        move_post(post=post, place=OTHER_STREET, place_name="外滩街道", why="试", by=keeper, now=NOW)

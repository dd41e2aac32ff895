"""A resident answers on the phone: what the page shows, what is kept, what is closed to others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.consultation import services
from gongdi.apps.consultation.models import Household, Response, Round
from gongdi.apps.dwellings.models import Ownership
from gongdi.apps.files.preparing import prepare
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.core.consultation.answers import Side, Willing
from gongdi.web import clock
from tests.support import photos, rounds
from tests.support.residents import entered, make_account
from tests.support.world import World


@pytest.fixture
def running(world: World) -> Round:
    today = clock.today()
    return rounds.opened(world, today=today, since=today, until=today + timedelta(days=7))


def bound(asked: Round, household: Household, relation: str = "owner") -> Client:
    """A client bound to a household's dwelling."""
    client, dwelling = entered(), household.dwelling
    owners = list(Ownership.objects.filter(dwelling=dwelling, until=None).values_list("owner", flat=True))
    DwellingBinding.objects.create(
        account=Account.objects.get(), compound=asked.compound, building=dwelling.building.name, room=dwelling.room,
        relation=relation, dwelling=dwelling, state="confirmed", asked_at=clock.now(), owners=sorted(owners),
    )  # fmt: skip
    return client


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_nobody_is_told_a_part_of_a_lift_that_their_stairwell_may_not_want(world: World) -> None:
    today = clock.today()
    asked = rounds.opened(world, today=today, since=today, until=today + timedelta(days=7))
    row = asked.items.order_by("number")[0]
    asked.items.filter(pk=row.pk).update(
        basis="stairwell", fen=48_000_000, quantity=4, shares={"fiscal": 4_000, "owners": 6_000}
    )
    household = rounds.a_household(asked, 1)
    page = bound(asked, household).get(reverse("consultation:answer_round", args=[household.pk])).content.decode()
    assert "要装的单元，业主一共约出 <strong>288,000.00</strong> 元" in page
    assert "每个单元 480,000.00 元，按 4 个单元估算" in page


def test_a_resident_sees_what_it_costs_them_and_answers_and_may_change_it(running: Round) -> None:
    household = rounds.a_household(running, 1)
    client, address = bound(running, household), reverse("consultation:answer_round", args=[household.pk])
    assert "等您答复" in client.get(reverse("consultation:see_own_rounds")).content.decode()
    page = client.get(address).content.decode()
    # 75.25 of 223.75 m2, five in a hundred of 100 000 yuan.
    assert "1,681.56" in page
    assert page.count("c-picture") == 3
    sent = {"key": key_of(page), "wish_1": "wants", "wish_2": "against", "priority_1": "1", "willing": "yes"}
    for _ in range(2):  # pressed twice
        assert client.post(address, sent).status_code == 302
    assert Response.objects.get().side == "owners"
    again = client.get(address).content.decode()
    assert "下面是您上次的选择" in again
    assert client.post(address, {"key": key_of(again), "wish_1": "against"}).status_code == 302
    assert Response.objects.count() == 2
    assert "本户已答复" in client.get(reverse("consultation:see_own_rounds")).content.decode()


def test_a_faulty_answer_keeps_what_was_chosen_and_says_what_is_wrong(running: Round) -> None:
    household = rounds.a_household(running)
    response = bound(running, household).post(
        reverse("consultation:answer_round", args=[household.pk]),
        {"key": "x" * 20, "wish_1": "against", "priority_1": "1", "words": "路要修平"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "不能列为最想要的" in page
    assert "路要修平" in page
    assert not Response.objects.exists()


def test_a_tenant_answers_for_those_who_live_there_and_is_shown_no_owners_share(running: Round) -> None:
    household = rounds.a_household(running)
    client, address = bound(running, household, "tenant"), reverse("consultation:answer_round", args=[household.pk])
    page = client.get(address).content.decode()
    assert "您家约出" not in page
    client.post(address, {"key": key_of(page), "wish_1": "wants"})
    assert Response.objects.get().side == "users"


def test_nobody_answers_for_a_neighbour_or_for_a_dwelling_they_have_sold(running: Round) -> None:
    own, other = rounds.a_household(running), rounds.a_household(running, 1)
    client = bound(running, own)
    assert client.get(reverse("consultation:answer_round", args=[other.pk])).status_code == 404
    Ownership.objects.filter(dwelling=own.dwelling).update(until=clock.today())
    assert client.get(reverse("consultation:answer_round", args=[own.pk])).status_code == 404


def test_a_photo_of_the_compound_stands_in_the_place_of_the_picture(world: World, running: Round) -> None:
    household = rounds.a_household(running)
    client = bound(running, household)
    item = running.items.get(number=1)
    photo = reverse("consultation:show_item_photo", args=[household.pk, 1])
    assert client.get(photo).status_code == 404
    services.add_photo(
        item=item, file=prepare(photos.photo(), "路.jpg", photo=True), by=world.people["street_clerk"], now=clock.now()
    )
    assert photo in client.get(reverse("consultation:answer_round", args=[household.pk])).content.decode()
    assert b"".join(client.get(photo).streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]


@pytest.mark.parametrize("relation", ["owner", "tenant"])
def test_what_an_owner_or_tenant_before_said_is_not_shown_to_who_came_after(
    world: World, running: Round, relation: str
) -> None:
    household = rounds.a_household(running)
    side = Side.USERS if relation == "tenant" else Side.OWNERS
    rounds.answered(
        world, running, household, by=make_account(), side=side, words="孩子在家养病", now=clock.now(),
        today=clock.today(), willing=Willing.NO,
    )  # fmt: skip
    client = entered("13900005678")
    dwelling = household.dwelling
    owners = list(Ownership.objects.filter(dwelling=dwelling, until=None).values_list("owner", flat=True))
    DwellingBinding.objects.create(
        account=Account.objects.order_by("-pk")[0], compound=running.compound, building=dwelling.building.name,
        room=dwelling.room, relation=relation, dwelling=dwelling, state="confirmed", asked_at=clock.now(),
        owners=sorted(owners),
    )  # fmt: skip
    page = client.get(reverse("consultation:answer_round", args=[household.pk])).content.decode()
    assert "孩子在家养病" not in page
    assert "checked" not in page
    assert "不是您自己提交的" in page


def test_the_family_of_a_former_owner_answers_no_more(running: Round) -> None:
    own = rounds.a_household(running)
    client = bound(running, own, "family")
    address = reverse("consultation:answer_round", args=[own.pk])
    assert client.get(address).status_code == 200
    Ownership.objects.filter(dwelling=own.dwelling).update(until=clock.today())
    assert client.get(address).status_code == 404

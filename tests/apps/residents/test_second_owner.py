"""A second number is bound to a dwelling as its owner's only by somebody who was told and says what was checked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings.models import Dwelling, Ownership
from gongdi.apps.residents import services
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.voting.models import Vote
from gongdi.core.voting.ballots import Channel
from gongdi.web import clock
from tests.support import dwellings, polls
from tests.support.residents import entered, make_account
from tests.support.world import NOW, World

CHECKED = "共有人，看过不动产权证原件"


@pytest.fixture
def dwelling(world: World) -> Dwelling:
    dwellings.kept(world)
    return Dwelling.objects.filter(ownerships__until=None).select_related("building").order_by("pk")[0]


def asked(dwelling: Dwelling, relation: str = "owner", account: Account | None = None) -> DwellingBinding:
    return services.ask_binding(
        account=account or make_account(), compound=dwelling.compound, building=dwelling.building.name,
        room=dwelling.room, relation=relation, now=NOW,
    )  # fmt: skip


def confirm(world: World, binding: DwellingBinding, dwelling: Dwelling, checked: str = "") -> None:
    services.confirm_binding(
        binding=binding, dwelling=dwelling, by=world.people["community_worker"], now=NOW, checked=checked
    )


def test_a_second_owner_is_refused_until_it_is_said_what_was_checked(world: World, dwelling: Dwelling) -> None:
    confirm(world, asked(dwelling), dwelling)
    second = asked(dwelling)
    with pytest.raises(services.RefusedError, match=r"138\*\*\*\*.*以业主身份绑定"):
        confirm(world, second, dwelling)
    assert DwellingBinding.objects.get(pk=second.pk).state == "waiting"
    confirm(world, second, dwelling, CHECKED)
    assert DwellingBinding.objects.get(pk=second.pk).state == "confirmed"
    assert Event.objects.filter(verb="residents.confirm_binding").order_by("-pk")[0].why == CHECKED


def test_linking_later_asks_the_same(world: World, dwelling: Dwelling) -> None:
    worker = world.people["community_worker"]
    second = asked(dwelling)
    services.confirm_binding(binding=second, dwelling=None, by=worker, now=NOW)
    confirm(world, asked(dwelling), dwelling)
    with pytest.raises(services.RefusedError, match="以业主身份绑定"):
        services.link_binding(binding=second, dwelling=dwelling, by=worker, now=NOW)
    services.link_binding(binding=second, dwelling=dwelling, by=worker, now=NOW, checked=CHECKED)
    assert DwellingBinding.objects.get(pk=second.pk).dwelling == dwelling


def test_family_and_a_buyer_after_a_sale_are_not_held_up(world: World, dwelling: Dwelling) -> None:
    first = asked(dwelling)
    confirm(world, first, dwelling)
    confirm(world, asked(dwelling, "family"), dwelling)
    DwellingBinding.objects.filter(pk=first.pk).update(owners=[0])  # whoever owned it has sold it since
    confirm(world, asked(dwelling), dwelling)
    assert DwellingBinding.objects.filter(state="confirmed").count() == 3


def test_the_page_names_the_owners_and_the_number_that_is_bound(world: World, dwelling: Dwelling, signed_in) -> None:
    first = asked(dwelling)
    confirm(world, first, dwelling)
    second, worker = asked(dwelling), signed_in("community_worker")
    address = reverse("residents:confirm_binding", args=[second.pk])
    page = worker.get(address).content.decode()
    owner = Ownership.objects.filter(dwelling=dwelling, until=None).select_related("owner")[0].owner
    assert f"业主 {owner.name_masked}" in page
    assert f"{first.account.phone_masked} 已绑定" in page
    refused = worker.post(address, {"dwelling": dwelling.pk, "checked": ""})
    assert refused.status_code == 422
    assert "请写明核对了什么" in refused.content.decode()
    assert worker.post(address, {"dwelling": dwelling.pk, "checked": CHECKED}).status_code == 302


def test_where_nobody_is_bound_nothing_more_is_asked(world: World, dwelling: Dwelling, signed_in) -> None:
    page = signed_in("community_worker").get(reverse("residents:confirm_binding", args=[asked(dwelling).pk]))
    assert 'name="checked"' not in page.content.decode()


def test_the_first_owner_reads_of_the_second_and_a_receipt_says_whose_number_voted(world: World) -> None:
    now = clock.now()
    vote: Vote = polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=3), now=now)
    unit = polls.a_unit(vote)
    client: Client = entered()
    own = Account.objects.get()
    polls.bind(own, unit)
    assert "也以业主身份绑定" not in client.get("/my/").content.decode()
    other = make_account()
    polls.bind(other, unit)
    assert f"手机号 {other.phone_masked} 也以业主身份绑定" in client.get("/my/").content.decode()
    polls.cast(world, vote, unit, channel=Channel.PHONE, by=other, now=now)
    page = client.get(reverse("voting:see_receipt", args=[unit.pk])).content.decode()
    assert f"手机（{other.phone_masked}）投的一票" in page
    # Its code would tell what was voted: it stays with the number that voted.
    assert "<code>" not in page
    assert "回执在那个手机上看" in page
    polls.cast(world, vote, unit, channel=Channel.PHONE, by=own, now=now + timedelta(seconds=1))
    assert client.get(reverse("voting:see_receipt", args=[unit.pk])).content.decode().count("<code>") == 1

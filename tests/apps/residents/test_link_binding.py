"""A binding that was confirmed before the roll of dwellings was kept is given its dwelling later."""

import pytest
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents import services
from gongdi.apps.residents.duties import waiting_bindings
from gongdi.apps.residents.models import DwellingBinding
from gongdi.apps.residents.queries import standing_bindings
from tests.support import dwellings
from tests.support.residents import make_account
from tests.support.world import NOW, World


def asked(world: World) -> DwellingBinding:
    building, room = "1幢", "1单元101"
    return services.ask_binding(
        account=make_account(), compound=world.compounds["梅堰新村"], building=building, room=room, relation="owner",
        now=NOW,
    )  # fmt: skip


def confirmed(world: World, binding: DwellingBinding, dwelling: Dwelling | None = None) -> None:
    services.confirm_binding(binding=binding, dwelling=dwelling, by=world.people["community_worker"], now=NOW)


def link(world: World, binding: DwellingBinding, dwelling: Dwelling) -> None:
    services.link_binding(binding=binding, dwelling=dwelling, by=world.people["community_worker"], now=NOW)


@pytest.fixture
def dwelling(world: World) -> Dwelling:
    dwellings.kept(world)
    return Dwelling.objects.filter(ownerships__until=None).select_related("building").order_by("pk")[0]


def test_it_speaks_for_the_dwelling_and_its_present_owners(world: World, dwelling: Dwelling) -> None:
    binding = asked(world)
    confirmed(world, binding)
    link(world, binding, dwelling)
    (found,) = standing_bindings(binding.account)
    assert found.dwelling == dwelling
    assert found.owners == sorted(dwelling.ownerships.filter(until=None).values_list("owner", flat=True).distinct())
    assert Event.objects.get(verb="residents.link_binding").place == binding.compound.place


def test_only_a_confirmed_binding_without_dwelling_is_given_one_and_only_once(world: World, dwelling: Dwelling) -> None:
    binding = asked(world)
    with pytest.raises(RefusedError, match="只有已确认"):
        link(world, binding, dwelling)
    confirmed(world, binding)
    link(world, binding, dwelling)
    with pytest.raises(RefusedError, match="只有已确认"):
        link(world, DwellingBinding.objects.get(pk=binding.pk), dwelling)


def test_a_dwelling_of_another_compound_or_one_that_is_bound_already_is_refused(
    world: World, dwelling: Dwelling
) -> None:
    binding = asked(world)
    confirmed(world, binding)
    dwelling.compound = world.compounds["翠柏花园"]
    with pytest.raises(RefusedError, match="不在申请的小区内"):
        link(world, binding, dwelling)
    dwelling.refresh_from_db()
    other = services.ask_binding(
        account=binding.account, compound=binding.compound, building="1幢", room="1单元102", relation="owner", now=NOW
    )
    confirmed(world, other, dwelling)
    with pytest.raises(RefusedError, match="已绑定给同一手机号"):
        link(world, binding, dwelling)
    assert DwellingBinding.objects.get(pk=binding.pk).dwelling is None


def test_the_worker_is_told_once_there_is_a_roll_and_links_it_on_the_page(world: World, signed_in) -> None:
    worker, binding = world.people["community_worker"], asked(world)
    confirmed(world, binding)
    assert waiting_bindings(worker, NOW) == []
    address = reverse("residents:link_binding", args=[binding.pk])
    assert address not in signed_in("community_worker").get(reverse("residents:see_bindings"), {"state": "all"}).text
    dwellings.kept(world)
    (duty,) = waiting_bindings(worker, NOW)
    assert (duty.title, duty.count) == ("为已确认的绑定对应房屋", 1)
    client = signed_in("community_worker")
    assert address in client.get(duty.url).content.decode()
    assert client.post(address, {"dwelling": ""}).status_code == 422
    row = Dwelling.objects.filter(building__name=binding.building)[0]
    assert client.post(address, {"dwelling": row.pk}).status_code == 302
    assert DwellingBinding.objects.get(pk=binding.pk).dwelling == row
    assert waiting_bindings(worker, NOW) == []

"""A binding gives a vote for those owners alone against whom it was confirmed."""

from datetime import date, timedelta

import pytest

from gongdi.apps.dwellings.merge_services import merge_owner
from gongdi.apps.dwellings.models import Dwelling, Owner, Ownership
from gongdi.apps.residents import services
from gongdi.apps.residents.models import DwellingBinding
from gongdi.apps.residents.queries import changed_owners
from gongdi.apps.voting.access import get_own_unit, own_units
from gongdi.apps.voting.models import Vote
from tests.support import polls
from tests.support.world import NOW, TODAY, World


def sold(dwelling: Dwelling, on: date) -> Owner:
    """The dwelling is another's from a day on, as a transfer writes it."""
    Ownership.objects.filter(dwelling=dwelling, until=None).update(until=on)
    buyer = Owner.objects.create(compound=dwelling.compound, name_masked="新*")
    Ownership.objects.create(dwelling=dwelling, owner=buyer, since=on)
    return buyer


def bound(world: World, vote: Vote) -> tuple[DwellingBinding, Dwelling]:
    account, _ = polls.an_owner(world, vote)
    binding = account.bindings.get()
    assert binding.dwelling is not None
    return binding, binding.dwelling


@pytest.mark.parametrize("before", [400, 1, 0], ids=["registered late", "yesterday", "today"])
def test_a_former_owner_has_no_vote_for_the_new_one(world: World, before: int) -> None:
    binding, dwelling = bound(world, polls.opened(world))
    assert own_units(binding.account).count() == 1
    sold(dwelling, TODAY - timedelta(days=before))
    later = polls.opened(world)
    assert later not in [unit.vote for unit in own_units(binding.account)]
    assert changed_owners([binding]) == {binding.pk}


def test_a_new_owner_has_no_vote_on_a_roll_that_names_the_former(world: World) -> None:
    vote = polls.opened(world)
    dwelling = polls.a_unit(vote).dwellings.first()
    assert dwelling is not None
    sold(dwelling, TODAY)
    account, _ = polls.an_owner(world, vote)
    assert not own_units(account).exists()
    later = polls.opened(world)
    assert [unit.vote for unit in own_units(account)] == [later]


def test_an_owner_found_to_be_two_records_votes_on_rolls_of_before_and_after(world: World) -> None:
    old = polls.opened(world)
    binding, dwelling = bound(world, old)
    gone = dwelling.ownerships.get().owner
    kept = Owner.objects.create(
        compound=dwelling.compound, name_masked=gone.name_masked, name_digest=gone.name_digest
    )  # fmt: skip
    merge_owner(owner=kept, other=gone, why="核对了证件", by=world.people["street_clerk"], now=NOW)
    assert changed_owners([binding]) == set()
    later, account = polls.opened(world), binding.account
    assert {unit.vote for unit in own_units(account)} == {old, later}
    assert all(get_own_unit(account, unit.pk).vote == unit.vote for unit in own_units(account))
    DwellingBinding.objects.update(owners=[kept.pk])
    assert {unit.vote for unit in own_units(account)} == {old, later}
    sold(dwelling, TODAY)
    assert changed_owners([binding]) == {binding.pk}
    assert polls.opened(world) not in [unit.vote for unit in own_units(account)]


def test_a_revoked_binding_gives_no_vote_and_is_revoked_once(world: World) -> None:
    binding, _ = bound(world, polls.opened(world))
    worker = world.people["community_worker"]
    services.revoke_binding(binding=binding, why="房屋已出售", by=worker, now=NOW)
    assert not own_units(binding.account).exists()
    with pytest.raises(services.RefusedError, match="不能撤销"):
        services.revoke_binding(binding=binding, why="房屋已出售", by=worker, now=NOW)


def test_the_list_says_which_owner_has_changed_and_offers_to_revoke(world: World, signed_in) -> None:
    binding, dwelling = bound(world, polls.opened(world))
    client = signed_in("community_worker")
    assert "业主已变更" not in client.get("/bindings/?state=confirmed").content.decode()
    sold(dwelling, TODAY)
    page = client.get("/bindings/?state=confirmed").content.decode()
    assert "业主已变更" in page
    address = f"/bindings/{binding.pk}/revoke/"
    assert address in page
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "房屋已出售"}).status_code == 302
    binding.refresh_from_db()
    assert binding.state == "ended"

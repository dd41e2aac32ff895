"""An owner's name, number or phone is corrected with a reason; the chain tells it masked, the roll follows."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings import services
from gongdi.apps.dwellings.models import NAME, NUMBER, PHONE, DwellingImport, Owner
from gongdi.apps.dwellings.services import OwnerTold
from gongdi.apps.dwellings.undoing import hindrance
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import services as services_of_votes
from gongdi.web.sealing import digest, unseal
from tests.support import polls
from tests.support.dwellings import LI, WANG, kept, uploaded
from tests.support.world import NOW, World


def owner_of(number: str) -> Owner:
    return Owner.objects.select_related("compound").get(number_digest=digest(number, NUMBER))


def correct(world: World, owner: Owner, **told: str) -> Owner:
    return services.correct_owner(
        owner=owner, told=OwnerTold(**told), why="录入有误", by=world.people["street_clerk"], now=NOW
    )


def test_a_new_name_stands_sealed_masked_and_findable(world: World) -> None:
    kept(world)
    row = correct(world, owner_of(LI), name="孙测试")
    assert unseal(row.name_sealed, NAME) == "孙测试"
    assert (row.name_masked, row.name_digest) == ("孙**", digest("孙测试", NAME))
    assert row.number_digest == digest(LI, NUMBER)


def test_what_is_left_empty_stays(world: World) -> None:
    kept(world)
    owner = owner_of(LI)
    before = bytes(owner.name_sealed), owner.number_digest
    row = correct(world, owner, phone="13800000088")
    assert (bytes(row.name_sealed), row.number_digest) == before
    assert unseal(row.phone_sealed, PHONE) == "13800000088"


def test_the_chain_tells_the_correction_without_a_name_in_clear(world: World) -> None:
    kept(world)
    correct(world, owner_of(LI), name="孙测试", phone="13800000088")
    event = Event.objects.filter(verb="dwellings.correct_owner").latest("pk")
    told = json.dumps([event.before, event.after], ensure_ascii=False)
    assert "孙测试" not in told
    assert "13800000088" not in told
    assert event.after["name"] == "孙**"
    assert event.why == "录入有误"


def test_the_number_of_another_owner_of_the_compound_is_refused(world: World) -> None:
    kept(world)
    correct(world, Owner.objects.get(name_masked="王**"), number=WANG)
    with pytest.raises(RefusedError, match="另一位业主"):
        correct(world, owner_of(LI), number=WANG)
    assert Owner.objects.filter(number_digest=digest(WANG, NUMBER)).count() == 1


def test_a_correction_that_changes_nothing_is_refused(world: World) -> None:
    kept(world)
    owner = owner_of(LI)
    with pytest.raises(RefusedError, match="没有可更正"):
        correct(world, owner, name=unseal(owner.name_sealed, NAME), kind=owner.kind)


def test_after_a_change_of_name_the_next_roll_finds_the_owner_under_the_new_one(world: World) -> None:
    kept(world)
    before = Owner.objects.count()
    correct(world, owner_of(LI), name="孙测试")
    rows = [("1幢", "", "901", "60", "孙测试", LI, "", "", "", "")]
    assert uploaded(world, rows).state == DwellingImport.State.WAITING
    assert Owner.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [("number", "110101199001011234", "校验码"), ("phone", "12", "联系电话看不懂"), ("why", "", "更正理由")],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(
    world: World, client: Client, field: str, value: str, why: str
) -> None:
    kept(world)
    owner = owner_of(LI)
    client.force_login(world.people["street_clerk"])
    told = {"name": "孙测试", "number": "", "phone": "", "kind": "", "why": "改名", field: value}
    answer = client.post(reverse("dwellings:correct_owner", args=[owner.pk]), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert "孙测试" in page
    assert Owner.objects.get(pk=owner.pk).name_digest == owner.name_digest


def test_the_page_corrects_and_shows_the_owner(world: World, client: Client) -> None:
    kept(world)
    owner = owner_of(LI)
    client.force_login(world.people["street_clerk"])
    told = {"name": "孙测试", "number": "", "phone": "", "kind": "organisation", "why": "改名"}
    answer = client.post(reverse("dwellings:correct_owner", args=[owner.pk]), told, follow=True)
    assert "业主信息已更正" in answer.content.decode()
    assert "孙**" in answer.content.decode()


def test_a_roll_whose_owners_were_corrected_by_hand_is_not_undone(world: World) -> None:
    roll = kept(world)
    assert hindrance(roll) == ""
    correct(world, owner_of(LI), phone="13800000088")
    assert "又有更正" in hindrance(roll)


def test_the_phone_of_a_co_owner_stays_while_a_vote_is_open_that_of_a_sole_owner_does_not(world: World) -> None:
    vote = polls.opened(world)
    co_owner = polls.co_owned(vote).owners.order_by("pk")[0]
    with pytest.raises(RefusedError, match="正在投票"):
        correct(world, co_owner, phone="13800000088")
    correct(world, co_owner, name="孙测试")
    correct(world, owner_of(LI), phone="13800000088")
    services_of_votes.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.AFTER)
    correct(world, co_owner, phone="13800000077")

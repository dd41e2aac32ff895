"""A resident votes on the phone: the page, the receipt, what is closed to others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.dwellings.models import Building, Dwelling
from gongdi.apps.notices.services import withdraw_notice
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.voting.models import Ballot, Unit, Vote
from gongdi.apps.voting.services import void_vote
from gongdi.core.voting.ballots import Channel
from gongdi.core.voting.receipts import read_code
from gongdi.web import clock
from tests.support import notices, polls
from tests.support.residents import entered
from tests.support.world import World


@pytest.fixture
def running(world: World) -> Vote:
    now = clock.now()
    return polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=3), now=now)


def bound(world: World, unit: Unit, relation: str = "owner", state: str = "confirmed") -> Client:
    """A client whose account is bound to the first dwelling of a unit."""
    client = entered()
    account, dwelling = Account.objects.get(), unit.dwellings.get_queryset()[0]
    DwellingBinding.objects.create(
        account=account, compound=dwelling.compound, building=dwelling.building.name, room=dwelling.room,
        relation=relation, dwelling=dwelling, state=state, asked_at=clock.now(),
        owners=[owner.pk for owner in unit.owners.all()],
    )  # fmt: skip
    return client


def test_an_owner_votes_once_and_gets_a_receipt_that_reads(world: World, running: Vote) -> None:
    unit = polls.a_unit(running)
    client = bound(world, unit)
    assert "等您投票" in client.get(reverse("voting:see_own_votes")).content.decode()
    address = reverse("voting:cast_ballot", args=[unit.pk])
    page = client.get(address).content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found is not None
    sent = {"key": found[1], "matter_1": "yes", "mine": "on"}
    for _ in range(2):  # pressed twice
        assert client.post(address, sent).status_code == 302
    assert Ballot.objects.count() == 1
    receipt = client.get(reverse("voting:see_receipt", args=[unit.pk])).content.decode()
    code = re.search(r"<code>([^<]+)</code>", receipt)
    assert code is not None
    assert read_code(code[1]) == code[1]
    assert "<svg" in receipt


def test_the_ballot_leads_to_the_scheme_and_contents_in_force_and_to_no_other_notice(
    world: World, running: Vote
) -> None:
    now = clock.now()
    scheme, contents = (notices.published(world, kind, now=now) for kind in ("scheme", "contents"))
    others = [notices.published(world, "works", now=now), notices.drafted(world, "scheme", now=now)]
    gone = notices.published(world, "scheme", now=now)
    withdraw_notice(notice=gone, why="写错", **notices.clerk(world, now))
    unit = polls.a_unit(running)
    page = bound(world, unit).get(reverse("voting:cast_ballot", args=[unit.pk])).content.decode()
    assert all(row.code in page for row in (scheme, contents))
    assert not any(row.code in page for row in (*others, gone) if row.code)


def test_a_ballot_without_an_answer_or_the_voters_word_says_what_is_missing(world: World, running: Vote) -> None:
    unit = polls.a_unit(running)
    response = bound(world, unit).post(reverse("voting:cast_ballot", args=[unit.pk]), {"key": "x" * 20})
    assert response.status_code == 422
    assert "请选一项" in response.content.decode()
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("relation", "state"), [("tenant", "confirmed"), ("family", "confirmed"), ("owner", "waiting")]
)
def test_tenants_family_and_the_unconfirmed_have_no_vote(
    world: World, running: Vote, relation: str, state: str
) -> None:
    unit = polls.a_unit(running)
    client = bound(world, unit, relation, state)
    assert client.get(reverse("voting:cast_ballot", args=[unit.pk])).status_code == 404
    assert "现在没有您的表决" in client.get(reverse("voting:see_own_votes")).content.decode()


def test_nobody_votes_for_a_neighbour_or_sees_their_receipt(world: World, running: Vote) -> None:
    client = bound(world, polls.a_unit(running))
    other = polls.a_unit(running, 1)
    for name in ("voting:cast_ballot", "voting:see_receipt"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404


def test_a_parking_space_alone_gives_no_vote(world: World) -> None:
    polls.drafted(world)
    Dwelling.objects.filter(room="102").update(use=Dwelling.Use.PARKING)
    now = clock.now()
    vote = polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=1), now=now)
    assert vote.units.count() == 2


def test_counts_are_shown_to_the_clerk_and_not_to_the_community_while_it_runs(world, running, signed_in) -> None:
    polls.cast(world, running, now=clock.now())
    address = reverse("voting:see_vote", args=[running.pk])
    assert "v-bar" in signed_in("street_clerk").get(address).content.decode()
    assert "v-bar" not in signed_in("community_worker").get(address).content.decode()


def test_a_draft_by_the_page_keeps_its_rule_and_refuses_one_of_another_day(world, signed_in) -> None:
    client, compound = signed_in("street_clerk"), world.compounds["梅堰新村"]
    address = reverse("voting:draft_vote", args=[compound.pk])
    sent = {
        "title": "改造方案表决", "scope": "compound", "since": "2027-03-02T09:00", "until": "2027-03-09T18:00",
        "precedence": "signed", "changes": "on", "heads_rule": "parking_off",
        "matter_1": "是否同意方案", "rule_1": "civil-code-2021-special",
    }  # fmt: skip
    refused = client.post(address, {**sent, "rule_1": "property-law-2007-special"})
    assert (refused.status_code, Vote.objects.count()) == (422, 0)
    assert "不适用" in refused.content.decode()
    assert client.post(address, sent).status_code == 302
    assert Vote.objects.get().matters.get().rule["clause"] == "cn 民法典278"


def test_a_draft_offers_buildings_as_one_walks_and_shows_no_sum_before_the_roll(world, signed_in) -> None:
    vote = polls.drafted(world)
    Building.objects.create(compound=vote.compound, name="10幢")
    client = signed_in("street_clerk")
    page = client.get(reverse("voting:draft_vote", args=[vote.compound_id])).content.decode()
    assert re.findall(r">(\d+幢|不选（全小区）)</option>", page) == ["不选（全小区）", "1幢", "2幢", "10幢"]
    assert "固定名册时按当天的产权算" in client.get(reverse("voting:see_vote", args=[vote.pk])).content.decode()
    polls.frozen(world)
    frozen = Vote.objects.latest("pk")
    assert "固定名册时" not in client.get(reverse("voting:see_vote", args=[frozen.pk])).content.decode()


def test_the_receipt_page_tells_which_of_several_ballots_counts_and_why(world: World, running: Vote) -> None:
    Vote.objects.filter(pk=running.pk).update(precedence="first")
    unit = polls.a_unit(running)
    client = bound(world, unit)
    now = clock.now()
    for minute, channel in enumerate((Channel.VISIT, Channel.PHONE)):
        by = Account.objects.get() if channel is Channel.PHONE else None
        polls.cast(world, running, unit, by=by, channel=channel, now=now + timedelta(minutes=minute))
    page = client.get(reverse("voting:see_receipt", args=[unit.pk])).content.decode()
    assert page.index("入户投的一票，计入") < page.index("投的一票，不计入")
    assert "以最先交来的一次为准" in page


def test_who_voted_reads_that_the_vote_was_voided_and_why(world: World, running: Vote) -> None:
    unit = polls.a_unit(running)
    client = bound(world, unit)
    polls.cast(world, running, unit, now=clock.now())
    void_vote(vote=running, why="名册漏了一栋楼", by=world.people["street_clerk"], now=clock.now())
    page = client.get(reverse("voting:see_own_votes")).content.decode()
    assert "作废了，没有结果" in page
    assert "名册漏了一栋楼" in page
    assert "查看回执" not in page
    assert "改投" not in page


def test_a_vote_voided_before_it_was_opened_is_nobodys(world: World) -> None:
    vote = polls.frozen(world)
    client = bound(world, polls.a_unit(vote))
    void_vote(vote=vote, why="写错", by=world.people["street_clerk"], now=clock.now())
    assert "写错" not in client.get(reverse("voting:see_own_votes")).content.decode()


def test_the_way_to_a_draft_is_shown_to_whom_it_is_open(world: World, signed_in) -> None:
    address = reverse("voting:see_votes")
    assert "到项目库找小区" in signed_in("street_clerk").get(address).content.decode()
    assert "起草表决" not in signed_in("auditor").get(address).content.decode()

"""Decisions are stored with what they were taken on, and replay to the same answer later."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError, record_fact
from gongdi.apps.policy.models import DecisionRecord, PackInForce
from gongdi.apps.policy.replaying import replay
from gongdi.apps.policy.services import store_decision
from tests.support.world import NOW, World, fact


def stored(world: World) -> DecisionRecord:
    officer = world.people["district_officer"]
    return store_decision(compound=world.compounds["梅堰新村"], decision="scope", by=officer, now=NOW)


def test_a_stored_decision_keeps_its_facts_pack_and_clauses(world: World) -> None:
    record = stored(world)
    assert record.outcome == "in"
    assert record.facts["delivered_on"] == "1996-08-31"
    assert len(record.pack_digest) == 64
    assert any(clause["decided"] for clause in record.answer["clauses"])


def test_it_replays_to_the_same_answer_although_the_facts_have_changed_since(world: World) -> None:
    record = stored(world)
    officer = world.people["district_officer"]
    record_fact(compound=record.compound, fact=fact("expropriation_planned", True), by=officer, now=NOW)
    again = replay(record)
    assert again.same_outcome
    assert again.same_pack


def test_it_says_when_the_pack_has_changed_since(world: World, signed_in: Callable[[str], Client]) -> None:
    record = stored(world)
    DecisionRecord.objects.filter(pk=record.pk).update(pack_digest="0" * 64)
    page = signed_in("district_officer").get(reverse("policy:see_record", args=[record.pk])).content.decode()
    assert "政策包在留存之后有改动" in page


def test_a_decision_that_the_pack_does_not_regulate_is_not_stored(world: World) -> None:
    officer = world.people["district_officer"]
    with pytest.raises(RefusedError, match="没有规定"):
        store_decision(compound=world.compounds["梅堰新村"], decision="support_tier", by=officer, now=NOW)
    assert not DecisionRecord.objects.exists()


def test_what_the_level_above_answers_is_kept_under_its_own_pack_even_after_the_period(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    PackInForce.objects.update(as_of=None)
    compound, officer = world.compounds["梅堰新村"], world.people["district_officer"]
    page = signed_in("district_officer").get(reverse("policy:see_decision", args=[compound.pk, "owners_vote"]))
    assert page.status_code == 200
    record = store_decision(compound=compound, decision="owners_vote", by=officer, now=NOW)
    assert (record.pack, record.outcome) == ("cn", "undetermined")
    assert replay(record).same_outcome

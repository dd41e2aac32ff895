"""Decisions are stored with what they were taken on, and replay to the same answer later."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError, record_fact
from gongdi.apps.policy.models import DecisionRecord, PackInForce, PackText
from gongdi.apps.policy.replaying import replay
from gongdi.apps.policy.services import store_decision
from gongdi.core.policy.packtext import digest_of
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


def changed_since(record: DecisionRecord, old: str, new: str) -> None:
    """As if the pack had read otherwise when the decision was stored."""
    kept = PackText.objects.get(digest=record.pack_digest)
    texts = {name: text.replace(old, new) for name, text in kept.texts.items()}
    assert texts != kept.texts
    digest = digest_of(texts)
    PackText.objects.filter(pk=kept.pk).update(texts=texts, digest=digest)
    DecisionRecord.objects.filter(pk=record.pk).update(pack_digest=digest)


def page_of(record: DecisionRecord, client: Client) -> str:
    return client.get(reverse("policy:see_record", args=[record.pk])).content.decode()


def test_it_replays_under_its_own_pack_and_says_that_it_has_changed_since(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    record = stored(world)
    changed_since(record, 'version = "1"', 'version = "0"')
    page = page_of(record, signed_in("district_officer"))
    assert "按留存的事实和留存时的政策包重放，结论相同" in page
    assert "政策包在留存之后有改动。按现在的政策包，结论仍相同。" in page


def test_it_tells_what_the_pack_of_today_would_answer_instead(world: World, signed_in: Callable[[str], Client]) -> None:
    record = stored(world)
    DecisionRecord.objects.filter(pk=record.pk).update(outcome="optional")
    changed_since(record, ",in,二(一),", ",optional,二(一),")
    record.refresh_from_db()
    again = replay(record)
    assert (again.same_outcome, again.same_pack, again.same_today) == (True, False, False)
    assert "按现在的政策包，结论会是“纳入”" in page_of(record, signed_in("district_officer"))


def test_it_says_so_when_the_pack_it_read_was_not_kept(world: World, signed_in: Callable[[str], Client]) -> None:
    record = stored(world)
    PackText.objects.all().delete()
    DecisionRecord.objects.filter(pk=record.pk).update(pack_digest="0" * 64)
    page = page_of(record, signed_in("district_officer"))
    assert "不能照原样重放。按现在的政策包重放，结论仍相同。" in page


def test_the_texts_of_a_pack_are_kept_once(world: World) -> None:
    first, second = stored(world), stored(world)
    assert PackText.objects.filter(digest=first.pack_digest).count() == 1
    assert second.pack_digest == first.pack_digest


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

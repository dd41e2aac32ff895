"""A call at a door is recorded with what came of it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from gongdi.apps.mobilisation.models import Visit
from gongdi.web import clock
from tests.support import polls
from tests.support.mobilisation import a_dwelling
from tests.support.world import World


def test_a_worker_records_a_call_and_comes_back_to_the_building(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    vote = polls.opened(world)
    dwelling = a_dwelling(vote)
    client = signed_in("community_worker")
    address = reverse("mobilisation:record_visit", args=["vote", vote.pk, dwelling.pk])
    today = clock.today().isoformat()
    found = client.post(address, {"outcome": "again", "on": today, "again_on": today, "note": "晚上来"}, follow=True)
    assert "的走访已登记" in found.content.decode()
    kept = Visit.objects.get()
    assert (kept.dwelling_id, kept.outcome, kept.recorded_by) == (
        dwelling.pk, "again", world.people["community_worker"],
    )  # fmt: skip


def test_a_call_cannot_lie_ahead_and_what_was_typed_stays(world: World, signed_in: Callable[[str], Client]) -> None:
    vote = polls.opened(world)
    address = reverse("mobilisation:record_visit", args=["vote", vote.pk, a_dwelling(vote).pk])
    found = signed_in("community_worker").post(address, {"outcome": "met", "on": "2999-01-01", "note": "敲门"})
    page = found.content.decode()
    assert found.status_code == 422
    assert "不能晚于今天" in page
    assert "敲门" in page
    assert not Visit.objects.exists()


def test_a_dwelling_of_another_compound_is_not_found(world: World, signed_in: Callable[[str], Client]) -> None:
    vote = polls.opened(world)
    address = reverse("mobilisation:record_visit", args=["vote", vote.pk, 10**6])
    assert signed_in("community_worker").get(address).status_code == 404

"""Who has not been reached, without a word on how anybody voted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongdi.apps.consultation.models import Attempt
from gongdi.apps.mobilisation import access, queries, services, views
from gongdi.apps.voting import paper_services
from gongdi.apps.voting.models import Vote
from gongdi.web import clock
from tests.support import polls, rounds
from tests.support.mobilisation import a_dwelling, drive_of
from tests.support.world import NOW, TODAY, World


def page(signed_in: Callable[[str], Client], role: str, pk: int) -> str:
    found = signed_in(role).get(reverse("mobilisation:see_reach", args=["vote", pk]))
    assert found.status_code == 200
    return found.content.decode()


def test_a_ballot_of_either_kind_makes_the_page_the_same(world: World, signed_in: Callable[[str], Client]) -> None:
    """Two votes that differ only in how somebody voted cannot be told apart on the page."""
    pages = []
    for answers in (polls.YES, polls.NO):
        vote = polls.opened(world)
        polls.cast(world, vote, answers=answers)
        shown = page(signed_in, "street_clerk", vote.pk)
        main = (
            shown.replace(f"/vote/{vote.pk}/", "/vote/0/")
            .replace(f"/votes/{vote.pk}/", "/votes/0/")
            .split("<main", 1)[1]
        )
        pages.append(re.sub(r'value="\w{64}"', "", main))
    assert pages[0] == pages[1]


def test_a_dwelling_leaves_the_list_once_its_ballot_came_or_its_paper_was_handed_in(world: World) -> None:
    vote = polls.opened(world)
    drive = drive_of(world, vote)
    before = queries.picture_of(drive)
    polls.cast(world, vote)
    paper_services.receive_paper(
        vote=vote, unit=polls.a_unit(vote, 1), received_at=NOW, by=world.people["street_clerk"], now=NOW
    )
    after = queries.picture_of(drive)
    reached = {dwelling.pk for n in (0, 1) for dwelling in polls.a_unit(vote, n).dwellings.all()}
    assert {door.home.dwelling for door in before.doors} - {door.home.dwelling for door in after.doors} == reached
    assert after.whole.answered == len(reached)


def test_a_visit_moves_a_home_from_not_visited_to_visited_and_is_told_at_its_door(world: World) -> None:
    vote = polls.opened(world)
    drive, dwelling = drive_of(world, vote), a_dwelling(vote)
    before = queries.picture_of(drive).whole
    services.record_visit(
        drive=drive, dwelling=dwelling, call=services.Call("not_home", TODAY, None, ""),
        by=world.people["community_worker"], now=NOW,
    )  # fmt: skip
    picture = queries.picture_of(drive)
    assert (picture.whole.visited, picture.whole.waiting) == (before.visited + 1, before.waiting - 1)
    door = next(door for door in picture.doors if door.home.dwelling == dwelling.pk)
    assert (door.calls, str(door.last and door.last.get_outcome_display())) == (1, "没有人在家")


def test_visits_for_one_vote_do_not_count_for_another(world: World) -> None:
    first, second = polls.opened(world), polls.opened(world)
    services.record_visit(
        drive=drive_of(world, first), dwelling=a_dwelling(first), call=services.Call("met", TODAY, None, ""),
        by=world.people["community_worker"], now=NOW,
    )  # fmt: skip
    assert queries.picture_of(drive_of(world, second)).whole.visited == 0


def test_a_vote_that_is_closed_is_no_drive_any_more(world: World, signed_in: Callable[[str], Client]) -> None:
    vote = polls.closed(world)
    address = reverse("mobilisation:see_reach", args=["vote", vote.pk])
    assert signed_in("street_clerk").get(address).status_code == 404


def test_a_household_that_answered_a_consultation_or_was_called_on_in_it_stands_so(world: World) -> None:
    asked = rounds.opened(world)
    drive = access.get_drive(world.people["community_worker"], "consultation", asked.pk)
    before = queries.picture_of(drive).whole
    assert before.total == asked.household_count
    rounds.answered(world, asked)
    household = rounds.a_household(asked, 1)
    Attempt.objects.create(household=household, reason="nobody_home", at=NOW, noted_by=world.people["street_clerk"])
    after = queries.picture_of(drive).whole
    assert (after.answered, after.visited) == (1, 1)
    assert after.waiting == before.waiting - 2


def test_the_list_counts_what_each_page_counts_with_no_more_statements_for_more_drives(world: World) -> None:
    asked, vote = rounds.opened(world), polls.opened(world)
    rounds.answered(world, asked)
    polls.cast(world, vote)
    clerk = world.people["street_clerk"]
    services.record_visit(
        drive=drive_of(world, vote), dwelling=a_dwelling(vote, 1), call=services.Call("met", TODAY), by=clerk, now=NOW
    )

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            told = queries.totals(access.running_drives(clerk))
        assert [whole for _, whole in told] == [queries.picture_of(drive).whole for drive, _ in told]
        return len(found)

    few = counted()
    for _ in range(3):
        polls.opened(world)
    assert counted() == few


def test_doors_come_in_pages_that_keep_to_the_building(
    world: World, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "A_PAGE", 1)
    vote = polls.opened(world)
    doors = [door.home for door in queries.picture_of(drive_of(world, vote)).doors]
    address, client = reverse("mobilisation:see_reach", args=["vote", vote.pk]), signed_in("street_clerk")
    first = client.get(address)
    assert [door.home for door in first.context["page"]] == doors[:1]
    assert f"（{len(doors)}）" in first.content.decode()
    assert "?page=2#doors" in first.content.decode()
    building = next(each.building for each in doors if sum(home.building == each.building for home in doors) > 1)
    one = client.get(address, {"building": building})
    assert f"?{urlencode({'building': building})}&amp;page=2#doors" in one.content.decode()


def test_a_vote_whose_time_is_over_asks_nobody_to_knock(world: World, signed_in: Callable[[str], Client]) -> None:
    now = clock.now()
    vote = polls.opened(world, since=now - timedelta(days=3), until=now + timedelta(days=3), now=now)
    worker, address = signed_in("community_worker"), reverse("mobilisation:see_reach", args=["vote", vote.pk])
    assert worker.get(address).status_code == 200
    Vote.objects.filter(pk=vote.pk).update(until=now - timedelta(minutes=1))
    assert worker.get(address).status_code == 404
    assert str(vote) not in worker.get(reverse("mobilisation:see_drives")).content.decode()

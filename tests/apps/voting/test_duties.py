"""The to-do list names the step of a vote that is due, for whoever may take it, from the roll to the street."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongdi.apps.voting.duties import waiting_votes
from gongdi.apps.voting.models import Vote
from gongdi.web import clock
from tests.support import polls
from tests.support.world import World

LATER = polls.AFTER + timedelta(days=60)


def titles(world: World, role: str = "street_clerk") -> list[str]:
    return [duty.title.split("：")[0] for duty in waiting_votes(world.people[role], LATER)]


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (polls.frozen, "开始表决"), (polls.opened, "截止表决"), (polls.closed, "公示表决结果"),
        (polls.published, "办理表决结果生效"),
    ],
)  # fmt: skip
def test_each_state_has_its_next_step(world: World, make: Callable[[World], Vote], title: str) -> None:
    make(world)
    assert titles(world) == [title]


def test_a_result_waits_for_its_confirmation_then_the_street_and_then_for_nobody(world: World) -> None:
    polls.final(world)
    worker = world.people["community_worker"]
    assert titles(world, "community_worker") == ["业委会或居民小组确认表决结果"]
    vote = Vote.objects.get()
    given = {"vote": vote, "by": worker, "now": LATER, "note": ""}
    polls.result_services.confirm_result(body="居民小组", **given)
    assert titles(world, "community_worker") == ["提交表决结果到街道"]
    polls.result_services.submit_result(body="居民小组", **given)
    assert (titles(world, "community_worker"), titles(world)) == ([], ["表决结果收件"])
    polls.result_services.receive_result(body="文教街道", **{**given, "by": world.people["street_clerk"]})
    assert titles(world) == []


def test_one_statement_finds_all_of_it(world: World) -> None:
    polls.closed(world)
    clerk = world.people["street_clerk"]
    waiting_votes(clerk, LATER)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert waiting_votes(clerk, LATER)
    assert len(caught) == 1


def test_opening_tells_of_a_roll_never_shown_and_of_a_time_that_is_past(world: World, signed_in) -> None:
    now = clock.now()
    vote = polls.frozen(world, since=now - timedelta(days=9), until=now - timedelta(days=2), now=now)
    client, address = signed_in("street_clerk"), reverse("voting:open_vote", args=[vote.pk])
    page = client.get(address).content.decode()
    assert "名册还没有公示过" in page
    assert "这是补录" in page
    done = client.post(address, follow=True).content.decode()
    assert "请录入当时交回的纸质选票" in done
    assert "已到截止时间，等待截止" in done
    assert "还没有人投票" in done


@pytest.mark.parametrize("role", ["owners_committee", "residents_group"])
def test_the_committee_or_group_of_the_compound_finds_the_result_to_confirm(world: World, role: str) -> None:
    polls.final(world)
    person = world.people[role]
    waiting_votes(person, LATER)
    with CaptureQueriesContext(connection) as caught:
        assert titles(world, role) == ["业委会或居民小组确认表决结果"]
    assert len(caught) == 1

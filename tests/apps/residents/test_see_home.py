"""The home of a resident: what waits comes first, then the dwelling, then the ways on, and paper always."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongdi.apps.dwellings.models import Dwelling, Ownership
from gongdi.apps.notices.models import Notice
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.voting.models import Vote
from gongdi.web import clock
from tests.support import notices, polls, rounds
from tests.support.residents import entered
from tests.support.world import World


def bound(dwelling: Dwelling) -> Client:
    """A resident who came in, bound to a dwelling as one who owns it."""
    client = entered()
    owners = sorted(Ownership.objects.filter(dwelling=dwelling, until=None).values_list("owner", flat=True))
    DwellingBinding.objects.create(
        account=Account.objects.get(), compound=dwelling.compound, building=dwelling.building.name, room=dwelling.room,
        relation="owner", dwelling=dwelling, state="confirmed", asked_at=clock.now(), owners=owners,
    )  # fmt: skip
    return client


def home(client: Client) -> str:
    return client.get("/my/").content.decode()


def voted_on(world: World) -> Vote:
    now = clock.now()
    return polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=3), now=now)


def test_a_running_vote_stands_before_a_notice_and_both_before_the_dwelling(world: World) -> None:
    vote = voted_on(world)
    notice = notices.published(world, now=clock.now())
    page = home(bound(polls.a_unit(vote).dwellings.get_queryset()[0]))
    order = ["等您投票", notice.title, "我的房屋情况", "改造进度", "不用手机也可以"]
    assert sorted(order, key=page.index) == order


def test_a_ballot_that_was_cast_no_longer_waits(world: World) -> None:
    vote = voted_on(world)
    unit = polls.a_unit(vote)
    client = bound(unit.dwellings.get_queryset()[0])
    polls.cast(world, vote, unit, now=clock.now())
    assert "等您投票" not in home(client)


@pytest.mark.parametrize(("starts", "waits"), [(0, True), (1, False)])
def test_a_consultation_waits_from_its_first_day(world: World, starts: int, waits: bool) -> None:
    today = clock.today()
    asked = rounds.opened(world, today=today, since=today, until=today + timedelta(days=7))
    client = bound(rounds.a_household(asked, 1).dwelling)
    asked.since = today + timedelta(days=starts)
    asked.save(update_fields=["since"])
    assert ("等您答复" in home(client)) is waits


def test_with_nothing_waiting_the_page_says_so_and_still_offers_paper(world: World) -> None:
    client = entered()
    assert "先把您家的房屋绑定到手机上" in home(client)
    notices.owner(world, Account.objects.get())
    page = home(client)
    assert "现在没有等您办的事" in page
    assert "请社区把纸送到家" in page


def test_more_notices_ask_the_database_no_more_often(world: World) -> None:
    client = entered()
    notices.owner(world, Account.objects.get())
    counts = []
    for _ in range(2):
        for _ in range(2):
            notices.published(world, now=clock.now())
        with CaptureQueriesContext(connection) as asked:
            home(client)
        counts.append(len(asked))
    assert Notice.objects.count() == 4
    assert counts[0] == counts[1]

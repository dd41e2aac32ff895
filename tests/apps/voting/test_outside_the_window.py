"""Pages tell before anything is filled in that no ballot can be given now, and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from gongdi.apps.residents.models import Account
from gongdi.apps.voting.models import Unit, Vote
from gongdi.apps.voting.paper_services import check_paper, discard_paper
from gongdi.web import clock
from tests.support import polls
from tests.support.residents import entered
from tests.support.world import NOW, World

BEFORE, AFTER = (1, 2), (-2, -1)


def a_vote(world: World, since: int, until: int) -> Vote:
    now = clock.now()
    return polls.opened(world, since=now + timedelta(days=since), until=now + timedelta(days=until), now=now)


@pytest.mark.parametrize(("window", "told"), [(BEFORE, "还没到投票时间"), (AFTER, "投票时间已过")])
def test_a_resident_reads_so_and_meets_no_form(world: World, window: tuple[int, int], told: str) -> None:
    client, unit = entered(), polls.a_unit(a_vote(world, *window))
    polls.bind(Account.objects.get(), unit)
    page = client.get(reverse("voting:cast_ballot", args=[unit.pk])).content.decode()
    assert told in page
    assert "提交选票" not in page


def test_who_may_not_change_a_ballot_meets_no_form_either(world: World) -> None:
    client, vote = entered(), a_vote(world, -1, 1)
    Vote.objects.update(changes=False)
    unit = polls.a_unit(vote)
    polls.bind(Account.objects.get(), unit)
    assert "提交选票" in client.get(reverse("voting:cast_ballot", args=[unit.pk])).content.decode()
    polls.cast(world, vote, unit, now=clock.now())
    page = client.get(reverse("voting:cast_ballot", args=[unit.pk])).content.decode()
    assert ("投后不能改" in page, "提交选票" in page) == (True, False)


@pytest.mark.parametrize("window", [BEFORE, AFTER])
def test_nobody_fills_in_a_visit_that_cannot_count(world: World, signed_in, window: tuple[int, int]) -> None:
    vote, worker = a_vote(world, *window), signed_in("community_worker")
    number = polls.a_unit(vote).place_on_roll
    response = worker.get(reverse("voting:enter_visit", args=[vote.pk, number]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("voting:see_unit", args=[vote.pk, number])
    page = response.content.decode()
    assert "入户登记要在投票时间内办" in page
    assert reverse("voting:enter_visit", args=[vote.pk, number]) not in page


def test_a_unit_of_unknown_owners_is_told_as_such_not_as_off_the_roll(world: World, signed_in) -> None:
    vote, worker = a_vote(world, -1, 1), signed_in("community_worker")
    unit = polls.a_unit(vote)
    Unit.objects.filter(pk=unit.pk).update(votable=False)
    page = worker.get(reverse("voting:enter_visit", args=[vote.pk, unit.place_on_roll]), follow=True).content.decode()
    assert "业主不明：计入总数" in page
    assert "由业主本人投票" not in page
    sent = {"numbers": str(unit.place_on_roll), "received_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    refused = worker.post(reverse("voting:receive_paper", args=[vote.pk]), sent).content.decode()
    assert "业主不明：计入总数" in refused


def test_the_code_of_a_paper_leads_the_second_person_to_the_second_typing(world: World, signed_in) -> None:
    paper = polls.paper(world)
    address = reverse("voting:enter_paper", args=[paper.vote_id, paper.unit.place_on_roll])
    second = signed_in("community_worker").get(address)
    assert second.headers["Location"] == reverse("voting:check_paper", args=[paper.pk])
    first = signed_in("street_clerk").get(address, follow=True)
    assert "您已录过一遍，须由另一人复核" in first.content.decode()


def test_the_code_of_a_doubted_paper_leads_another_to_its_judgement(world: World, signed_in) -> None:
    paper, clerk = polls.paper(world), world.people["street_clerk"]
    discard_paper(paper=paper, why="没有签名", anew=False, by=clerk, now=NOW)
    address = reverse("voting:enter_paper", args=[paper.vote_id, paper.unit.place_on_roll])
    second = signed_in("community_worker").get(address)
    assert second.headers["Location"] == reverse("voting:check_discard", args=[paper.pk])
    assert "您提出过作废" in signed_in("street_clerk").get(address, follow=True).content.decode()


def test_the_code_of_a_paper_that_is_cast_opens_the_form_for_the_next(world: World, signed_in) -> None:
    paper = polls.paper(world)
    check_paper(paper=paper, typed=polls.TYPED, by=world.people["community_worker"], now=NOW)
    address = reverse("voting:enter_paper", args=[paper.vote_id, paper.unit.place_on_roll])
    assert signed_in("community_worker").get(address).status_code == 200


def test_a_vote_is_not_closed_before_its_time_which_is_told_as_clocks_here_show_it(world: World, signed_in) -> None:
    vote, client = a_vote(world, -1, 1), signed_in("street_clerk")
    address = reverse("voting:close_vote", args=[vote.pk])
    assert "现在不能截止" in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert f"投票到 {localtime(vote.until):%Y-%m-%d %H:%M} 截止，还没有到时间" in page
    assert Vote.objects.get().state == "open"

"""A paper ballot counts once two different people have typed the same."""

import pytest
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.models import Ballot
from gongdi.apps.voting.paper_services import Typed, check_paper, enter_paper
from tests.support import polls
from tests.support.world import NOW, World


def test_the_same_typed_by_another_person_casts_it(world: World) -> None:
    paper = polls.paper(world)
    assert not Ballot.objects.exists()
    done = check_paper(paper=paper, typed=polls.TYPED, by=world.people["community_worker"], now=NOW)
    assert done.state == "cast"
    ballot = Ballot.objects.get()
    assert ballot.channel == "paper"
    assert (ballot.checked_by, ballot.entered_by) == (world.people["street_clerk"], world.people["community_worker"])


def test_the_same_person_cannot_type_it_twice(world: World) -> None:
    paper = polls.paper(world)
    with pytest.raises(RefusedError, match="另一人"):
        check_paper(paper=paper, typed=polls.TYPED, by=world.people["street_clerk"], now=NOW)


def test_two_that_differ_wait_for_a_third_look_that_agrees_with_one(world: World) -> None:
    paper = polls.paper(world)
    paper = check_paper(paper=paper, typed=polls.OTHER, by=world.people["community_worker"], now=NOW)
    assert (paper.state, Ballot.objects.count()) == ("different", 0)
    done = check_paper(paper=paper, typed=polls.OTHER, by=world.people["district_officer"], now=NOW)
    assert done.state == "cast"
    ballot = Ballot.objects.get()
    assert ballot.answers == {"1": "no"}
    assert ballot.checked_by == world.people["community_worker"]


def test_one_paper_of_a_unit_waits_at_a_time(world: World) -> None:
    vote = polls.opened(world)
    polls.paper(world, vote)
    with pytest.raises(RefusedError, match="等复核"):
        enter_paper(
            vote=vote, unit=polls.a_unit(vote), typed=polls.TYPED,
            by=world.people["community_worker"], now=NOW,
        )  # fmt: skip


def test_what_is_cast_is_not_cast_again(world: World) -> None:
    paper = polls.paper(world)
    check_paper(paper=paper, typed=polls.TYPED, by=world.people["community_worker"], now=NOW)
    with pytest.raises(RefusedError, match="已计入"):
        check_paper(paper=paper, typed=polls.TYPED, by=world.people["district_officer"], now=NOW)
    assert Ballot.objects.count() == 1


def test_an_agents_paper_without_a_proxy_on_record_is_refused_at_the_first_typing(world: World) -> None:
    vote = polls.opened(world)
    unit, typed = polls.a_unit(vote), Typed(polls.YES, by_proxy=True)
    given = {"vote": vote, "unit": unit, "typed": typed, "by": world.people["street_clerk"], "now": NOW}
    with pytest.raises(RefusedError, match="先登记书面委托"):
        enter_paper(**given)
    assert not unit.papers.exists()
    polls.mandated(world, vote)
    assert enter_paper(**given).state == "first"


def test_whoever_typed_one_of_two_that_differ_reads_that_a_third_is_wanted(world: World, signed_in) -> None:
    paper = polls.paper(world)
    check_paper(paper=paper, typed=polls.OTHER, by=world.people["community_worker"], now=NOW)
    page = signed_in("street_clerk").get(reverse("voting:see_papers", args=[paper.vote_id])).content.decode()
    assert "须由第三人对照原件再录" in page

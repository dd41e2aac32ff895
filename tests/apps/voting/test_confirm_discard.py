"""A void paper takes two people: one doubts it, another sets it aside; until then it waits."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import paper_services, services
from gongdi.apps.voting.queries import discarded_papers
from tests.support import polls
from tests.support.polls import AFTER
from tests.support.world import NOW, World

SignedIn = Callable[[str], Client]


def test_one_person_alone_sets_no_ballot_aside(world: World) -> None:
    paper = polls.doubted(world)
    assert paper.state == "doubted"
    assert discarded_papers(paper.vote) == []
    with pytest.raises(RefusedError, match="须由另一人复核"):
        paper_services.confirm_discard(paper=paper, by=world.people["street_clerk"], now=NOW)
    done = paper_services.confirm_discard(paper=paper, by=world.people["community_worker"], now=NOW)
    assert (done.state, done.doubted_by, done.discarded_by) == (
        "discarded", world.people["street_clerk"], world.people["community_worker"],
    )  # fmt: skip
    assert discarded_papers(paper.vote) == [done]


def test_what_is_doubted_is_neither_typed_nor_lets_the_result_be_published(world: World) -> None:
    paper = polls.doubted(world)
    vote, by = paper.vote, world.people["community_worker"]
    with pytest.raises(RefusedError, match="待复核作废"):
        paper_services.check_paper(paper=paper, typed=polls.TYPED, by=by, now=NOW)
    with pytest.raises(RefusedError, match="有人提出作废"):
        paper_services.enter_paper(vote=vote, unit=paper.unit, typed=polls.TYPED, by=by, now=NOW)
    closed = services.close_vote(vote=vote, by=by, now=AFTER)
    with pytest.raises(RefusedError, match="还有交回的选票没有录完"):
        services.publish_result(vote=closed, until=date(2027, 3, 20), today=date(2027, 3, 9), by=by, now=AFTER)


def test_one_found_good_after_all_waits_as_it_stood_and_counts(world: World) -> None:
    by = world.people["community_worker"]
    paper = paper_services.refuse_discard(paper=polls.doubted(world), by=by, now=NOW)
    assert (paper.state, paper.why_discarded, paper.doubted_by) == ("first", "", None)
    assert paper_services.check_paper(paper=paper, typed=polls.TYPED, by=by, now=NOW).state == "cast"


def test_the_page_asks_the_second_person_and_tells_who_doubts_and_why(world: World, signed_in: SignedIn) -> None:
    paper = polls.paper(world)
    discard = reverse("voting:discard_paper", args=[paper.pk])
    signed_in("street_clerk").post(discard, {"kind": "void", "why": "没有签名"})
    check = reverse("voting:check_discard", args=[paper.pk])
    second = signed_in("community_worker")
    assert check in second.get(reverse("voting:see_papers", args=[paper.vote_id])).content.decode()
    assert "没有签名" in second.get(check).content.decode()
    refused = signed_in("street_clerk").post(check, {"decision": "void"})
    assert refused.status_code == 422
    assert "提出作废的人不能自己确认" in refused.content.decode()
    assert second.post(check, {"decision": "void"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "discarded"
    assert second.get(check).status_code == 404


def test_an_entry_typed_wrongly_is_typed_anew_by_one_person_since_nothing_is_lost(
    world: World, signed_in: SignedIn
) -> None:
    paper = polls.paper(world)
    client = signed_in("street_clerk")
    client.post(reverse("voting:discard_paper", args=[paper.pk]), {"kind": "anew", "why": "录错一行"})
    assert [row.state for row in paper.vote.papers.order_by("pk")] == ["discarded", "received"]
    assert discarded_papers(paper.vote) == []

"""Papers handed in in time count, whenever they are typed in before the result is published."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import services
from gongdi.apps.voting.models import PaperEntry, Vote
from gongdi.apps.voting.paper_services import Typed, check_paper, confirm_discard, discard_paper, enter_paper
from gongdi.apps.voting.queries import counts_of, public_file, units_by_number
from gongdi.core.voting.ballots import Channel
from gongdi.core.voting.rules import RULES
from gongdi.verifier import verify
from tests.support import polls
from tests.support.world import NOW, World

LATER = polls.AFTER + timedelta(hours=2)


def shut(world: World, vote: Vote) -> Vote:
    return services.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.AFTER)


def shown(world: World, vote: Vote) -> Vote:
    days = {"until": date(2027, 3, 20), "today": date(2027, 3, 9)}
    return services.publish_result(vote=vote, **days, by=world.people["street_clerk"], now=LATER + timedelta(hours=1))


def typed_twice(world: World, paper: PaperEntry, now: datetime, typed: Typed = polls.TYPED) -> PaperEntry:
    if paper.state == "received":
        paper = enter_paper(vote=paper.vote, unit=paper.unit, typed=typed, by=world.people["street_clerk"], now=now)
    return check_paper(paper=paper, typed=typed, by=world.people["community_worker"], now=now)


@pytest.mark.parametrize("first_typed", [True, False])
def test_a_paper_that_waits_at_the_close_is_typed_in_afterwards_and_counts(world: World, first_typed: bool) -> None:
    vote = polls.opened(world)
    paper = polls.paper(world, vote) if first_typed else polls.received(world, vote)
    vote = shut(world, vote)
    assert vote.waiting == [paper.unit.name]
    assert typed_twice(world, paper, LATER).state == "cast"
    vote = shown(world, vote)
    found = verify.Vote("\n".join(public_file(vote)).encode())
    found.check()
    assert found.faults == []
    assert found.matters[0]["yes"] == [1, 14850]


def test_a_result_is_not_published_while_a_paper_waits(world: World) -> None:
    vote = polls.opened(world)
    paper = polls.received(world, vote)
    vote = shut(world, vote)
    with pytest.raises(RefusedError, match="第 1 号"):
        shown(world, vote)
    discard_paper(paper=paper, why="没有签名", anew=False, by=world.people["street_clerk"], now=LATER)
    confirm_discard(paper=paper, by=world.people["community_worker"], now=LATER)
    found = verify.Vote("\n".join(public_file(shown(world, vote))).encode())
    found.check()
    assert found.faults == []


def test_nothing_is_handed_in_after_the_close_nor_typed_after_publishing(world: World) -> None:
    vote = polls.opened(world)
    paper = polls.paper(world, vote)
    vote = shut(world, vote)
    with pytest.raises(RefusedError, match="不能再登记"):
        polls.received(world, vote, unit=polls.a_unit(vote, 1), now=LATER)
    typed_twice(world, paper, LATER)
    with pytest.raises(RefusedError, match="不能再录入"):
        enter_paper(
            vote=shown(world, vote), unit=polls.a_unit(vote, 1), typed=polls.TYPED, by=world.people["street_clerk"],
            now=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("came", [NOW - timedelta(minutes=1), NOW + timedelta(hours=1)])
def test_a_hand_in_before_the_window_or_to_come_is_refused(world: World, came: datetime) -> None:
    with pytest.raises(RefusedError, match="交回时间"):
        polls.received(world, received_at=came)


@pytest.mark.parametrize(("precedence", "said"), [("last", "no"), ("first", "yes")])
def test_the_moment_of_hand_in_and_not_of_typing_decides_which_is_first_or_last(
    world: World, precedence: str, said: str
) -> None:
    vote = polls.opened(world, precedence=precedence)
    paper = polls.received(world, vote, received_at=NOW + timedelta(hours=1), now=NOW + timedelta(hours=1))
    account, unit = polls.an_owner(world, vote)
    polls.cast(world, vote, unit, polls.NO, by=account, channel=Channel.PHONE, now=NOW + timedelta(hours=2))
    typed_twice(world, paper, NOW + timedelta(hours=3))
    tally = counts_of(vote)[0].tally
    assert (tally.yes.heads, tally.no.heads) == ((1, 0) if said == "yes" else (0, 1))
    found = verify.Vote("\n".join(public_file(shown(world, shut(world, vote)))).encode())
    found.check()
    assert found.faults == []
    assert found.matters[0][said] == [1, 14850]


def test_an_entry_set_aside_is_typed_anew_with_its_moment_of_hand_in(world: World) -> None:
    paper = polls.paper(world)
    check_paper(paper=paper, typed=polls.OTHER, by=world.people["community_worker"], now=NOW)
    gone = discard_paper(paper=paper, why="两遍都录错", anew=True, by=world.people["street_clerk"], now=NOW)
    again = PaperEntry.objects.exclude(pk=gone.pk).get()
    assert (gone.state, again.state, again.received_at) == ("discarded", "received", paper.received_at)
    assert typed_twice(world, again, NOW).state == "cast"
    with pytest.raises(RefusedError, match="已计入"):
        discard_paper(paper=again, why="改主意", anew=False, by=world.people["street_clerk"], now=NOW)


def test_a_proxy_read_by_one_alone_is_a_difference_like_any_other(world: World) -> None:
    paper = polls.paper(world)
    done = check_paper(paper=paper, typed=Typed(polls.YES, by_proxy=True), by=world.people["community_worker"], now=NOW)
    assert done.state == "different"


def test_several_numbers_are_registered_and_the_wrong_one_is_named_and_kept_in_the_form(world, signed_in) -> None:
    now = polls.SINCE
    vote = polls.opened(world, since=now - timedelta(days=400), until=datetime.now(now.tzinfo) + timedelta(days=400))
    address = reverse("voting:receive_paper", args=[vote.pk])
    came = (now - timedelta(days=399)).strftime("%Y-%m-%dT%H:%M")
    page = signed_in("street_clerk").post(address, {"numbers": "1、2 99", "received_at": came})
    assert page.status_code == 422
    assert "第 99 号没有登记" in page.content.decode()
    assert 'value="99"' in page.content.decode()
    assert PaperEntry.objects.count() == 2


def test_a_number_longer_than_any_roll_is_named_like_any_other_that_is_wrong(world: World) -> None:
    vote = polls.opened(world)
    found = units_by_number(vote, [1, 2**31, 10**40])
    assert [unit is not None for unit in found.values()] == [True, False, False]


def test_the_page_of_the_close_lists_what_waits(world, signed_in) -> None:
    vote = polls.opened(world)
    polls.received(world, vote)
    page = signed_in("street_clerk").get(reverse("voting:close_vote", args=[vote.pk])).content.decode()
    assert "还有 1 张交回的选票没有录完" in page


def test_each_printed_ballot_has_a_code_of_its_own_whatever_mask_the_first_took(world: World, signed_in) -> None:
    vote = polls.opened(world)
    page = signed_in("street_clerk").get(reverse("voting:print_ballots", args=[vote.pk])).content.decode()
    drawn = re.findall(r'<svg[^>]*class="g-qr".*?</svg>', page, re.DOTALL)
    assert len(drawn) == vote.units.filter(votable=True).count() == len(set(drawn))


def test_a_vote_of_long_ago_is_recorded_later_from_its_papers_under_the_rules_of_its_day(world: World) -> None:
    begun = datetime(2019, 4, 1, 1, 0, tzinfo=UTC)
    rule = next(rule for slug, rule in RULES.items() if slug.startswith("property-law"))
    vote = polls.opened(
        world, since=begun, until=begun + timedelta(days=8), on=date(2019, 4, 1), matters=[("是否同意整治", rule)]
    )
    with pytest.raises(RefusedError, match="不在投票时间内"):
        polls.received(world, vote)
    paper = polls.received(world, vote, received_at=begun + timedelta(days=2))
    assert typed_twice(world, paper, NOW).state == "cast"
    vote = services.close_vote(vote=vote, by=world.people["street_clerk"], now=NOW)
    vote = shown(world, vote)
    found = verify.Vote("\n".join(public_file(vote)).encode())
    found.check()
    assert found.faults == []
    assert vote.matters.get().rule_title.startswith("《物权法》")


def test_a_draft_that_was_left_until_its_time_was_over_is_not_opened(world: World) -> None:
    frozen = polls.frozen(world)
    with pytest.raises(RefusedError, match="投票时间已过"):
        services.open_vote(vote=frozen, by=world.people["street_clerk"], now=polls.AFTER)

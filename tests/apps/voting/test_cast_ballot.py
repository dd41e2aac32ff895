"""Taking ballots in: window, roll, exactly once, what counts, what is told to whom."""

from datetime import timedelta

import pytest

from gongdi.apps.audit.models import Event
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import services
from gongdi.apps.voting.ballot_services import cast_ballot
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.models import Ballot, LogEntry
from gongdi.apps.voting.paper_services import check_paper
from gongdi.apps.voting.queries import counts_of, public_file
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.counting import Count
from gongdi.verifier import verify
from gongdi.web.origin import Origin, acting_from
from tests.support import polls
from tests.support.world import NOW, World


def test_a_ballot_counts_with_its_heads_and_area(world: World) -> None:
    vote = polls.opened(world)
    polls.cast(world, vote)
    tally = counts_of(vote)[0].tally
    assert (tally.yes, tally.everyone) == (Count(1, 14850), Count(3, 34375))


def test_a_request_that_comes_again_gives_the_same_receipt_and_counts_once(world: World) -> None:
    vote = polls.opened(world)
    first = polls.cast(world, vote, key="same-request")
    again = polls.cast(world, vote, key="same-request")
    assert again == first
    assert receipt_of(vote, again.entry) == receipt_of(vote, first.entry)
    assert (Ballot.objects.count(), LogEntry.objects.count()) == (1, 2)


def test_a_key_cannot_be_used_for_another_ballot(world: World) -> None:
    vote = polls.opened(world)
    polls.cast(world, vote, key="same-request")
    with pytest.raises(RefusedError, match="另一张票"):
        polls.cast(world, vote, answers=polls.NO, key="same-request")


@pytest.mark.parametrize("now", [polls.SINCE - timedelta(seconds=1), polls.UNTIL + timedelta(seconds=1)])
def test_nothing_is_taken_in_outside_the_window(world: World, now) -> None:
    vote = polls.opened(world, since=NOW)
    with pytest.raises(RefusedError, match="不在投票时间内"):
        polls.cast(world, vote, now=now)
    assert not Ballot.objects.exists()


def test_nothing_is_taken_in_before_opening_or_after_closing(world: World) -> None:
    vote = polls.frozen(world)
    with pytest.raises(RefusedError, match="名册已固定"):
        polls.cast(world, vote)
    shut = polls.closed(world)
    with pytest.raises(RefusedError, match="已截止"):
        polls.cast(world, shut)


def test_a_unit_of_another_vote_or_without_owner_is_refused(world: World) -> None:
    vote, other = polls.opened(world), polls.opened(world)
    with pytest.raises(RefusedError, match="名册上没有"):
        polls.cast(world, vote, polls.a_unit(other))
    with pytest.raises(RefusedError, match="业主不明：计入总数"):
        polls.cast(world, vote, vote.units.get(votable=False))


@pytest.mark.parametrize("answers", [{2: Answer.YES}, {1: Answer.YES, 2: Answer.NO}])
def test_answers_must_fit_the_matters(world: World, answers) -> None:
    with pytest.raises(RefusedError, match="每个事项"):
        polls.cast(world, polls.opened(world), answers=answers)


def test_a_changed_mind_counts_once_where_changes_are_allowed_and_is_refused_where_not(world: World) -> None:
    vote = polls.opened(world)
    polls.cast(world, vote)
    polls.cast(world, vote, answers=polls.NO)
    tally = counts_of(vote)[0].tally
    assert (tally.yes.heads, tally.no.heads) == (0, 1)
    fixed = polls.opened(world, changes=False)
    polls.cast(world, fixed)
    with pytest.raises(RefusedError, match="不得更改"):
        polls.cast(world, fixed, answers=polls.NO)


def test_an_owners_ballot_and_a_clerks_stay_distinguishable(world: World) -> None:
    vote = polls.opened(world)
    account, unit = polls.an_owner(world, vote)
    own = polls.cast(world, vote, unit, by=account, channel=Channel.PHONE)
    clerks = polls.cast(world, vote, unit)
    assert (own.account, own.entered_by) == (account, None)
    assert (clerks.account, clerks.entered_by) == (None, world.people["community_worker"])
    assert '"channel":"phone"' in own.entry.line
    assert '"channel":"visit"' in clerks.entry.line


def test_no_event_tells_how_anybody_voted(world: World) -> None:
    vote = polls.opened(world)
    polls.cast(world, vote, answers=polls.NO)
    event = Event.objects.get(verb="voting.cast_ballot")
    assert not {"yes", "no"} & set(
        str([event.before, event.after, event.why, event.object_name]).replace("'", " ").split()
    )


def test_moments_in_the_log_never_go_back(world: World) -> None:
    vote = polls.opened(world)
    polls.cast(world, vote, now=NOW + timedelta(seconds=5))
    later = polls.cast(world, vote, polls.a_unit(vote, 1), now=NOW + timedelta(seconds=3))
    assert later.at == NOW + timedelta(seconds=5)


def test_the_public_file_of_a_closed_vote_is_found_right_by_the_verifier(world: World) -> None:
    vote = polls.opened(world)
    ballots = [polls.cast(world, vote, polls.a_unit(vote, n)) for n in (0, 1)]
    vote = services.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.AFTER)
    found = verify.Vote("\n".join(public_file(vote)).encode())
    found.check()
    assert found.faults == []
    assert found.matters[0]["yes"] == [2, 14850 + 7525]
    for ballot in ballots:
        receipt = receipt_of(vote, ballot.entry)
        assert found.find_receipt(receipt.code)["counts"]
        assert found.find_receipt(receipt.payload())["counts"]
    text = "\n".join(public_file(vote))
    assert "1幢" not in text
    assert "李" not in text


def test_closing_waits_for_the_end_of_the_window(world: World) -> None:
    vote = polls.opened(world)
    with pytest.raises(RefusedError, match="还没有到时间"):
        services.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.UNTIL)


def test_a_key_is_asked_for(world: World) -> None:
    vote = polls.opened(world)
    with pytest.raises(RefusedError, match="请求编号"):
        cast_ballot(
            vote=vote, unit=polls.a_unit(vote), given=Given(polls.YES, Channel.VISIT), key="",
            by=world.people["community_worker"], now=NOW,
        )  # fmt: skip


def test_the_event_of_a_ballot_by_phone_names_no_phone_session_or_place_in_the_log(world: World) -> None:
    vote = polls.opened(world)
    account, unit = polls.an_owner(world, vote)
    with acting_from(Origin("page", "10.1.2.3", "a-session")):
        ballot = polls.cast(world, vote, unit, by=account, channel=Channel.PHONE)
    event = Event.objects.get(verb="voting.cast_ballot")
    assert (event.address, event.session, event.actor) == ("", "", None)
    assert (event.object_kind, event.object_id) == ("voting.vote", str(vote.pk))
    told = str([event.actor_name, event.object_name, event.before, event.after, event.why, event.post])
    assert "seq" not in told
    for secret in (account.phone_masked, unit.name, unit.rooms, ballot.entry.leaf):
        assert secret not in told


def test_no_event_about_a_paper_names_its_unit(world: World) -> None:
    paper = polls.paper(world)
    check_paper(paper=paper, typed=polls.TYPED, by=world.people["community_worker"], now=NOW)
    for event in Event.objects.filter(verb__in=["voting.enter_paper", "voting.check_paper", "voting.cast_ballot"]):
        told = str([event.object_name, event.before, event.after, event.why])
        assert paper.unit.name not in told
        assert str(paper.unit_id) not in event.object_name.replace(str(paper.pk), "")

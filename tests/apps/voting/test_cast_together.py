"""Ballots handed in at the same moment share a transaction: each stands or is refused as if it had come alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError
from django.http import Http404

from gongdi.apps.audit.models import Event
from gongdi.apps.audit.queries import verify_chain
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting import ballot_services, services
from gongdi.apps.voting.ballot_services import Sent, hand_in_ballot
from gongdi.apps.voting.box import Box
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.models import Ballot, Unit, Vote
from gongdi.apps.voting.queries import public_file
from gongdi.core.voting.ballots import Answer
from gongdi.verifier import verify
from gongdi.web.origin import Origin
from tests.support import polls
from tests.support.residents import make_account
from tests.support.world import NOW, World


def sent(unit: Unit, key: str, by: Account, answers: Mapping[int, Answer] = polls.YES) -> Sent:
    """A ballot of a unit that is the resident's."""
    polls.bind(by, unit)
    return Sent(unit.pk, answers, key, by, NOW, Origin("page", "10.1.2.3", "a-session"))


def together(*ballots: Sent) -> list[Any]:
    """What each is told; all in one go."""
    return ballot_services._write(ballot_services._only(ballots))


@pytest.fixture
def vote(world: World) -> Vote:
    return polls.opened(world)


@pytest.fixture
def by(world: World) -> Account:
    return make_account()


def test_ballots_of_one_go_stand_in_their_order_each_with_event_and_receipt(world: World, vote: Vote, by) -> None:
    units = [polls.a_unit(vote, n % 2) for n in range(6)]
    taken = together(*(sent(unit, f"request-{n}", by) for n, unit in enumerate(units)))
    assert [ballot.entry.seq for ballot in taken] == [1, 2, 3, 4, 5, 6]
    events = Event.objects.filter(verb="voting.cast_ballot")
    assert [(event.address, event.session) for event in events] == [("", "")] * 6
    assert verify_chain().fault is None
    shut = services.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.AFTER)
    found = verify.Vote("\n".join(public_file(shut)).encode())
    found.check()
    assert found.faults == []
    for ballot in taken:
        assert found.find_receipt(receipt_of(vote, ballot.entry).payload())["seq"] == ballot.entry.seq


def test_a_refused_ballot_harms_no_other_of_its_go(vote: Vote, by: Account) -> None:
    good = [polls.a_unit(vote, n) for n in (0, 1)]
    first, lacking, short, last = together(
        sent(good[0], "request-1", by), sent(good[1], "request-2", by, {}), sent(good[1], "short", by),
        sent(good[1], "request-3", by),
    )  # fmt: skip
    assert (first.entry.seq, last.entry.seq) == (1, 2)
    assert isinstance(lacking, RefusedError)
    assert isinstance(short, RefusedError)
    assert Ballot.objects.count() == Event.objects.filter(verb="voting.cast_ballot").count() == 2


def test_a_unit_that_is_not_the_residents_when_it_is_taken_in_is_not_to_be_found(world: World, vote: Vote) -> None:
    owner, other, former = make_account(), make_account(), make_account()
    mine, own = polls.a_unit(vote), sent(polls.a_unit(vote, 1), "request-1", owner)
    revoked = sent(mine, "request-2", former)
    former.bindings.update(state="ended")
    bought = sent(mine, "request-3", other)
    other.bindings.update(owners=[10**6])
    hidden = sent(polls.a_unit(polls.frozen(world)), "request-4", make_account())
    nobodys = sent(vote.units.get(votable=False), "request-5", owner)
    never = Sent(10**12, polls.YES, "request-6", owner, NOW, Origin("page"))
    taken, *told = together(own, revoked, bought, hidden, nobodys, never, replace(own, unit=mine.pk, key="request-7"))
    assert taken.entry.seq == 1
    assert [type(each) for each in told] == [Http404] * 6
    assert Ballot.objects.count() == 1


def test_who_comes_while_a_lock_is_waited_for_goes_along_or_waits_for_the_own_vote(
    world: World, vote: Vote, by: Account
) -> None:
    other = polls.opened(world)
    first, same, late = (
        sent(polls.a_unit(each), f"request-{n}", by) for n, each in enumerate([vote, vote, other])
    )  # fmt: skip
    waits = iter([[first], [same, late], [], []])
    found: list[Any] = ballot_services._write(lambda: next(waits))
    assert [(ballot.vote, ballot.entry.seq) for ballot in found] == [(vote, 1), (vote, 2), (other, 1)]
    assert verify_chain().fault is None


def test_a_key_that_no_database_has_is_not_to_be_found(vote: Vote, by: Account) -> None:
    with pytest.raises(Http404):
        hand_in_ballot(replace(sent(polls.a_unit(vote), "request-1", by), unit=10**20))


def test_one_request_twice_in_a_go_is_one_ballot(vote: Vote, by: Account) -> None:
    twice = sent(polls.a_unit(vote), "same-request", by)
    first, again, other = together(twice, twice, sent(polls.a_unit(vote), "same-request", by, polls.NO))
    assert first is again
    assert "另一张票" in str(other)
    assert Ballot.objects.count() == Event.objects.filter(verb="voting.cast_ballot").count() == 1
    assert hand_in_ballot(twice) == first


def test_of_two_ballots_of_a_unit_in_a_go_one_stands_where_none_may_change(world: World, by: Account) -> None:
    vote = polls.opened(world, changes=False)
    unit = polls.a_unit(vote)
    first, second = together(sent(unit, "request-1", by), sent(unit, "request-2", by))
    assert first.entry.seq == 1
    assert "不得更改" in str(second)


def test_of_two_co_owners_in_a_go_the_first_is_the_voter(vote: Vote) -> None:
    unit, one, other = polls.co_owned(vote), make_account(), make_account()
    first, second = together(sent(unit, "request-1", one), sent(unit, "request-2", other))
    assert first.account == one
    assert "已推选" in str(second)
    assert unit.voters.get().account == one


def test_votes_of_one_go_keep_their_own_logs(world: World, vote: Vote, by: Account) -> None:
    other = polls.opened(world)
    asked = [(each, polls.a_unit(each)) for each in (other, vote, other)]
    taken = together(*(sent(unit, f"request-{n}", by) for n, (each, unit) in enumerate(asked)))
    assert [(ballot.vote, ballot.entry.seq) for ballot in taken] == [(other, 1), (vote, 1), (other, 2)]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """Faults that the disk has for ballots under a key."""
    faults: dict[str, Exception] = {}
    keep = Box.keep

    def kept(box: Box) -> None:
        for each, _ in box.fresh:
            if each.key in faults:
                raise faults[each.key]
        keep(box)

    monkeypatch.setattr(Box, "keep", kept)
    return faults


def test_when_a_go_fails_each_is_taken_in_alone(vote: Vote, by: Account, broken: dict[str, Exception]) -> None:
    fault = broken["request-1"] = ValueError("of this one alone")
    taken = together(*(sent(polls.a_unit(vote), f"request-{n}", by) for n in range(3)))
    assert taken[1] is fault
    assert [taken[0].entry.seq, taken[2].entry.seq] == [1, 2]
    assert Ballot.objects.count() == Event.objects.filter(verb="voting.cast_ballot").count() == 2
    assert verify_chain().fault is None


def test_with_the_database_out_of_order_nobody_is_acknowledged(
    vote: Vote, by: Account, broken: dict[str, Exception]
) -> None:
    broken |= {f"request-{n}": OperationalError("database or disk is full") for n in range(3)}
    with pytest.raises(OperationalError):
        hand_in_ballot(sent(polls.a_unit(vote), "request-0", by))
    told = together(*(sent(polls.a_unit(vote), f"request-{n}", by) for n in range(3)))
    assert [type(each) for each in told] == [OperationalError] * 3
    assert not Ballot.objects.exists()


def test_a_vote_that_cannot_be_had_keeps_no_ballot_of_another_vote_out(
    world: World, vote: Vote, by: Account, broken: dict[str, Exception]
) -> None:
    other = polls.opened(world)
    broken["request-0"] = OperationalError("canceling statement due to lock timeout")
    stuck, again, taken = together(
        sent(polls.a_unit(vote), "request-0", by), sent(polls.a_unit(vote, 1), "request-1", by),
        sent(polls.a_unit(other), "request-2", by),
    )  # fmt: skip
    assert stuck is again is broken["request-0"]
    assert (taken.vote, taken.entry.seq) == (other, 1)
    assert Ballot.objects.count() == 1


def test_no_page_takes_the_key_of_a_paper(vote: Vote, by: Account) -> None:
    (refused,) = together(sent(polls.a_unit(vote), "paper-00000001", by))
    assert isinstance(refused, RefusedError)
    assert not Ballot.objects.exists()


def test_answers_are_kept_as_given(vote: Vote, by: Account) -> None:
    taken = together(sent(polls.a_unit(vote), "request-1", by, {1: Answer.ABSTAIN}))
    assert Ballot.objects.get(pk=taken[0].pk).answers == {"1": "abstain"}

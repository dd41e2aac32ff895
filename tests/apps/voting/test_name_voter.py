"""Co-owners vote through the one they named; an agent only under a written proxy."""

import pytest

from gongdi.apps.dwellings.models import PHONE, Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.ballot_services import cast_ballot
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.models import Ballot, Unit, Vote, Voter
from gongdi.core.voting.ballots import Channel
from gongdi.web.sealing import digest
from tests.support import polls
from tests.support.residents import make_account
from tests.support.world import NOW, World


def cast(world: World, vote: Vote, unit: Unit, owner: Owner | None, key: str, **more) -> Ballot:
    given = Given(polls.YES, Channel.VISIT, signed_by=owner, **more)
    return cast_ballot(vote=vote, unit=unit, given=given, key=key, by=world.people["community_worker"], now=NOW)


def test_the_first_ballot_names_the_voter_and_a_second_co_owners_is_refused_with_the_reason(world: World) -> None:
    vote = polls.opened(world)
    unit = polls.co_owned(vote)
    one, other = unit.owners.order_by("pk")
    cast(world, vote, unit, one, "first-key")
    assert Voter.objects.get().owner == one
    with pytest.raises(RefusedError, match="已推选"):
        cast(world, vote, unit, other, "second-key")
    cast(world, vote, unit, one, "third-key")
    assert Ballot.objects.count() == 2


def test_a_voter_named_in_writing_votes_and_may_be_named_anew(world: World) -> None:
    vote = polls.opened(world)
    unit = polls.co_owned(vote)
    one, _ = unit.owners.order_by("pk")
    polls.named(world, vote, 1)
    with pytest.raises(RefusedError, match="已推选"):
        cast(world, vote, unit, one, "first-key")
    polls.named(world, vote, 0)
    cast(world, vote, unit, one, "second-key")
    assert [bool(row.ended_at) for row in Voter.objects.all()] == [True, False]


def test_where_the_vote_lets_any_co_owner_vote_the_later_ballot_replaces_by_its_rule(world: World) -> None:
    vote = polls.opened(world, one_voter=False)
    unit = polls.co_owned(vote)
    for number, owner in enumerate(unit.owners.all()):
        cast(world, vote, unit, owner, f"request-{number}")
    assert Ballot.objects.count() == 2
    assert not Voter.objects.exists()


def test_by_phone_the_named_owner_is_known_by_the_number_and_another_is_refused(world: World) -> None:
    vote = polls.opened(world)
    unit = polls.co_owned(vote)
    polls.named(world, vote, 0)
    owner = unit.owners.order_by("pk")[0]
    account, other = make_account(), make_account()
    Owner.objects.filter(pk=owner.pk).update(phone_digest=digest("13800000001", PHONE))
    given = Given(polls.YES, Channel.PHONE)
    with pytest.raises(RefusedError, match="已推选"):
        cast_ballot(vote=vote, unit=unit, given=given, key="a-stranger", by=account, now=NOW)
    cast_ballot(vote=vote, unit=unit, given=given, key="the-named", by=other, now=NOW)
    assert Ballot.objects.get().account == other


def test_a_proxy_needs_its_paper(world: World) -> None:
    vote = polls.opened(world)
    unit = polls.a_unit(vote)
    with pytest.raises(RefusedError, match="书面委托"):
        cast(world, vote, unit, None, "first-key", by_proxy=True)
    mandate = polls.mandated(world, vote)
    assert mandate.agent_masked == "赵**"
    assert '"by_proxy":true' in cast(world, vote, unit, None, "second-key", by_proxy=True).entry.line
    with pytest.raises(RefusedError, match="已登记委托书"):
        polls.mandated(world, vote)


def test_only_an_owner_of_the_unit_can_be_named(world: World) -> None:
    vote = polls.opened(world)
    stranger = polls.a_unit(vote, 0).owners.get()
    from gongdi.apps.voting.voter_services import name_voter

    with pytest.raises(RefusedError, match="名册上的业主"):
        name_voter(
            vote=vote, unit=polls.co_owned(vote), owner=stranger, why="误", by=world.people["street_clerk"], now=NOW
        )

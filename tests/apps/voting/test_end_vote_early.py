"""A vote ends before its time only where its rule says so and nothing can turn it."""

from datetime import timedelta

import pytest

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import services
from gongdi.apps.voting.queries import public_file
from gongdi.verifier import verify
from tests.support import polls
from tests.support.world import NOW, World

SOON = NOW + timedelta(hours=1)


def test_a_decided_vote_ends_early_and_its_file_is_found_right(world: World) -> None:
    vote = services.end_vote_early(vote=polls.decided(world), by=world.people["street_clerk"], now=SOON)
    assert vote.state == "closed"
    found = verify.Vote("\n".join(public_file(vote)).encode())
    found.check()
    assert found.faults == []


def test_an_open_end_or_a_silent_rule_is_refused(world: World) -> None:
    vote = polls.opened(world, precedence="first", changes=False, early_end=True)
    polls.cast(world, vote)
    with pytest.raises(RefusedError, match="还可能因未投的票改变"):
        services.end_vote_early(vote=vote, by=world.people["street_clerk"], now=SOON)
    with pytest.raises(RefusedError, match="没有规定可以提前截止"):
        services.end_vote_early(vote=polls.opened(world), by=world.people["street_clerk"], now=SOON)


def test_a_rule_that_lets_ballots_change_cannot_allow_it(world: World) -> None:
    with pytest.raises(RefusedError, match="投后不能改"):
        polls.drafted(world, early_end=True)

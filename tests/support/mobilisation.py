"""Drives and doors for tests."""

from __future__ import annotations

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.mobilisation import access
from gongdi.apps.mobilisation.drives import Drive
from gongdi.apps.voting.models import Vote
from tests.support.polls import a_unit
from tests.support.world import World


def drive_of(world: World, vote: Vote) -> Drive:
    """The drive of a vote that runs."""
    return access.get_drive(world.people["community_worker"], "vote", vote.pk)


def a_dwelling(vote: Vote, number: int = 0) -> Dwelling:
    """A dwelling for which somebody may vote."""
    return a_unit(vote, number).dwellings.select_related("compound", "building")[0]

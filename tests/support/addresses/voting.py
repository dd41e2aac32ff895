"""The addresses of votes."""

from __future__ import annotations

from typing import Any

from gongdi.apps.voting.models import PaperEntry, Unit, Vote
from tests.support import polls
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.world import World


def in_state(state: str) -> Any:
    def arguments(world: World) -> list[Any]:
        make = {"draft": polls.drafted, "rolled": polls.frozen, "open": polls.opened, "closed": polls.closed,
                "objections": polls.published}[state]  # fmt: skip
        return [(Vote.objects.filter(state=state).first() or make(world)).pk]

    return arguments


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def a_paper(world: World) -> list[Any]:
    return [(PaperEntry.objects.first() or polls.paper(world)).pk]


def a_number(world: World) -> list[Any]:
    return [*in_state("open")(world), 1]


def a_unit(world: World) -> list[Any]:
    in_state("open")(world)
    return [Unit.objects.order_by("pk")[0].pk]


def a_code(world: World) -> list[Any]:
    return [(Vote.objects.filter(state="objections").first() or polls.published(world)).code]


COMMITTEE = {"owners_committee": 200, "residents_group": 200}
SEEN = {**COMPOUND, **COMMITTEE}
KEPT = {**COMPOUND, "community_worker": 403, "city_viewer": 403, "auditor": 403}
ENTERED = {**COMPOUND, "district_officer": 403, "city_viewer": 403, "auditor": 403}
STEPPED = {**KEPT, "district_officer": 302, "street_clerk": 302}
TO_ALL = {"anonymous": 200}
ADDRESSES = (
    Address("voting:see_votes", statuses={**READERS, **COMMITTEE}, tied=403),
    Address("voting:draft_vote", 200, {**KEPT}, arguments=compound),
    Address("voting:see_vote", statuses=SEEN, arguments=in_state("open")),
    Address("voting:see_frozen_roll", statuses=SEEN, arguments=in_state("open")),
    Address("voting:freeze_roll", statuses=KEPT, arguments=in_state("draft")),
    Address("voting:open_vote", 302, STEPPED, "post", in_state("rolled")),
    Address("voting:close_vote", statuses=KEPT, arguments=in_state("open")),
    Address("voting:end_vote_early", statuses=KEPT, arguments=in_state("open")),
    Address("voting:receive_paper", statuses=ENTERED, arguments=in_state("open")),
    Address("voting:discard_paper", statuses=ENTERED, arguments=a_paper),
    Address("voting:publish_result", statuses=KEPT, arguments=in_state("closed")),
    Address("voting:finish_vote", 302, STEPPED, "post", in_state("objections")),
    Address("voting:void_vote", statuses=KEPT, arguments=in_state("open")),
    Address("voting:print_ballots", statuses=ENTERED, arguments=in_state("open")),
    Address("voting:see_papers", statuses=ENTERED, arguments=in_state("open")),
    Address("voting:enter_paper", statuses=ENTERED, arguments=a_number),
    Address("voting:check_paper", statuses=ENTERED, arguments=a_paper),
    Address("voting:see_own_votes", 302, tied=302),
    Address("voting:cast_ballot", 302, arguments=a_unit, tied=302),
    Address("voting:see_receipt", 302, arguments=a_unit, tied=302),
    Address("voting:see_proof", 200, TO_ALL, arguments=a_code, tied=200),
    Address("voting:export_public_file", 200, TO_ALL, arguments=a_code, tied=200, file=True),
    Address("voting:export_program", 200, TO_ALL, tied=200, file=True),
    Address("voting:export_page", 200, TO_ALL, tied=200, file=True),
)

"""The addresses of votes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gongdi.apps.voting.models import Ballot, Evidence, Objection, PaperEntry, Unit, Vote
from gongdi.web import clock
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


def a_doubt(world: World) -> list[Any]:
    return [polls.doubted(world).pk]


def a_paper(world: World) -> list[Any]:
    return [(PaperEntry.objects.first() or polls.paper(world)).pk]


def a_number(world: World) -> list[Any]:
    return [*in_state("open")(world), 1]


def a_number_now(world: World) -> list[Any]:
    now = clock.now()
    vote = polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=1), now=now)
    return [vote.pk, polls.a_unit(vote).place_on_roll]


def a_unit(world: World) -> list[Any]:
    in_state("open")(world)
    return [Unit.objects.order_by("pk")[0].pk]


def a_ballot(world: World) -> list[Any]:
    return [(Ballot.objects.first() or polls.visited(world)).pk]


def an_evidence(world: World) -> list[Any]:
    return [(Evidence.objects.first() or polls.visited(world).evidence.get()).pk]


def an_objection(world: World) -> list[Any]:
    return [(Objection.objects.first() or polls.objected(world)).pk]


def a_code(world: World) -> list[Any]:
    return [(Vote.objects.filter(state="objections").first() or polls.published(world)).code]


COMMITTEE = {"owners_committee": 200, "residents_group": 200}
SEEN = {**COMPOUND, **COMMITTEE}
KEPT = {**COMPOUND, "community_worker": 403, "city_viewer": 403, "auditor": 403}
ENTERED = {**COMPOUND, "district_officer": 403, "city_viewer": 403, "auditor": 403}
STEPPED = {**KEPT, "district_officer": 302, "street_clerk": 302}
TO_READ = {**COMPOUND, **COMMITTEE}
TURNOUT = {**COMPOUND, "district_officer": 403, "city_viewer": 403}
HOW = {**COMPOUND, "district_officer": 403, "city_viewer": 403, "street_clerk": 403, "community_worker": 403}
CONFIRMED = {**COMPOUND, **COMMITTEE, "district_officer": 403, "street_clerk": 403, "city_viewer": 403, "auditor": 403}
RECEIVED = {
    **COMPOUND,
    "street_leader": 200,
    "district_officer": 403,
    "community_worker": 403,
    "city_viewer": 403,
    "auditor": 403,
}
TO_ALL = {"anonymous": 200}
ADDRESSES = (
    Address("voting:see_votes", statuses={**READERS, **COMMITTEE}, tied=403),
    Address("voting:draft_vote", 200, {**KEPT}, arguments=compound),
    Address("voting:edit_draft", statuses=KEPT, arguments=in_state("draft")),
    Address("voting:see_vote", statuses=SEEN, arguments=in_state("open")),
    Address("voting:see_frozen_roll", statuses=SEEN, arguments=in_state("open")),
    Address("voting:freeze_roll", statuses=KEPT, arguments=in_state("draft")),
    Address("voting:open_vote", statuses=KEPT, arguments=in_state("rolled")),
    Address("voting:close_vote", statuses=KEPT, arguments=in_state("open")),
    Address("voting:end_vote_early", statuses=KEPT, arguments=in_state("open")),
    Address("voting:see_visits", statuses=ENTERED, arguments=in_state("open")),
    Address("voting:see_unit", statuses=ENTERED, arguments=a_number),
    Address("voting:enter_visit", statuses=ENTERED, arguments=a_number_now),
    Address("voting:name_voter", statuses=ENTERED, arguments=a_number),
    Address("voting:record_mandate", statuses=ENTERED, arguments=a_number),
    Address("voting:see_entered_receipt", 404, {"community_worker": 200}, arguments=a_ballot),
    Address("voting:see_ballots", statuses=TURNOUT, arguments=in_state("open")),
    Address("voting:see_evidence", statuses=HOW, arguments=an_evidence),
    Address("voting:see_objections", statuses=SEEN, arguments=in_state("objections")),
    Address("voting:raise_objection", statuses=ENTERED, arguments=in_state("objections")),
    Address("voting:answer_objection", statuses=KEPT, arguments=an_objection),
    Address("voting:print_record", statuses=SEEN, arguments=in_state("objections")),
    Address("voting:confirm_result", statuses=CONFIRMED, arguments=in_state("objections")),
    Address("voting:submit_result", statuses=CONFIRMED, arguments=in_state("objections")),
    Address("voting:receive_result", statuses=RECEIVED, arguments=in_state("objections")),
    Address("voting:object_to_result", 302, arguments=a_unit, tied=302),
    Address("voting:export_heads", 200, TO_ALL, arguments=a_code, tied=200, file=True),
    Address("voting:export_inclusion", 404, {"anonymous": 404}, arguments=a_code, tied=404, file=True),
    Address("voting:export_consistency", 200, TO_ALL, arguments=a_code, tied=200, file=True),
    Address("voting:receive_paper", statuses=ENTERED, arguments=in_state("open")),
    Address("voting:discard_paper", statuses=ENTERED, arguments=a_paper),
    Address("voting:check_discard", statuses=ENTERED, arguments=a_doubt),
    Address("voting:publish_result", statuses=KEPT, arguments=in_state("closed")),
    Address("voting:finish_vote", statuses=KEPT, arguments=in_state("objections")),
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

"""The addresses of bodies, responsibilities, experts and meetings."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS, WHOLE_COUNTY
from tests.support.organisations import a_body, a_follow_up, a_leader, a_meeting, a_member, an_entry, compound_body
from tests.support.world import World


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def body(world: World) -> list[Any]:
    return [a_body(world).pk]


def own_body(world: World) -> list[Any]:
    return [compound_body(world).pk]


def member(world: World) -> list[Any]:
    return [a_member(world).pk]


def leader(world: World) -> list[Any]:
    return [a_leader(world).pk]


def entry(world: World) -> list[Any]:
    return [an_entry(world).pk]


def meeting(world: World) -> list[Any]:
    return [a_meeting(world).pk]


def follow_up(world: World) -> list[Any]:
    return [a_follow_up(world).pk]


NOT_KEEPERS = {"community_worker": 403, "city_viewer": 403, "auditor": 403, "administrator": 403}
AWAY = {"officer_elsewhere": 404, "administrator": 404, "community_worker": 404}
"""What lies at the street is not seen from a community below it, nor from another county."""
KEEP_ONE = {**AWAY, "city_viewer": 403, "auditor": 403}
STREETS = {"street_leader": 200}
OFFICER = {**NOT_KEEPERS, "street_clerk": 403}
COUNTYS = {**WHOLE_COUNTY, "administrator": 404, "street_leader": 404}
KEEP_COUNTYS = {**COUNTYS, "city_viewer": 403, "auditor": 403}
ANSWER = {"officer_elsewhere": 404, "administrator": 404, "city_viewer": 403, "auditor": 403}
ADDRESSES = (
    Address("organisations:see_bodies", statuses=READERS, tied=200),
    Address("organisations:add_body", statuses=NOT_KEEPERS),
    Address("organisations:set_up_bodies", statuses=OFFICER),
    Address("organisations:see_body", statuses=AWAY, arguments=body),
    Address("organisations:correct_body", statuses=KEEP_ONE, arguments=body),
    Address("organisations:end_body", statuses=KEEP_ONE, arguments=body),
    Address("organisations:add_member", statuses=KEEP_ONE, arguments=body),
    Address("organisations:end_member", statuses=KEEP_ONE, arguments=member),
    Address(
        "organisations:add_compound_body",
        statuses={**COMPOUND, "community_worker": 403, "city_viewer": 403, "auditor": 403},
        arguments=compound,
    ),
    Address("organisations:see_leaders", statuses=READERS, tied=200),
    Address("organisations:assign_leader", statuses=NOT_KEEPERS),
    Address("organisations:end_leader", statuses=KEEP_ONE, arguments=leader),
    Address("organisations:see_responsibilities", statuses=READERS, tied=200),
    Address("organisations:export_responsibilities", statuses=READERS, tied=200, file=True),
    Address("organisations:see_entries", statuses=READERS, tied=200),
    Address("organisations:admit_entry", statuses=OFFICER),
    Address("organisations:see_entry", statuses=COUNTYS, arguments=entry),
    Address("organisations:record_entry", statuses=KEEP_COUNTYS, arguments=entry),
    Address("organisations:suspend_entry", statuses=KEEP_COUNTYS, arguments=entry),
    Address("organisations:restore_entry", statuses=KEEP_COUNTYS, arguments=entry),
    Address("organisations:remove_entry", statuses=KEEP_COUNTYS, arguments=entry),
    Address("organisations:see_meetings", statuses=READERS, tied=200),
    Address("organisations:record_meeting", statuses=NOT_KEEPERS),
    Address("organisations:see_meeting", statuses=AWAY, arguments=meeting),
    Address("organisations:add_follow_up", statuses=KEEP_ONE, arguments=meeting),
    Address("organisations:see_follow_ups", statuses=READERS, tied=200),
    Address("organisations:see_follow_up", statuses={**AWAY, "community_worker": 200}, arguments=follow_up),
    Address("organisations:note_follow_up", statuses=ANSWER, arguments=follow_up),
    Address("organisations:close_follow_up", statuses=ANSWER, arguments=follow_up),
)

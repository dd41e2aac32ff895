"""The addresses of reach and visits."""

from __future__ import annotations

from typing import Any

from gongdi.apps.voting.models import Vote
from tests.support import polls
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND
from tests.support.world import World


def a_drive(world: World) -> list[Any]:
    return ["vote", (Vote.objects.filter(state="open").first() or polls.opened(world)).pk]


def a_home(world: World) -> list[Any]:
    drive = a_drive(world)
    return [*drive, polls.a_unit(Vote.objects.get(pk=drive[1])).dwellings.all()[0].pk]


SEEN = {**COMPOUND, "city_viewer": 404, "street_leader": 200}
CALLED = {**SEEN, "district_officer": 403, "street_leader": 403, "auditor": 403}
ADDRESSES = (
    Address("mobilisation:see_drives", statuses={"administrator": 403, "city_viewer": 403, "street_leader": 200}),
    Address("mobilisation:see_reach", statuses=SEEN, arguments=a_drive),
    Address("mobilisation:print_doors", statuses=CALLED, arguments=a_drive),
    Address("mobilisation:record_visit", statuses=CALLED, arguments=a_home),
)

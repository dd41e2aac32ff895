"""The addresses of yearly registers."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import READERS
from tests.support.registers import a_register
from tests.support.world import World


def register(world: World) -> list[Any]:
    from gongdi.apps.registers.models import YearRegister

    return [(YearRegister.objects.first() or a_register(world, "梅堰新村")).pk]


def line(world: World) -> list[Any]:
    from gongdi.apps.registers.models import RegisterLine

    register(world)
    return [RegisterLine.objects.order_by("pk")[0].pk]


ONLY_OFFICERS = {"district_officer": 200, "officer_elsewhere": 200}
_BELOW = {"administrator": 404, "officer_elsewhere": 404, "street_clerk": 404, "community_worker": 404}
SEEN = {**_BELOW, "street_leader": 404}
KEPT = {**SEEN, "district_officer": 200}
LINE = {"district_officer": 200, "administrator": 404, "officer_elsewhere": 404}
ADDRESSES = (
    Address("registers:see_registers", statuses=READERS, tied=403),
    Address("registers:open_register", 403, ONLY_OFFICERS, tied=403),
    Address("registers:see_register", statuses=SEEN, arguments=register, tied=404),
    Address("registers:export_register", statuses=SEEN, arguments=register, tied=404, file=True),
    Address("registers:add_to_register", 403, KEPT, arguments=register, tied=404),
    Address("registers:publish_register", 403, KEPT, arguments=register, tied=404),
    Address("registers:remove_from_register", 403, LINE, arguments=line, tied=404),
)

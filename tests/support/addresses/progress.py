"""The addresses of the wall chart."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.nodes import a_node
from tests.support.world import World


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def node(world: World) -> list[Any]:
    return [a_node(world).pk]


REPORTERS = {**COMPOUND, "city_viewer": 403, "auditor": 403}
PLANNERS = {**REPORTERS, "community_worker": 403}
ADDRESSES = (
    Address("progress:see_chart", statuses=READERS, tied=200),
    Address("progress:see_nodes", statuses=COMPOUND, arguments=compound, tied=200),
    Address("progress:plan_nodes", statuses=PLANNERS, arguments=compound, tied=403),
    Address("progress:reach_node", statuses=REPORTERS, arguments=node, tied=403),
    Address("progress:explain_delay", statuses=REPORTERS, arguments=node, tied=403),
    Address("progress:see_own_progress", 302, tied=302),
)

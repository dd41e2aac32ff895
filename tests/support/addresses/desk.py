"""The addresses of the start page and of tasks."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.tasks import a_task
from tests.support.world import World


def task(world: World) -> list[Any]:
    return [a_task(world).pk]


MAKERS = {"district_officer": 200, "street_clerk": 200, "officer_elsewhere": 200, "street_leader": 200}
CONCERNED = {"district_officer": 200, "street_clerk": 200, "community_worker": 200, "street_leader": 200}
ADDRESSES = (
    Address("desk:see_desk", tied=200),
    Address("desk:see_tasks", tied=200),
    Address("desk:make_task", 403, MAKERS, tied=403),
    Address("desk:see_task", 404, CONCERNED, arguments=task, tied=404),
    Address("desk:hand_over_task", 404, CONCERNED, arguments=task, tied=404),
    Address("desk:move_task", 404, CONCERNED, arguments=task, tied=404),
    Address("desk:finish_task", 404, CONCERNED, arguments=task, tied=404),
    Address("desk:urge_task", 404, {role: 302 for role in CONCERNED}, "post", task, tied=404),
)

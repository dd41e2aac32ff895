"""The addresses of people and of signing in."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import OPEN
from tests.support.world import World


def somebody(world: World) -> list[Any]:
    return [world.people["community_worker"].pk]


def a_post(world: World) -> list[Any]:
    return [world.people["community_worker"].held_posts[0].pk]


ONLY_ADMINISTRATOR = {"administrator": 200}
ADDRESSES = (
    Address("accounts:sign_in", 302, OPEN),
    Address("accounts:sign_out", 302, method="post"),
    Address("accounts:change_password"),
    Address("accounts:see_people", 403, ONLY_ADMINISTRATOR),
    Address("accounts:add_person", 403, ONLY_ADMINISTRATOR),
    Address("accounts:appoint_person", 404, ONLY_ADMINISTRATOR, arguments=somebody),
    Address("accounts:end_post", 404, ONLY_ADMINISTRATOR, arguments=a_post),
    Address("accounts:unlock_person", 404, {"administrator": 302}, "post", somebody),
    Address("accounts:reset_password", 404, ONLY_ADMINISTRATOR, "post", somebody),
)

"""The addresses of people and of signing in."""

from datetime import timedelta
from typing import Any

from gongdi.apps.accounts.models import Delegation
from gongdi.apps.accounts.second_factor import factors_of
from gongdi.web import clock
from tests.support.addresses.address import Address
from tests.support.addresses.roles import OPEN
from tests.support.world import World


def somebody(world: World) -> list[Any]:
    return [world.people["community_worker"].pk]


def a_post(world: World) -> list[Any]:
    return [world.people["community_worker"].held_posts[0].pk]


def a_tied_post(world: World) -> list[Any]:
    return [world.people["builder"].held_posts[0].pk]


def a_delegation(world: World) -> list[Any]:
    today, clerk = clock.today(), world.people["street_clerk"]
    made, _ = Delegation.objects.get_or_create(
        post=clerk.held_posts[0],
        to=world.people["community_worker"],
        defaults={
            "starts_on": today,
            "ends_on": today + timedelta(days=7),
            "why": "测试",
            "given_by": clerk,
            "given_at": clock.now(),
        },
    )
    return [made.pk]


def a_factor(world: World) -> list[Any]:
    return [factors_of(world.people["audit_administrator"])[0].pk]


NOT_SYSTEM = {"administrator": 403, "audit_administrator": 404, "security_administrator": 200}
SYSTEM = {"administrator": 200, "security_administrator": 403, "audit_administrator": 403}
SYSTEM_ON_ONE = {"administrator": 200, "security_administrator": 403, "audit_administrator": 404}
POSTS = {"security_administrator": 200, "administrator": 404, "audit_administrator": 404}
BOTH = {"administrator": 200, "security_administrator": 200, "audit_administrator": 403}
ATTEMPTS = {"administrator": 403, "security_administrator": 200, "audit_administrator": 200}
ENROLLED = dict.fromkeys(("administrator", "security_administrator", "audit_administrator"), 200)
NOBODY_WAITS = {"anonymous": 302}
NONE_WAITS = {"anonymous": 403}

ADDRESSES = (
    Address("accounts:sign_in", 302, OPEN, tied=302),
    Address("accounts:prove_second_factor", 302, NOBODY_WAITS, tied=302),
    Address("accounts:prove_key", 403, NONE_WAITS, "post"),
    Address("accounts:start_sign_on", 404, {"anonymous": 404}),
    Address("accounts:finish_sign_on", 404, {"anonymous": 404}),
    Address("accounts:sign_out", 302, method="post", tied=302),
    Address("accounts:change_password", tied=200),
    Address("accounts:see_account", tied=200),
    Address("accounts:end_other_sessions", 302, method="post", tied=302),
    Address("accounts:see_second_factor", tied=200),
    Address("accounts:add_factor_app", tied=200),
    Address("accounts:add_factor_key", tied=200),
    Address("accounts:remove_factor", 404, {"audit_administrator": 302}, "post", a_factor),
    Address(
        "accounts:renew_recovery_codes",
        302,
        ENROLLED,
        "post",
        tied=302,
    ),
    Address("accounts:see_people", 403, BOTH),
    Address("accounts:see_attempts", 403, ATTEMPTS),
    Address("accounts:add_person", 403, SYSTEM),
    Address("accounts:appoint_person", 404, NOT_SYSTEM, arguments=somebody),
    Address("accounts:unlock_person", 404, NOT_SYSTEM | {"security_administrator": 302}, "post", somebody),
    Address("accounts:reset_password", 404, SYSTEM_ON_ONE, "post", somebody),
    Address("accounts:reset_second_factor", 404, NOT_SYSTEM, arguments=somebody),
    Address("accounts:disable_person", 404, SYSTEM_ON_ONE, arguments=somebody),
    Address("accounts:enable_person", 404, SYSTEM_ON_ONE, arguments=somebody),
    Address("accounts:bind_sign_on", 404, SYSTEM_ON_ONE, arguments=somebody),
    Address("accounts:unbind_sign_on", 404, SYSTEM_ON_ONE | {"administrator": 302}, "post", somebody),
    Address("accounts:end_post", 404, POSTS, arguments=a_post),
    Address("accounts:move_post", 404, POSTS, arguments=a_post),
    Address("accounts:tie_post", 404, POSTS, arguments=a_tied_post),
    Address("accounts:delegate_post", 404, POSTS | {"community_worker": 200}, arguments=a_post),
    Address("accounts:see_delegations", tied=200),
    Address("accounts:withdraw_delegation", 404, POSTS | {"street_clerk": 200}, arguments=a_delegation),
)

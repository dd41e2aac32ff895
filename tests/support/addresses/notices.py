"""The addresses of notices."""

from __future__ import annotations

from typing import Any

from gongdi.apps.files.models import Attachment
from gongdi.apps.notices.models import Notice
from tests.support import notices
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.world import World


def in_state(state: str) -> Any:
    def arguments(world: World) -> list[Any]:
        make = {"draft": notices.drafted, "published": notices.published, "ended": notices.ended}[state]
        return [make(world).pk]

    return arguments


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def an_objection(world: World) -> list[Any]:
    return [notices.raised(world).pk]


def a_code(world: World) -> list[Any]:
    return [notices.published(world).code]


def a_file(world: World) -> list[Any]:
    row = notices.posted(world)
    return [Notice.objects.get(pk=row.notice_id).code, Attachment.objects.latest("pk").pk]


KEPT = {**COMPOUND, "community_worker": 403, "city_viewer": 403, "auditor": 403}
DRAFT = {**KEPT}
POSTED = {**COMPOUND, "city_viewer": 403, "auditor": 403, "builder": 200}
ENTERED = {**COMPOUND, "district_officer": 403, "city_viewer": 403, "auditor": 403}
STEPPED = {**KEPT, "district_officer": 302, "street_clerk": 302}
TO_ALL = {"anonymous": 200}
PLACED = {"administrator": 403, "community_worker": 403, "city_viewer": 403, "auditor": 403}
ADDRESSES = (
    Address("notices:see_notices", statuses=READERS, tied=200),
    Address("notices:draft_place_notice", statuses=PLACED),
    Address("notices:draft_notice", statuses=KEPT, arguments=compound),
    Address("notices:see_notice", statuses=COMPOUND, arguments=in_state("published"), tied=200),
    Address("notices:edit_notice", statuses=DRAFT, arguments=in_state("draft")),
    Address("notices:attach_file", statuses=DRAFT, arguments=in_state("draft")),
    Address("notices:correct_notice", statuses=KEPT, arguments=in_state("published")),
    Address("notices:print_notice", statuses=COMPOUND, arguments=in_state("published"), tied=200),
    Address("notices:publish_notice", statuses=DRAFT, arguments=in_state("draft")),
    Address("notices:record_posting", statuses=POSTED, arguments=in_state("published")),
    Address("notices:end_notice", statuses=KEPT, arguments=in_state("published")),
    Address("notices:finish_notice", 302, STEPPED, "post", in_state("ended")),
    Address("notices:withdraw_notice", statuses=KEPT, arguments=in_state("published")),
    Address("notices:enter_objection", statuses=ENTERED, arguments=in_state("published")),
    Address("notices:answer_objection", statuses=KEPT, arguments=an_objection),
    Address("notices:see_own_notices", 302, tied=302),
    Address("notices:see_own_notice", 302, arguments=a_code, tied=302),
    Address("notices:raise_objection", 302, arguments=a_code, tied=302),
    Address("notices:see_public_notice", 200, TO_ALL, arguments=a_code, tied=200),
    Address("notices:show_public_file", 200, TO_ALL, arguments=a_file, tied=200, file=True),
    Address("notices:show_public_thumbnail", 200, TO_ALL, arguments=a_file, tied=200, file=True),
)

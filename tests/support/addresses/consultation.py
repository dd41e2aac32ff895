"""The addresses of consultations."""

from __future__ import annotations

from typing import Any

from gongdi.apps.consultation.models import ContentList, Household, Round
from tests.support import rounds
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.world import World


def in_state(state: str) -> Any:
    def arguments(world: World) -> list[Any]:
        make = {"draft": rounds.priced, "open": rounds.opened, "closed": rounds.closed}[state]
        return [(Round.objects.filter(state=state).first() or make(world)).pk]

    return arguments


def numbered(state: str) -> Any:
    return lambda world: [*in_state(state)(world), 1]


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def a_list(world: World) -> list[Any]:
    return [(ContentList.objects.first() or rounds.fixed(world)).pk]


def a_household(world: World) -> list[Any]:
    in_state("open")(world)
    return [Household.objects.order_by("pk")[0].pk]


def a_code(world: World) -> list[Any]:
    in_state("open")(world)
    return [Round.objects.order_by("pk")[0].code]


COMMITTEE = {"owners_committee": 200, "residents_group": 200}
SEEN = {**COMPOUND, **COMMITTEE}
KEPT = {**COMPOUND, "city_viewer": 403, "auditor": 403}
ENTERED = {**COMPOUND, "district_officer": 403, "city_viewer": 403, "auditor": 403}
ANSWERS = {**COMPOUND, "city_viewer": 403}
CLOSING = {**KEPT, "district_officer": 302, "street_clerk": 302, "community_worker": 302}
ADDRESSES = (
    Address("consultation:see_rounds", statuses={**READERS, **COMMITTEE}, tied=403),
    Address("consultation:draft_round", statuses=KEPT, arguments=compound),
    Address("consultation:see_round", statuses=SEEN, arguments=in_state("open")),
    Address("consultation:edit_round", statuses=KEPT, arguments=in_state("draft")),
    Address("consultation:discard_round", statuses=KEPT, arguments=in_state("draft")),
    Address("consultation:choose_items", statuses=KEPT, arguments=in_state("draft")),
    Address("consultation:price_menu", statuses=KEPT, arguments=in_state("draft")),
    Address("consultation:add_photo", statuses=KEPT, arguments=numbered("draft")),
    Address("consultation:open_round", statuses=KEPT, arguments=in_state("draft")),
    Address("consultation:extend_round", statuses=KEPT, arguments=in_state("open")),
    Address("consultation:close_round", 302, CLOSING, "post", in_state("open")),
    Address("consultation:see_households", statuses=ANSWERS, arguments=in_state("open")),
    Address("consultation:enter_answer", statuses=ENTERED, arguments=numbered("open")),
    Address("consultation:note_attempt", statuses=ENTERED, arguments=numbered("open")),
    Address("consultation:print_sheets", statuses=ENTERED, arguments=in_state("open")),
    Address("consultation:see_results", statuses=SEEN, arguments=in_state("closed")),
    Address("consultation:export_results", statuses=SEEN, arguments=in_state("closed"), file=True),
    Address("consultation:see_words", statuses=ANSWERS, arguments=in_state("closed")),
    Address("consultation:judge_will", statuses=KEPT, arguments=in_state("closed")),
    Address("consultation:fix_content_list", statuses=KEPT, arguments=in_state("closed")),
    Address("consultation:see_content_list", statuses=SEEN, arguments=a_list),
    Address("consultation:export_content_list", statuses=SEEN, arguments=a_list, file=True),
    Address("consultation:see_application", statuses=SEEN, arguments=a_list),
    Address("consultation:file_application", statuses=KEPT, arguments=a_list),
    Address("consultation:see_own_rounds", 302, tied=302),
    Address("consultation:see_own_round", 302, arguments=a_code, tied=302),
    Address("consultation:answer_round", 302, arguments=a_household, tied=302),
    Address("consultation:show_item_photo", 302, arguments=lambda world: [*a_household(world), 1], tied=302, file=True),
)

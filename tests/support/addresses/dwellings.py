"""The addresses of buildings, dwellings, owners and rolls."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND
from tests.support.dwellings import kept, uploaded
from tests.support.world import World


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def _filled(world: World) -> None:
    from gongdi.apps.dwellings.models import Dwelling

    if not Dwelling.objects.exists():
        kept(world)


def building(world: World) -> list[Any]:
    from gongdi.apps.dwellings.models import Building

    _filled(world)
    return [Building.objects.order_by("pk")[0].pk]


def dwelling(world: World) -> list[Any]:
    from gongdi.apps.dwellings.models import Dwelling

    _filled(world)
    return [Dwelling.objects.order_by("pk")[0].pk]


def owner(world: World) -> list[Any]:
    from gongdi.apps.dwellings.models import Owner

    _filled(world)
    return [Owner.objects.order_by("pk")[0].pk]


def roll(world: World) -> list[Any]:
    from gongdi.apps.dwellings.models import DwellingImport

    return [(DwellingImport.objects.first() or uploaded(world)).pk]


EDITORS = {**COMPOUND, "city_viewer": 403, "auditor": 403}
IMPORTERS = {**EDITORS, "community_worker": 403}
ROLLS = {"community_worker": 403, "city_viewer": 403, "auditor": 403, "administrator": 403}
ROLL = {**ROLLS, "officer_elsewhere": 404}
REVEALERS = {"city_viewer": 403, "auditor": 403, "administrator": 403}
PURPOSE = {"purpose": "核对选票签名"}
ADDRESSES = (
    Address("dwellings:see_buildings", statuses=COMPOUND, arguments=compound),
    Address("dwellings:record_building", statuses=EDITORS, arguments=compound),
    Address("dwellings:declare_complete", 302, IMPORTERS, "post", compound),
    Address("dwellings:see_roll", statuses=COMPOUND, arguments=compound),
    Address("dwellings:export_roll", statuses=COMPOUND, arguments=compound, file=True),
    Address("dwellings:upload_roll", statuses=IMPORTERS, arguments=compound),
    Address("dwellings:see_building", statuses=COMPOUND, arguments=building),
    Address("dwellings:add_dwelling", statuses=EDITORS, arguments=building),
    Address("dwellings:see_dwelling", statuses=COMPOUND, arguments=dwelling),
    Address("dwellings:correct_dwelling", statuses=EDITORS, arguments=dwelling),
    Address("dwellings:end_dwelling", statuses=EDITORS, arguments=dwelling),
    Address("dwellings:record_transfer", statuses=EDITORS, arguments=dwelling),
    Address("dwellings:search_owner", statuses=REVEALERS),
    Address("dwellings:see_owner", statuses=COMPOUND, arguments=owner),
    Address("dwellings:merge_owner", statuses=EDITORS, arguments=owner),
    Address("dwellings:correct_owner", statuses=EDITORS, arguments=owner),
    Address("dwellings:reveal_owner", 200, EDITORS, "post", owner, PURPOSE),
    Address("dwellings:see_rolls", statuses=ROLLS),
    Address("dwellings:export_blank", statuses=ROLLS, file=True),
    Address("dwellings:see_import", statuses=ROLL, arguments=roll),
    Address("dwellings:export_problems", statuses=ROLL, arguments=roll, file=True),
    Address("dwellings:keep_roll", 302, ROLL, "post", roll),
    Address("dwellings:discard_roll", 302, ROLL, "post", roll),
    Address("dwellings:undo_roll", 302, ROLL, "post", roll, {"why": "传错文件"}),
)

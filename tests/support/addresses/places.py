"""The addresses of compounds and rosters."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, ONLY_OFFICER, READERS
from tests.support.divisions import provisional
from tests.support.world import COMMUNITY, NOW, World


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def compound_fact(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk, "upkeep_neglected"]


def saved_view(world: World) -> list[Any]:
    from gongdi.apps.places.models import SavedView

    view, _ = SavedView.objects.get_or_create(
        owner=world.people["district_officer"], name="测试视图", defaults={"query": "stage=formed", "saved_at": NOW}
    )
    return [view.pk]


def roster(world: World) -> list[Any]:
    from gongdi.apps.places.models import RosterImport

    content = "小区名称,户数\n新丰小区,120\n".encode()
    row, _ = RosterImport.objects.get_or_create(
        digest="0" * 64,
        defaults={
            "file_name": "名单.csv",
            "content": content,
            "place": "330205004",
            "uploaded_by": world.people["street_clerk"],
            "uploaded_at": NOW,
        },
    )
    return [row.pk]


def division(world: World) -> list[Any]:
    return [provisional(world).pk]


RECORDERS = {**COMPOUND, "city_viewer": 403, "auditor": 403}
IMPORTERS = {"community_worker": 403, "city_viewer": 403, "auditor": 403, "administrator": 403}
ROSTER = {**IMPORTERS, "officer_elsewhere": 404}
APART = {"security_administrator": 403, "audit_administrator": 403}
DIVISIONS = {"administrator": 200, **APART}
MOVE = {"target": "formed", "why": ""}
ADDRESSES = (
    Address("places:see_board", statuses=READERS, tied=200),
    Address("places:see_register", statuses=READERS, tied=200),
    Address("places:export_register", statuses=READERS, tied=200, file=True),
    Address("places:save_view", 302, READERS, "post", fields={"name": "常用", "query": f"place={COMMUNITY}"}, tied=302),
    Address("places:delete_view", 404, {"district_officer": 302}, "post", saved_view),
    Address("places:see_map", statuses=READERS, tied=200),
    Address("places:see_compound", statuses=COMPOUND, arguments=compound, tied=200),
    Address("places:move_compound", 302, ONLY_OFFICER, "post", compound, MOVE),
    Address("places:record_fact", statuses=RECORDERS, arguments=compound_fact),
    Address("places:see_rosters", statuses=IMPORTERS),
    Address("places:see_roster", statuses=ROSTER, arguments=roster),
    Address("places:keep_roster", 302, ROSTER, "post", roster),
    Address("places:discard_roster", 302, ROSTER, "post", roster),
    Address("places:undo_roster", statuses=ROSTER, arguments=roster),
    Address("places:see_divisions", statuses=DIVISIONS),
    Address("places:record_change", 403, {"administrator": 200, **APART}),
    Address("places:map_code", 403, {"administrator": 200, **APART}, arguments=division),
    Address("places:remap_division", 403, {"administrator": 200, **APART}, arguments=division),
)

"""Every address of the application and what each role gets from it.

An app adds its rows here; the test of every address fails on an address that is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.world import COMMUNITY, COUNTY, NOW, PACK, World

ROLES = (
    "anonymous",
    "district_officer",
    "street_clerk",
    "community_worker",
    "city_viewer",
    "auditor",
    "administrator",
    "officer_elsewhere",
)
SIGN_IN = 302
"""What anybody without a session gets: the way to the sign-in page."""


def no_arguments(world: World) -> list[Any]:
    return []


@dataclass(frozen=True)
class Address:
    """An address: its method, its arguments and fields in a world, and the status for each role.

    `statuses` lists those that differ from `usual`; the anonymous one is sent to sign in unless listed.
    """

    name: str
    usual: int = 200
    statuses: dict[str, int] = field(default_factory=dict)
    method: str = "get"
    arguments: Callable[[World], list[Any]] = no_arguments
    fields: dict[str, Any] = field(default_factory=dict)

    def expected(self, role: str) -> int:
        """The status for a role."""
        return self.statuses.get(role, SIGN_IN if role == "anonymous" else self.usual)


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def compound_fact(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk, "upkeep_neglected"]


def somebody(world: World) -> list[Any]:
    return [world.people["community_worker"].pk]


def a_post(world: World) -> list[Any]:
    return [world.people["community_worker"].held_posts[0].pk]


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


def decision(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk, "scope"]


def decision_record(world: World) -> list[Any]:
    from gongdi.apps.policy.models import DecisionRecord
    from gongdi.apps.policy.services import store_decision

    subject, by = world.compounds["梅堰新村"], world.people["district_officer"]
    known = DecisionRecord.objects.filter(compound=subject).first()
    return [(known or store_decision(compound=subject, decision="scope", by=by, now=NOW)).pk]


def pack(world: World) -> list[Any]:
    return [PACK]


def pack_table(world: World) -> list[Any]:
    return [PACK, "scope"]


def county(world: World) -> list[Any]:
    return [COUNTY]


def annual_plan(world: World) -> list[Any]:
    from tests.support.plans import make_stored_plan

    return [make_stored_plan(world).pk]


READERS = {"administrator": 403}
COMPOUND = {"administrator": 404, "officer_elsewhere": 404}
WHOLE_COUNTY = {"officer_elsewhere": 404, "administrator": 403, "street_clerk": 404, "community_worker": 404}
"""Those whose post lies below the county do not see what was made for all of it."""
ONLY_OFFICER = {**COMPOUND, "street_clerk": 403, "community_worker": 403, "city_viewer": 403, "auditor": 403}
RECORDERS = {**COMPOUND, "city_viewer": 403, "auditor": 403}
IMPORTERS = {"community_worker": 403, "city_viewer": 403, "auditor": 403, "administrator": 403}
ROSTER = {**IMPORTERS, "officer_elsewhere": 404}
ONLY_ADMINISTRATOR = {"administrator": 200}
OPEN = {"anonymous": 200}
MOVE = {"target": "formed", "why": ""}

ADDRESSES = (
    Address("see_health", statuses=OPEN),
    Address("set_writing", 302, method="post", fields={"writing": "hant", "next": "/"}),
    Address("accounts:sign_in", 302, OPEN),
    Address("accounts:sign_out", 302, method="post"),
    Address("accounts:change_password"),
    Address("accounts:see_people", 403, ONLY_ADMINISTRATOR),
    Address("accounts:add_person", 403, ONLY_ADMINISTRATOR),
    Address("accounts:appoint_person", 404, ONLY_ADMINISTRATOR, arguments=somebody),
    Address("accounts:end_post", 404, ONLY_ADMINISTRATOR, arguments=a_post),
    Address("accounts:unlock_person", 404, {"administrator": 302}, "post", somebody),
    Address("accounts:reset_password", 404, ONLY_ADMINISTRATOR, "post", somebody),
    Address("audit:see_events", 403, {"auditor": 200}),
    Address("audit:verify_chain", 403, {"auditor": 200}),
    Address("desk:see_desk"),
    Address("places:see_board", statuses=READERS),
    Address("places:see_register", statuses=READERS),
    Address("places:export_register", statuses=READERS),
    Address("places:save_view", 302, READERS, "post", fields={"name": "常用", "query": f"place={COMMUNITY}"}),
    Address("places:delete_view", 404, {"district_officer": 302}, "post", saved_view),
    Address("places:see_map", statuses=READERS),
    Address("places:see_compound", statuses=COMPOUND, arguments=compound),
    Address("places:move_compound", 302, ONLY_OFFICER, "post", compound, MOVE),
    Address("places:record_fact", statuses=RECORDERS, arguments=compound_fact),
    Address("planning:see_plans", statuses=READERS),
    Address("planning:make_plan", 403, {"district_officer": 200}, arguments=county),
    Address("planning:set_budget", 403, {"district_officer": 200}, arguments=county),
    Address("planning:see_plan", statuses=WHOLE_COUNTY, arguments=annual_plan),
    Address("planning:see_scores", statuses=WHOLE_COUNTY, arguments=annual_plan),
    Address("planning:export_plan", statuses=WHOLE_COUNTY, arguments=annual_plan),
    Address("policy:see_packs", statuses=READERS),
    Address("policy:see_pack", statuses=READERS, arguments=pack),
    Address("policy:see_table", statuses=READERS, arguments=pack_table),
    Address("policy:see_survey", statuses=READERS),
    Address("policy:compare_packs", statuses=READERS),
    Address("policy:see_coverage", statuses=READERS),
    Address("policy:export_coverage", statuses=READERS),
    Address("policy:set_pack", 403, {"district_officer": 200}, arguments=county),
    Address("policy:see_decision", statuses=COMPOUND, arguments=decision),
    Address("policy:store_decision", 302, {**ONLY_OFFICER, "street_clerk": 302}, "post", decision),
    Address("policy:see_record", statuses=COMPOUND, arguments=decision_record),
    Address("places:see_rosters", statuses=IMPORTERS),
    Address("places:see_roster", statuses=ROSTER, arguments=roster),
    Address("places:keep_roster", 302, ROSTER, "post", roster),
    Address("places:discard_roster", 302, ROSTER, "post", roster),
)

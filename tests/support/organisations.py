"""Bodies, meetings and experts for tests, made up."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongdi.apps.organisations import meeting_services, pool_services, services
from gongdi.apps.organisations.models import AreaLeader, Body, FollowUp, Meeting, Member, PoolEntry
from gongdi.apps.organisations.services import Who
from tests.support.world import COUNTY, NOW, STREET, World

HELD = date(2026, 3, 2)
"""A Monday in a year whose holidays are known."""


def a_body(world: World, name: str = "测试专班", place: str = STREET, **columns: Any) -> Body:
    """A body of the street, unless told otherwise."""
    known = Body.objects.filter(name=name, place=place, until=None).first()
    told = {"name": name, "kind": "task_force", "place": place, **columns}
    return known or services.add_body(columns=told, by=world.people["district_officer"], now=NOW)


def compound_body(world: World, kind: str = "on_site_group", compound: str = "梅堰新村") -> Body:
    """A body of a compound."""
    row = world.compounds[compound]
    return a_body(world, f"{compound}{dict(Body.Kind.choices)[kind]}", row.place, kind=kind, compound=row)


def a_member(world: World, body: Body | None = None, **told: Any) -> Member:
    """A member of a body: a made-up name, unless told otherwise."""
    columns = {"title": "成员", "who": Who(name="叶测试"), "member_body": None, "role": "", "since": None, **told}
    return services.add_member(body=body or a_body(world), by=world.people["district_officer"], now=NOW, **columns)


def a_leader(world: World) -> AreaLeader:
    """A leader in charge of the street."""
    return services.assign_leader(
        division=world.divisions[STREET], compound=None, title="副区长", who=Who(name="温测试"),
        by=world.people["district_officer"], now=NOW,
    )  # fmt: skip


def an_entry(world: World, name: str = "匠心设计院", **columns: Any) -> PoolEntry:
    """A firm of designers in the county's pool."""
    told = {
        "kind": "designer", "name": name, "place": COUNTY, "field": "老旧小区改造设计", "qualification": "乙级",
        "since": date(2026, 1, 1), **columns,
    }  # fmt: skip
    known = PoolEntry.objects.filter(name=name).exclude(state="removed").first()
    return known or pool_services.admit_entry(columns=told, by=world.people["district_officer"], now=NOW)


def a_meeting(world: World, held_on: date = HELD, place: str = STREET, **columns: Any) -> Meeting:
    """A special meeting of the street."""
    told = {"kind": "special", "title": "管线专题会", "held_on": held_on, "place": place, **columns}
    return meeting_services.record_meeting(columns=told, bodies=[], by=world.people["street_clerk"], now=NOW)


def a_follow_up(world: World, meeting: Meeting | None = None, **told: Any) -> FollowUp:
    """What the meeting gave the community worker to do within ten working days."""
    columns = {"decision": "核对管线图", "body": None, "person": world.people["community_worker"], "working_days": 10}
    return meeting_services.add_follow_up(
        meeting=meeting or a_meeting(world), by=world.people["street_clerk"], now=NOW, **{**columns, **told}
    )

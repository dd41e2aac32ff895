"""A small world for the tests of the web application: divisions, compounds, one person for each kind of post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from gongdi.apps.accounts.models import Organisation, Post, PostObject, User
from gongdi.apps.accounts.permissions import ADMINISTRATORS, TIED, PostKind
from gongdi.apps.accounts.second_factor import add_app
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import NewCompound, NewFact, add_compounds
from gongdi.apps.policy.models import PackInForce
from tests.support.snapshot import Snapshot

NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
PASSWORD = "一段够长的测试口令-7431"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The secret of the authenticator apps of the tests."""
PACK = "zhejiang-ningbo-jiangbei-2020"
COUNTY, STREET, OTHER_STREET, COMMUNITY = "330205", "330205004", "330205001", "330205004004"

DIVISIONS = (
    ("33", "浙江省", 1, None),
    ("3302", "宁波市", 2, "33"),
    ("330205", "江北区", 3, "3302"),
    ("330205004", "文教街道", 4, "330205"),
    ("330205004004", "繁景社区", 5, "330205004"),
    ("330205004005", "范江岸社区", 5, "330205004"),
    ("330205001", "外滩街道", 4, "330205"),
    ("330205001007", "浮石社区", 5, "330205001"),
    ("330212", "鄞州区", 3, "3302"),
    ("330212001", "东柳街道", 4, "330212"),
)
TIED_TO = "梅堰新村"
"""The compound that the posts tied to compounds name."""
POSTS = {
    "district_officer": (PostKind.DISTRICT_OFFICER, COUNTY, "江北区"),
    "street_clerk": (PostKind.STREET_CLERK, STREET, "文教街道"),
    "community_worker": (PostKind.COMMUNITY_WORKER, COMMUNITY, "繁景社区"),
    "city_viewer": (PostKind.CITY_VIEWER, "3302", "宁波市"),
    "auditor": (PostKind.AUDITOR, "", "全部"),
    "administrator": (PostKind.ADMINISTRATOR, "", "全部"),
    "officer_elsewhere": (PostKind.DISTRICT_OFFICER, "330212", "鄞州区"),
    "street_leader": (PostKind.STREET_LEADER, STREET, "文教街道"),
    "finance_officer": (PostKind.FINANCE_OFFICER, COUNTY, "江北区"),
    "department_officer": (PostKind.DEPARTMENT_OFFICER, COUNTY, "江北区"),
    "province_viewer": (PostKind.PROVINCE_VIEWER, "33", "浙江省"),
    "security_administrator": (PostKind.SECURITY_ADMINISTRATOR, "", "全部"),
    "audit_administrator": (PostKind.AUDIT_ADMINISTRATOR, "", "全部"),
    "owners_committee": (PostKind.OWNERS_COMMITTEE, COMMUNITY, "繁景社区"),
    "residents_group": (PostKind.RESIDENTS_GROUP, COMMUNITY, "繁景社区"),
    "property_company": (PostKind.PROPERTY_COMPANY, COUNTY, "江北区"),
    "utility": (PostKind.UTILITY, "3302", "宁波市"),
    "designer": (PostKind.DESIGNER, COUNTY, "江北区"),
    "builder": (PostKind.BUILDER, COUNTY, "江北区"),
    "supervisor": (PostKind.SUPERVISOR, COUNTY, "江北区"),
}


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def make_divisions() -> dict[str, Division]:
    """The divisions by code."""
    made: dict[str, Division] = {}
    for code, name, level, parent in DIVISIONS:
        above = made[parent] if parent else None
        made[code], _ = Division.objects.get_or_create(
            code=code, system="nbs", defaults={"name": name, "level": level, "parent": above}
        )
    return made


def make_person(role: str, username: str = "") -> User:
    """A person with the post of a role."""
    kind, place, place_name = POSTS[role]
    name = username or role
    person = User.objects.create(username=name, display_name="测试员", password=_hashed(PASSWORD), made_up=True)
    house, _ = Organisation.objects.get_or_create(name=f"{place_name}测试单位", place=place, defaults={"kind": "测试"})
    Post.objects.create(holder=person, organisation=house, kind=kind, place=place, place_name=place_name, since=NOW)
    if kind in ADMINISTRATORS:
        # Their posts need a second factor, so that without one every page would lead to enrolling first.
        add_app(person, SECRET, 0, NOW)
    return User.objects.get(pk=person.pk)


def tie(person: User, compound: Compound) -> None:
    """Let the tied posts of a person reach a compound."""
    for post in person.held_posts:
        if post.kind in TIED:
            PostObject.objects.create(
                post=post, object_kind="places.compound", object_id=compound.pk, object_name=compound.name
            )


def fact(name: str, value: Any) -> NewFact:
    """A fact as a survey states it."""
    return NewFact(name, value, "测试摸底表", date(2026, 6, 1), "stated")


@dataclass
class World:
    """Divisions, people by role, and compounds by name."""

    divisions: dict[str, Division]
    people: dict[str, User]
    compounds: dict[str, Compound]


def make_world() -> World:
    """Four compounds in two streets of one county, one in another county, and a person for each role."""
    places = make_divisions()
    county, street, home = places[COUNTY], places[STREET], places[COMMUNITY]
    figures = {"buildings": 12, "households": 480, "area": 3_600_000, "cost_basic": 150_000_000}
    essentials = (
        fact("compound_kind", "compound"),
        fact("delivered_on", "1996-08-31"),
        fact("land_ownership", "state"),
        fact("in_shantytown_plan", False),
        fact("expropriation_planned", False),
    )
    news = [
        NewCompound("梅堰新村", county, street, home, {**figures, "made_up": True}, essentials),
        NewCompound("翠柏花园", county, street, places["330205004005"], {**figures, "stage": "formed"}, ()),
        NewCompound("星桥公寓", county, places[OTHER_STREET], places["330205001007"], {"stage": "reserved"}, ()),
        NewCompound("青禾小区", county, street, home, {**figures, "households": 1200, "stage": "underway"}, ()),
        NewCompound("月季小区", places["330212"], places["330212001"], None, {"households": 282}, ()),
    ]
    rows = add_compounds(compounds=news, by=None, now=NOW, why="测试")
    PackInForce.objects.create(place=COUNTY, pack=PACK, as_of=date(2022, 6, 30), set_at=NOW)
    people = {role: make_person(role) for role in POSTS}
    for person in people.values():
        tie(person, next(row for row in rows if row.name == TIED_TO))
    return World(places, people, {row.name: row for row in rows})


known_world = Snapshot(make_world)
"""The world, made once a process and put back from then on."""

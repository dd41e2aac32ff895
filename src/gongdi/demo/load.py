"""Put the made-up district, the published compounds and the made-up people into the database, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import Organisation, User
from gongdi.apps.accounts.permissions import ADMINISTRATORS, TIED, PostKind
from gongdi.apps.accounts.post_services import appoint_person
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.accounts.services import add_person, new_password, reset_password
from gongdi.apps.dwellings.roll_jobs import check_roll, write_roll
from gongdi.apps.dwellings.roll_services import keep_roll, upload_roll
from gongdi.apps.dwellings.services import declare_complete
from gongdi.apps.places.known_counties import KNOWN_COUNTIES
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import NewCompound, NewFact, add_compounds, add_divisions
from gongdi.apps.planning.making import Made, listed_compounds, make
from gongdi.apps.planning.services import make_plan, set_budget
from gongdi.apps.policy.packs import governing
from gongdi.apps.policy.services import set_pack
from gongdi.demo import sources
from gongdi.demo.consultation import load_consultations
from gongdi.demo.deliberation import compound_of, show_scheme, tell_deliberation
from gongdi.demo.district import MadeUpCompound, make_district
from gongdi.demo.divisions import tell_changes
from gongdi.demo.dwellings import roll_of
from gongdi.demo.money import make_money
from gongdi.demo.names import PEOPLE
from gongdi.demo.organisations import tell_organisations
from gongdi.demo.policy import work_on_policy
from gongdi.demo.schedule import draw_up_register, hang_chart, survey_one, tell_buildings
from gongdi.demo.survey import load_survey
from gongdi.demo.votes import hold_votes
from gongdi.web.uploads import keep_file

JIANGBEI = "330205"
STREET_WITH_DWELLINGS = "330205004"
COMMUNITY_THAT_DELIBERATES = "330205004004"
COMMUNITY_ASKED = "330205004004"
PACK, AS_OF = "zhejiang-ningbo-jiangbei-2020", date(2022, 6, 30)
BASIS = "按无锡市区公开标准（不低于400、600、800元/平方米，来源U1）逐级差额乘建筑面积估算"


@transaction.atomic
def load_demo(now: datetime) -> bool:
    """Make the demo's data; False when it is there already."""
    if Compound.objects.filter(made_up=True, county__code=JIANGBEI).exists():
        return False
    divisions = _divisions()
    add_divisions(divisions=list(divisions.values()), by=None, now=now)
    tell_changes(divisions, now)
    made = [_made_up(each, divisions) for each in make_district(sources.communities(), sources.unit_costs())]
    add_compounds(compounds=made, by=None, now=now, why="演示数据：虚构小区，总量与江北区公布数一致")
    published = [_published(each, divisions) for each in sources.published_compounds()]
    add_compounds(compounds=published, by=None, now=now, why="演示数据：公开名单中的小区")
    _dwellings(now)
    set_pack(place=JIANGBEI, pack=PACK, as_of=AS_OF, by=None, now=now)
    _people(now)
    officer = User.objects.get(posts__kind=PostKind.DISTRICT_OFFICER, posts__place=JIANGBEI)
    district = Compound.objects.filter(made_up=True, county__code=JIANGBEI)
    work_on_policy(PACK, JIANGBEI, list(district.order_by("pk")[:2]), officer, now)
    tell_organisations(now)
    _plan(now)
    _work(now)
    load_survey(STREET_WITH_DWELLINGS, now)
    tell_deliberation(now)
    load_consultations(COMMUNITY_ASKED, now)
    clerk = User.objects.filter(posts__kind=PostKind.STREET_CLERK).order_by("pk")[0]
    voting = list(Compound.objects.filter(made_up=True, place__startswith=STREET_WITH_DWELLINGS).order_by("pk")[:2])
    worker = User.objects.filter(posts__kind=PostKind.COMMUNITY_WORKER, posts__place=voting[0].place).order_by("pk")[0]
    show_scheme(voting[1], clerk, now - timedelta(days=12))
    hold_votes(voting, clerk, worker, now)
    return True


def _plan(now: datetime) -> None:
    """Money for the made-up district, and the annual plan that follows from it."""
    total = sum(sum(row.cost) for row in listed_compounds(JIANGBEI) if row.cost)
    budget = set_budget(
        place=JIANGBEI,
        title="2027—2029年改造资金（虚构）",
        money=make_money(total),
        source="演示数据",
        by=None,
        now=now,
        made_up=True,
    )
    ground = governing(JIANGBEI)
    assert ground is not None
    made = make(JIANGBEI, budget, ground)
    assert isinstance(made, Made), made
    make_plan(place=JIANGBEI, title="江北区2027—2029年度计划（演示）", budget=budget, made=made, by=None, now=now)


def _work(now: datetime) -> None:
    """What the made-up people have done: nodes of the compounds under way, the year's register, one survey."""
    officer = User.objects.get(posts__kind=PostKind.DISTRICT_OFFICER, posts__place=JIANGBEI)
    worker = User.objects.filter(posts__kind=PostKind.COMMUNITY_WORKER).order_by("pk")[0]
    made = Compound.objects.filter(made_up=True, county__code=JIANGBEI).select_related("county", "street", "community")
    under_way = list(made.filter(stage="underway").order_by("pk"))
    hang_chart(under_way, officer, now)
    draw_up_register(Division.objects.get(code=JIANGBEI), under_way, officer, now)
    survey_one(made.filter(county__code=JIANGBEI).order_by("pk")[0], officer, now)
    for row in made.filter(place__startswith=worker.held_posts[0].place).order_by("pk"):
        tell_buildings(row, worker, now)
    survey_one(made.filter(place__startswith=worker.held_posts[0].place).order_by("pk")[0], worker, now)


def _dwellings(now: datetime) -> None:
    """Buildings, dwellings and owners of the compounds in one street."""
    rows = Compound.objects.filter(made_up=True, place__startswith=STREET_WITH_DWELLINGS).order_by("pk")
    kept = keep_file([roll_of(list(rows))])
    county = Division.objects.get(code=JIANGBEI)
    roll = upload_roll(
        file_name="文教街道房屋清册（虚构）.csv", digest=kept.digest, compound=None, county=county, as_of=now.date(),
        by=None, now=now,
    )  # fmt: skip
    check_roll(roll=roll, now=now, today=now.date())
    write_roll(roll=keep_roll(roll=roll, by=None, now=now), now=now, today=now.date())
    for row in rows:
        declare_complete(compound=row, on=now.date(), by=None, now=now)


def renew_passwords(now: datetime) -> list[tuple[User, str, str]]:
    """Give every made-up person a new password; each person with the name of the post and the password."""
    found = []
    for person in User.objects.filter(made_up=True).order_by("pk"):
        password = new_password()
        reset_password(person=person, password=password, by=None, now=now)
        posts = "、".join(str(post) for post in person.held_posts)
        if any(post.kind in ADMINISTRATORS for post in person.held_posts):
            posts += "（首次登录须绑定第二要素）"
        found.append((person, posts, password))
    return found


def _divisions() -> dict[str, Division]:
    """Provinces, cities, counties, streets and communities of the demo by code, parents first."""
    found: dict[str, Division] = {}

    def listed(code: str, name: str, level: int, parent: str | None) -> None:
        if code not in found:
            above = found[parent] if parent else None
            found[code] = Division(code=code, system="nbs", name=name, level=level, parent=above)

    level = Division.Level
    for (city, county), (province, code) in KNOWN_COUNTIES.items():
        listed(code[:2], province, level.PROVINCE, None)
        listed(code[:4], city, level.CITY, code[:2])
        listed(code, county, level.COUNTY, code[:4])
    for row in sources.communities():
        listed(row.street_code, row.street_name, level.STREET, JIANGBEI)
        listed(row.code, row.name, level.COMMUNITY, row.street_code)
    return found


def _made_up(made: MadeUpCompound, divisions: dict[str, Division]) -> NewCompound:
    columns: dict[str, Any] = {
        name: getattr(made, name)
        for name in (
            "address", "stage", "buildings", "households", "area", "cost_basic", "cost_improvement", "cost_upgrade",
            "owner_money",
        )
    }  # fmt: skip
    columns |= {"longitude": Decimal(made.longitude), "latitude": Decimal(made.latitude), "made_up": True}
    columns |= {"source": "演示数据（虚构）", "cost_basis": BASIS}
    return NewCompound(
        name=made.name,
        county=divisions[JIANGBEI],
        street=divisions[made.community.street_code],
        community=divisions[made.community.code],
        columns=columns,
        facts=tuple(
            NewFact(fact.name, fact.value, fact.source, fact.recorded_on, fact.sureness) for fact in made.facts
        ),
    )


def _published(row: sources.PublishedCompound, divisions: dict[str, Division]) -> NewCompound:
    _, code = KNOWN_COUNTIES[row.city, row.county]
    year = f"{row.year}年" if row.year else "年份未载明"
    remark = f"；{row.remark}" if row.remark else ""
    source = f"{row.city}{row.county}公开名单（{year}，来源{row.list_code}）{remark}"
    columns = {
        "buildings": row.buildings,
        "households": row.households,
        "area": row.area,
        "cost_total": row.planned_cost,
        "cost_basis": "公开名单所列计划投资" if row.planned_cost is not None else "",
        "source": source[:300],
    }
    return NewCompound(name=row.name, county=divisions[code], columns=columns)


def _tied_objects() -> list[NamedObject]:
    """What the demo's committee, companies and utility have to do with: two compounds, and the one that deliberates."""
    first = Compound.objects.filter(made_up=True, county__code=JIANGBEI).order_by("pk")[:2]
    rows = [*first, compound_of(COMMUNITY_THAT_DELIBERATES)]
    return [NamedObject(row._meta.label_lower, row.pk, row.name) for row in rows]


def _people(now: datetime) -> None:
    for username, name, kind, place, place_name, organisation, organisation_kind in PEOPLE:
        house, _ = Organisation.objects.get_or_create(
            name=organisation, place=place, defaults={"kind": organisation_kind}
        )
        holder = add_person(
            username=username, display_name=name, password=new_password(), by=None, now=now, made_up=True
        )
        appoint_person(
            holder=holder,
            kind=PostKind(kind),
            organisation=house,
            place=place,
            place_name=place_name,
            by=None,
            now=now,
            objects=_tied_objects() if PostKind(kind) in TIED else (),
        )

"""Bodies, meetings and experts of the demo: from the template of the policy in force, with made-up people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gongdi.apps.accounts.models import Organisation, User
from gongdi.apps.organisations import meeting_services as meetings
from gongdi.apps.organisations import pool_services as pool
from gongdi.apps.organisations import services
from gongdi.apps.organisations.models import Body
from gongdi.apps.organisations.services import Who
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.workdays.known import calendar

JIANGBEI = "330205"
DEPARTMENTS = (
    ("江北区住房和城乡建设局（演示）", "department", "housing"),
    ("江北区财政局（演示）", "department", "finance"),
    ("江北区自然资源部门（演示）", "department", "natural_resources"),
)
GROUP_MEMBERS = (
    ("leading_group", "成员", "江北区住房和城乡建设局（演示）"),
    ("leading_group", "成员", "江北区财政局（演示）"),
    ("leading_group", "成员", "江北区自然资源部门（演示）"),
    ("group_1", "组长", "江北区住房和城乡建设局（演示）"),
    ("group_2", "组长", "江北区财政局（演示）"),
    ("group_7", "成员", "江北区自然资源部门（演示）"),
    ("office", "主任", "江北区住房和城乡建设局（演示）"),
)
LEADERS = (("组长", "岳临川（虚构）"), ("副组长", "祁望舒（虚构）"))
ENTRIES = (
    ("designer", "匠意设计院（演示）", "老旧小区改造设计", "建筑行业乙级"),
    ("builder", "同心建设公司（演示）", "房屋修缮、市政管线", "建筑工程施工总承包二级"),
    ("expert", "洪砚秋（虚构）", "给排水", "教授级高级工程师"),
)


def tell_organisations(now: datetime) -> None:
    """Set up the bodies, name members and leaders, keep two meetings with what they decided, fill the pool."""
    county = Division.objects.get(code=JIANGBEI, system="nbs")
    services.set_up_bodies(county=county, by=None, now=now)
    Body.objects.filter(place=JIANGBEI).update(made_up=True)
    bodies = _departments(now)
    groups = {row.template.rsplit("/", 1)[-1]: row for row in Body.objects.filter(place=JIANGBEI).exclude(template="")}
    leading = groups["leading_group"]
    for title, name in LEADERS:
        services.add_member(
            body=leading, title=title, who=Who(name=name), member_body=None, role="", since=None, by=None, now=now
        )
    for key, title, name in GROUP_MEMBERS:
        services.add_member(
            body=groups[key], title=title, who=Who(), member_body=bodies[name], role="", since=None, by=None, now=now
        )
    street = Division.objects.get(code="330205004", system="nbs")
    services.assign_leader(
        division=street, compound=None, title="包片领导", who=Who(name="闻人越（虚构）"), by=None, now=now
    )
    _compound_bodies(now)
    _whom_to_ask(now)
    _water_company(now)
    for kind, name, field, qualification in ENTRIES:
        columns = {"kind": kind, "name": name, "place": JIANGBEI, "field": field, "qualification": qualification}
        pool.admit_entry(columns={**columns, "since": now.date(), "made_up": True}, by=None, now=now)
    _meetings(groups, bodies, now)


def _departments(now: datetime) -> dict[str, Body]:
    found = {}
    for name, kind, key in DEPARTMENTS:
        house = Organisation.objects.get(name=name, place=JIANGBEI)
        columns = {"name": name, "kind": kind, "place": JIANGBEI, "department": key, "organisation": house}
        found[name] = services.add_body(columns={**columns, "made_up": True}, by=None, now=now)
    return found


def _water_company(now: datetime) -> None:
    """The utility of the demo and its lines: of the compounds that it touches it sees water alone."""
    house = Organisation.objects.get(posts__kind="utility")
    columns = {"name": house.name, "kind": "utility", "place": JIANGBEI, "organisation": house, "lines": ["water"]}
    services.add_body(columns={**columns, "made_up": True}, by=None, now=now)


def _whom_to_ask(now: datetime) -> None:
    """The committees of the communities of the made-up compounds, with made-up addresses and telephones."""
    rows = Division.objects.filter(pk__in=Compound.objects.filter(made_up=True).values("community"), system="nbs")
    for number, row in enumerate(rows.order_by("code"), start=1):
        columns = {
            "name": f"{row.name}居委会", "kind": "residents_committee", "place": row.code, "made_up": True,
            "address": f"{row.name}便民服务站（虚构）", "phone": f"0574-0000{number:04d}", "hours": "工作日 9:00—17:00",
        }  # fmt: skip
        services.add_body(columns=columns, by=None, now=now)


def _compound_bodies(now: datetime) -> None:
    """The on-site group of one compound, not yet complete, and its owners' committee."""
    row = Compound.objects.filter(made_up=True, county__code=JIANGBEI).order_by("pk").select_related("county")[0]
    place = {"place": row.place, "compound": row, "made_up": True}
    group = services.add_body(
        columns={"name": f"{row.name}现场沟通协调小组", "kind": "on_site_group", **place}, by=None, now=now
    )
    services.add_body(columns={"name": f"{row.name}业主委员会", "kind": "owners_committee", **place}, by=None, now=now)
    for title, role, name in (("组长", "party", "卓然（虚构）"), ("成员", "owners_committee", "葛覃（虚构）")):
        who = Who(name=name, private=role != "party")
        services.add_member(body=group, title=title, who=who, member_body=None, role=role, since=None, by=None, now=now)


def _meetings(groups: dict[str, Body], bodies: dict[str, Body], now: datetime) -> None:
    """A meeting some weeks ago whose decisions are under way, and a training session."""
    # A day whose deadlines can be counted, also when the next year's holidays are not known yet.
    held = min(now.date() - timedelta(days=20), date(max(calendar().years), 11, 2))
    meeting = meetings.record_meeting(
        columns={
            "kind": "leading_group", "title": "改造工作领导小组例会（演示）", "held_on": held, "place": JIANGBEI,
            "body": groups["leading_group"], "minutes": "研究年度计划和资金拨付进度。（虚构）",
        },
        bodies=list(bodies.values()), by=None, now=now,
    )  # fmt: skip
    officer = User.objects.get(username="shenzhiyuan")
    for decision, name, days in (
        ("汇总各街道管线改造计划", "江北区住房和城乡建设局（演示）", 20),
        ("按进度核拨首期资金", "江北区财政局（演示）", 5),
    ):
        meetings.add_follow_up(
            meeting=meeting, decision=decision, body=bodies[name], person=None, working_days=days, by=officer, now=now
        )
    columns = {"kind": "training", "title": "政策和填报培训（演示）", "held_on": held, "place": JIANGBEI,
               "trainers": "区住建局", "audience": 46}  # fmt: skip
    meetings.record_meeting(columns=columns, bodies=[], by=None, now=now)

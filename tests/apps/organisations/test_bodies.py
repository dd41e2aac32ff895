"""Bodies, their members, who must be in them, who is in two of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from gongdi.apps.accounts.models import Organisation
from gongdi.apps.audit.models import Event
from gongdi.apps.organisations import queries, services
from gongdi.apps.organisations.models import AreaLeader, Body, Member
from gongdi.apps.organisations.services import Who
from gongdi.apps.organisations.views import bodies
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.models import PackInForce
from tests.support.divisions import former_street, lying_in, merge
from tests.support.organisations import a_body, a_follow_up, a_leader, a_meeting, a_member, compound_body
from tests.support.world import COUNTY, NOW, PACK, STREET, TODAY, World


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.people["district_officer"])
    return client


def test_the_template_of_the_policy_in_force_sets_up_the_groups_once(officer: Client, world: World) -> None:
    page = officer.get("/bodies/set-up/").content.decode()
    assert "经费保障组" in page
    assert officer.post("/bodies/set-up/").status_code == 302
    made = {row.template.split("/")[1]: row for row in Body.objects.filter(place=COUNTY)}
    assert {f"group_{n}" for n in range(1, 8)} <= set(made)
    assert made["group_2"].parent == made["office"]
    assert made["office"].parent == made["coordination_group"]
    assert made["coordination_group"].parent == made["leading_group"]
    assert "按进度" in made["group_2"].duty
    assert officer.post("/bodies/set-up/").status_code == 302
    assert Body.objects.filter(place=COUNTY).count() == len(made)
    listed = officer.get("/bodies/").content.decode()
    assert "江北区经费保障组" in listed


def test_the_tree_of_bodies_goes_on_over_its_pages(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    officer.post("/bodies/set-up/")
    whole = [line.body.pk for line in officer.get("/bodies/").context["page"]]
    assert len(whole) > 6
    monkeypatch.setattr(bodies, "A_PAGE", 4)
    pages = [officer.get("/bodies/", {"page": number}) for number in range(1, (len(whole) + 3) // 4 + 1)]
    assert [line.body.pk for page in pages for line in page.context["page"]] == whole
    assert "page=2" in pages[0].content.decode()


def test_without_a_policy_in_force_no_template_is_guessed(world: World) -> None:
    with pytest.raises(RefusedError, match="没有适用的政策"):
        services.set_up_bodies(county=world.divisions["330212"], by=None, now=NOW)


def test_a_body_is_registered_by_name_of_its_division_and_a_code_alone_is_refused(
    officer: Client, world: World
) -> None:
    told = {"name": "文教街道改造专班", "kind": "task_force", "division": "文教街道"}
    assert officer.post("/bodies/add/", told | {"division": STREET}).status_code == 422
    assert officer.post("/bodies/add/", told | {"division": "鄞州区"}).status_code == 422
    assert officer.post("/bodies/add/", told).status_code == 302
    assert Body.objects.get(name="文教街道改造专班").place == STREET
    again = officer.post("/bodies/add/", told)
    assert "已有名为" in again.content.decode()


@pytest.mark.parametrize(("code", "fine"), [("91110000600037341L", True), ("91110000600037341M", False)])
def test_a_credit_code_must_check(world: World, code: str, fine: bool) -> None:
    columns = {"name": "某公司", "kind": "builder", "place": COUNTY, "credit_code": code}
    if fine:
        assert services.add_body(columns=columns, by=None, now=NOW).credit_code == code
    else:
        with pytest.raises(RefusedError, match="校验码"):
            services.add_body(columns=columns, by=None, now=NOW)


def test_a_body_cannot_stand_under_its_own_part(world: World) -> None:
    above = a_body(world, "上级")
    below = a_body(world, "下级", parent=above)
    with pytest.raises(RefusedError, match="自己或自己的下级"):
        services.correct_body(
            body=above, columns={"parent": below}, why="改隶", by=world.people["district_officer"], now=NOW
        )


def test_an_ended_body_keeps_its_record_and_its_members_end_with_it(world: World) -> None:
    member = a_member(world)
    services.end_body(body=member.body, on=TODAY, why="任务完成", by=world.people["street_clerk"], now=NOW)
    member.refresh_from_db()
    assert (member.until, member.body.until) == (TODAY, TODAY)
    with pytest.raises(RefusedError, match="已经撤销"):
        services.end_body(body=member.body, on=TODAY, why="再次", by=world.people["street_clerk"], now=NOW)
    with pytest.raises(RefusedError, match="不能再增加成员"):
        a_member(world, member.body)


def test_a_body_with_work_or_parts_is_not_ended(world: World) -> None:
    body = a_body(world)
    a_follow_up(world, a_meeting(world), body=body)
    with pytest.raises(RefusedError, match="未办结的督办"):
        services.end_body(body=body, on=TODAY, why="撤", by=world.people["street_clerk"], now=NOW)
    above = a_body(world, "上级")
    a_body(world, "下级", parent=above)
    with pytest.raises(RefusedError, match="还有下级机构"):
        services.end_body(body=above, on=TODAY, why="撤", by=world.people["street_clerk"], now=NOW)


def test_a_private_person_is_sealed_and_masked_everywhere(officer: Client, world: World) -> None:
    body = compound_body(world, "owners_committee")
    told = {"title": "主任", "name": "欧阳测试", "private": "on", "role": "owners"}
    assert officer.post(f"/bodies/{body.pk}/members/add/", told).status_code == 302
    member = Member.objects.get(body=body)
    assert member.name == ""
    assert "欧阳测试" not in repr(member.name_sealed)
    page = officer.get(f"/bodies/{body.pk}/").content.decode()
    assert "欧阳测试" not in page
    assert "欧***" in page
    assert "欧阳测试" not in str(Event.objects.get(verb="organisations.add_member").after)


def test_nobody_is_no_member(world: World) -> None:
    with pytest.raises(RefusedError, match="至少一项"):
        a_member(world, who=Who())


def test_what_a_compound_lacks_by_the_policy_is_told(officer: Client, world: World) -> None:
    compound = world.compounds["梅堰新村"]
    page = officer.get(f"/compounds/{compound.pk}/").content.decode()
    assert "还没有现场沟通协调小组" in page
    body = compound_body(world)
    a_member(world, body, role="party")
    (wanted,) = [
        each for each in queries.required_of(queries.bodies_of(compound), PACK) if each.kind == "on_site_group"
    ]
    assert wanted.missing == ["业主委员会", "物业服务企业", "施工单位", "业主"]
    for role in ("owners_committee", "property_company", "builder", "owners"):
        a_member(world, body, role=role)
    assert "各方都已参加" in officer.get(f"/bodies/{body.pk}/").content.decode()


def test_a_cross_appointment_is_found(officer: Client, world: World) -> None:
    party = compound_body(world, "party_organisation")
    company = compound_body(world, "property_company")
    who = Who(name="祁测试", private=True)
    a_member(world, party, who=who, title="委员")
    a_member(world, company, who=who, title="项目经理")
    a_member(world, company, who=Who(name="另一人"))
    (found,) = queries.crossings_of(party, Body.objects.all())
    assert (found.crossed, found.sure, found.there.body) == (True, False, company)
    assert "双向交叉任职" in officer.get(f"/bodies/{party.pk}/").content.decode()
    services.end_member(member=found.there, on=TODAY, why="离任", by=world.people["district_officer"], now=NOW)
    assert queries.crossings_of(party, Body.objects.all()) == []


def test_a_cross_appointment_in_a_body_out_of_reach_is_not_told(client: Client, world: World) -> None:
    party = compound_body(world, "party_organisation")
    elsewhere = a_body(world, "别处物业公司", "330205001", kind="property_company")
    who = Who(name="祁测试", private=True)
    a_member(world, party, who=who)
    a_member(world, elsewhere, who=who)

    def told(role: str) -> bool:
        client.force_login(world.people[role])
        return "别处物业公司" in client.get(f"/bodies/{party.pk}/").content.decode()

    assert told("district_officer")
    assert not told("community_worker")


def test_a_new_leader_of_an_area_follows_the_one_before(world: World) -> None:
    first = a_leader(world)
    AreaLeader.objects.filter(pk=first.pk).update(since=date(2026, 1, 1))
    second = a_leader(world)
    assert queries.leaders(AreaLeader.objects.all(), TODAY) == [second]
    assert [row.pk for row in queries.leaders_over(world.compounds["梅堰新村"], TODAY)] == [second.pk]


def test_a_body_of_a_compound_follows_when_its_street_is_merged(world: World) -> None:
    old = lying_in(world, former_street(world))
    body = a_body(world, "旧街业委会", old.place, kind="owners_committee", compound=old)
    merge(world)
    body.refresh_from_db()
    assert body.place == "330205001"


def test_who_sees_several_counties_chooses_one(client: Client, world: World) -> None:
    client.force_login(world.people["auditor"])
    page = client.get("/responsibilities/").content.decode()
    assert "牵头执法保障组" in page
    other = client.get("/responsibilities/", {"county": "999999"}).content.decode()
    assert "牵头执法保障组" in other, "a county out of reach is none"
    PackInForce.objects.create(place="330212", pack="guizhou-2021", set_at=NOW)
    both = client.get("/responsibilities/", {"county": "330212"}).content.decode()
    assert 'value="330212" selected' in both
    assert "牵头执法保障组" not in both


def test_a_utility_reads_the_duties_of_the_county_of_its_compounds(client: Client, world: World) -> None:
    client.force_login(world.people["utility"])
    assert "牵头执法保障组" in client.get("/responsibilities/").content.decode()


def test_a_department_without_duties_is_named(client: Client, world: World) -> None:
    client.force_login(world.people["district_officer"])
    page = client.get("/responsibilities/", {"department": "disabled_federation"}).content.decode()
    assert "这份政策没有给“" in page
    assert "（0）" in page


def test_a_department_sees_its_own_duties_under_the_policy_in_force(client: Client, world: World) -> None:
    finance = world.people["finance_officer"]
    house = Organisation.objects.create(name="江北区财政局测试", place=COUNTY, kind="财政")
    finance.posts.update(organisation=house)
    a_body(world, "江北区财政局", COUNTY, kind="department", department="finance", organisation=house)
    client.force_login(finance)
    page = client.get("/responsibilities/").content.decode()
    assert "按进度及时拨付" in page
    assert "附件1·2" in page
    assert "牵头执法保障组" not in page
    assert "牵头执法保障组" in client.get("/responsibilities/?department=").content.decode()
    assert "本部门职责：财政" in client.get("/").content.decode()
    assert client.get("/responsibilities/export/")["Content-Type"].startswith("application/vnd.openxml")


def test_the_leader_of_before_is_still_told(client: Client, world: World) -> None:
    first, second = a_leader(world), None
    first.since = TODAY - timedelta(days=30)
    first.save(update_fields=["since"])
    second = services.assign_leader(
        division=world.divisions[STREET], compound=None, title="包片领导", who=Who(name="后任某"), by=None, now=NOW
    )
    first.refresh_from_db()
    assert (first.until, second.until) == (TODAY - timedelta(days=1), None)
    client.force_login(world.people["district_officer"])
    AreaLeader.objects.filter(pk=first.pk).update(since=date(2020, 1, 1), until=date(2020, 12, 31))
    AreaLeader.objects.filter(pk=second.pk).update(since=date(2021, 1, 1))
    page = client.get("/leaders/").content.decode()
    assert "曾任 1 项" in page
    assert "2020-01-01 至 2020-12-31" in page


def test_who_takes_up_a_post_later_is_marked(client: Client, world: World) -> None:
    body = a_body(world, "江北区领导小组", COUNTY, kind="leading_group")
    for name, since in (("现任某", date(2020, 1, 1)), ("将任某", date(2099, 1, 1))):
        services.add_member(
            body=body, title="组长", who=Who(name=name), member_body=None, role="", since=since, by=None, now=NOW
        )
    client.force_login(world.people["district_officer"])
    page = client.get(f"/bodies/{body.pk}/").content.decode()
    assert page.count("尚未到任") == 1
    assert page.index("将任某") < page.index("尚未到任")


def test_nothing_ends_on_a_day_to_come(world: World) -> None:
    member, officer = a_member(world), world.people["district_officer"]
    ahead = {"on": TODAY + timedelta(days=1), "why": "换届", "by": officer, "now": NOW}
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.end_member(member=member, **ahead)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.end_body(body=member.body, **ahead)  # type: ignore[arg-type]
    member.refresh_from_db()
    assert (member.until, member.body.until) == (None, None)


def test_empty_lists_say_where_to_look(client: Client, world: World) -> None:
    client.force_login(world.people["community_worker"])
    assert "请向区住建局查询" in client.get("/experts/").content.decode()
    assert "写在小区页面" in client.get("/leaders/").content.decode()
    client.force_login(world.people["district_officer"])
    assert "请向区住建局查询" not in client.get("/experts/").content.decode()

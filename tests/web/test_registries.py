"""What later apps add to earlier pages: entries, panels, duties."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from gongdi.apps.policy.models import PackInForce
from gongdi.web.duties import Duties, Duty, duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels
from tests.support.world import NOW, World

TITLES = {
    "district_officer": ["待办", "项目库", "名单导入"],
    "street_clerk": ["待办", "项目库", "名单导入"],
    "community_worker": ["待办", "项目库"],
    "city_viewer": ["待办", "项目库"],
    "auditor": ["待办", "项目库", "审计"],
    "administrator": ["待办", "人员与岗位"],
    "security_administrator": ["待办", "人员与岗位", "登录记录"],
    "audit_administrator": ["待办", "审计", "登录记录"],
    "owners_committee": ["待办", "项目库"],
}


@pytest.mark.parametrize("role", TITLES)
def test_each_role_is_shown_only_pages_that_open(role: str, world: World, signed_in: Callable[[str], Client]) -> None:
    shown = navigation.shown_to(world.people[role])
    titles = [entry.title for entry in shown]
    assert [title for title in titles if title in {each for row in TITLES.values() for each in row}] == TITLES[role]
    client = signed_in(role)
    for entry in (*shown, *(child for each in shown for child in each.children)):
        assert client.get(entry.url).status_code == 200, entry.title


def test_an_entry_added_by_a_later_app_takes_its_place_in_the_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(navigation.entries, "extra", Entry("extra", "另加", 30, "desk:see_desk"))
    titles = [entry.title for entry in navigation.shown_to(world.people["district_officer"])]
    assert titles.index("项目库") < titles.index("另加") < titles.index("名单导入")


def test_a_panel_added_by_a_later_app_stands_on_the_compounds_page(
    world: World, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Panel("x", 1, "web/fault.html", lambda request, row: {"title": f"判定 {row.name}", "text": "", "status": 1})
    hidden = Panel("y", 2, "web/fault.html", lambda request, row: None)
    barred = Panel("z", 3, "web/fault.html", lambda request, row: {"title": "不该看见"}, permission="audit.see_events")
    monkeypatch.setitem(panels.slots, "compound", {each.key: each for each in (shown, hidden, barred)})
    page = signed_in("district_officer").get(f"/compounds/{world.compounds['梅堰新村'].pk}/").content.decode()
    assert "判定 梅堰新村" in page
    assert "不该看见" not in page


def test_duties_with_a_date_come_first_then_by_rank() -> None:
    found = Duties()
    day = date(2027, 3, 1)
    found.add("a", lambda user, now: [Duty("三", "", "", "", rank=10), Duty("四", "", "", "", rank=20)])
    found.add("b", lambda user, now: [Duty("二", "", "", "", due=day + timedelta(1)), Duty("一", "", "", "", due=day)])
    assert [duty.title for duty in found.of(None, NOW)] == ["一", "二", "三", "四"]


@pytest.mark.parametrize(("role", "count"), [("district_officer", 3), ("street_clerk", 2), ("community_worker", 1)])
def test_the_desk_counts_the_compounds_of_ones_place_that_lack_facts(role: str, count: int, world: World) -> None:
    PackInForce.objects.all().delete()
    found = [duty for duty in duties.of(world.people[role], NOW) if duty.title == "补充小区情况"]
    assert [duty.count for duty in found] == [count]


def test_a_compound_that_waits_for_what_decides_it_is_told_of_once(world: World) -> None:
    titles = {"补充小区情况", "补充事实以判定纳入范围"}
    found = [duty for duty in duties.of(world.people["district_officer"], NOW) if duty.title in titles]
    told = [url for duty in found for _, url in duty.details]
    assert len(told) == len(set(told)) == 3


def test_those_who_only_read_have_nothing_to_supply(world: World) -> None:
    assert [duty for duty in duties.of(world.people["auditor"], NOW) if duty.title == "补充小区情况"] == []

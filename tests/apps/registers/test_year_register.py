"""A year's register keeps the figures of the day, and every change after it was published with its reason."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError, record_fact
from gongdi.apps.registers import services
from gongdi.apps.registers.access import visible_lines
from gongdi.apps.registers.queries import view_of
from tests.support.registers import a_register
from tests.support.world import NOW, TODAY, World, fact

SignIn = Callable[[str], Client]


def test_a_line_keeps_the_figures_of_the_day_it_was_added(world: World) -> None:
    register = a_register(world, "梅堰新村")
    row = world.compounds["梅堰新村"]
    row.households = 999
    row.save()
    line = register.lines.get()
    assert (line.households, line.completed, line.street, line.area) == (480, "1996-08-31", "文教街道", 3_600_000)


def test_after_publishing_an_addition_needs_a_reason_and_is_told_apart(world: World) -> None:
    register = a_register(world, "梅堰新村", published=True)
    officer, more = world.people["district_officer"], [world.compounds["翠柏花园"]]
    with pytest.raises(RefusedError, match="理由"):
        services.add_to_register(register=register, compounds=more, why=" ", by=officer, now=NOW)
    services.add_to_register(register=register, compounds=more, why="居民补交申请", by=officer, now=NOW)
    view = view_of(register, visible_lines(officer))
    assert [line.name for line in view.added_late] == ["翠柏花园"]
    assert len(view.standing) == 2


def test_a_compound_taken_off_stays_among_the_changes_and_may_come_back(world: World) -> None:
    register = a_register(world, "梅堰新村")
    officer = world.people["district_officer"]
    services.remove_from_register(line=register.lines.get(), why="列入征收计划", by=officer, now=NOW)
    again = [world.compounds["梅堰新村"]]
    services.add_to_register(register=register, compounds=again, why="征收取消", by=officer, now=NOW)
    view = view_of(register, visible_lines(officer))
    assert ([line.removed_why for line in view.removed], len(view.standing)) == (["列入征收计划"], 1)
    with pytest.raises(RefusedError, match="都已在清册"):
        services.add_to_register(register=register, compounds=again, why="", by=officer, now=NOW)


def test_a_street_sees_which_of_its_compounds_stand_on_which_register(world: World, signed_in: SignIn) -> None:
    a_register(world, "梅堰新村", "星桥公寓", published=True)
    page = signed_in("street_clerk").get("/registers/").content.decode()
    assert ("梅堰新村" in page, "星桥公寓" in page, "公布" in page) == (True, False, True)
    assert "从项目库里挑选小区建立" not in page


def test_who_has_nothing_on_a_register_is_not_asked_to_make_one(world: World, signed_in: SignIn) -> None:
    assert "还没有小区列入年度清册" in signed_in("street_clerk").get("/registers/").content.decode()
    assert "从项目库里挑选小区建立" in signed_in("district_officer").get("/registers/").content.decode()


def test_a_register_is_not_published_on_a_day_to_come(world: World) -> None:
    register, officer = a_register(world, "梅堰新村"), world.people["district_officer"]
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.publish_register(register=register, number="一号", on=TODAY + timedelta(days=1), by=officer, now=NOW)
    assert services.publish_register(register=register, number="一号", on=TODAY, by=officer, now=NOW).published_on


def test_an_empty_register_cannot_be_published_nor_a_year_opened_twice(world: World) -> None:
    register = a_register(world)
    officer = world.people["district_officer"]
    with pytest.raises(RefusedError, match="还没有小区"):
        services.publish_register(register=register, number="一号", on=NOW.date(), by=officer, now=NOW)
    with pytest.raises(RefusedError, match="已经建立"):
        a_register(world)


def test_a_community_sees_on_its_compounds_page_that_it_stands_on_a_register_and_no_other(
    world: World, signed_in: SignIn
) -> None:
    register = a_register(world, "梅堰新村", "星桥公寓")
    worker = world.people["community_worker"]
    assert [line.name for line in visible_lines(worker)] == ["梅堰新村"]
    client = signed_in("community_worker")
    assert client.get(reverse("registers:see_register", args=[register.pk])).status_code == 404
    page = client.get(reverse("places:see_compound", args=[world.compounds["梅堰新村"].pk])).content.decode()
    assert register.title in page


def test_the_published_list_is_numbered_summed_and_tells_the_changes(world: World, signed_in: SignIn) -> None:
    register = a_register(world, "梅堰新村", "青禾小区", published=True)
    officer = world.people["district_officer"]
    services.remove_from_register(line=register.lines.get(name="青禾小区"), why="列入征收计划", by=officer, now=NOW)
    answer = signed_in("district_officer").get(reverse("registers:export_register", args=[register.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), data_only=True)
    listed = [[cell.value for cell in row] for row in book["清册"].iter_rows()]
    assert "测试〔2027〕1号" in str(listed[1][0])
    assert listed[3][:3] == [1, "梅堰新村", "文教街道"]
    assert listed[4][7] == 480
    changes = [[cell.value for cell in row] for row in book["变动"].iter_rows()]
    assert changes[3][0:2] == ["移出", "青禾小区"]
    assert changes[3][5] == "列入征收计划"


def test_a_compound_that_policy_leaves_out_by_now_is_marked_on_the_register(world: World, signed_in: SignIn) -> None:
    register = a_register(world, "梅堰新村")
    address = reverse("registers:see_register", args=[register.pk])
    assert "g-mark-out" not in signed_in("district_officer").get(address).content.decode()
    record_fact(
        compound=world.compounds["梅堰新村"], fact=fact("in_shantytown_plan", True), by=world.people["street_clerk"],
        now=NOW,
    )  # fmt: skip
    page = signed_in("district_officer").get(address).content.decode()
    assert "g-mark-out" in page
    assert "1 个小区按现行政策判定为不纳入" in page

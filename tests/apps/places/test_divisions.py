"""Divisions change; a record keeps the one of its day, and lies where that is today."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.audit.models import Event
from gongdi.apps.places import division_services as services
from gongdi.apps.places.division_words import division_meant
from gongdi.apps.places.models import Compound, Division, DivisionChange
from gongdi.apps.places.services import RefusedError
from gongdi.apps.planning.models import Budget
from gongdi.apps.policy.models import PackInForce
from tests.apps.places.test_rosters import HEAD, keep
from tests.support.divisions import former_street, lying_in, merge, provisional, split
from tests.support.world import NOW, PACK, TODAY, World


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.people["district_officer"])
    return client


@pytest.fixture
def keeper(client: Client, world: World) -> Client:
    client.force_login(world.people["administrator"])
    return client


def test_a_change_to_come_and_a_second_end_of_one_street_are_refused(world: World) -> None:
    merge(world)
    street, other = world.divisions["330205004"], world.divisions["330205001"]
    ahead = services.NewChange("merge", TODAY + timedelta(days=1), [street], [other], "文号")
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.record_change(change=ahead, by=None, now=NOW)
    for on in (date(2019, 1, 1), TODAY):
        again = services.NewChange("merge", on, [former_street(world)], [street], "文号")
        with pytest.raises(RefusedError, match="已于 2021-01-01 并入或撤销"):
            services.record_change(change=again, by=None, now=NOW)
    assert DivisionChange.objects.count() == 1
    street.refresh_from_db()
    assert street.valid_until is None


def test_a_compound_of_a_merged_street_keeps_its_name_and_lies_in_the_new_one(officer: Client, world: World) -> None:
    old = lying_in(world, former_street(world))
    assert old.place == "330205"
    merge(world)
    old.refresh_from_db()
    assert (str(old.street), old.place) == ("中马街道", "330205001")
    for address in (f"/compounds/{old.pk}/", "/pool/register/?place=330205001"):
        assert "原中马街道（今外滩街道）" in officer.get(address).content.decode()
    assert lying_in(world, Division.objects.get(name="中马街道"), "后补").place == "330205001"


def test_a_street_that_was_split_gives_no_guess(officer: Client, world: World) -> None:
    old = lying_in(world, former_street(world, "白沙街道"))
    split(world)
    old.refresh_from_db()
    assert old.place == "330205"
    assert "原白沙街道（今外滩街道或文教街道）" in officer.get(f"/compounds/{old.pk}/").content.decode()


def test_an_old_roster_finds_its_compounds_under_the_new_street(world: World) -> None:
    merge(world)
    rows = "星桥公寓,中马街道,,1990,88,\n新旧里,中马街道,,1990,20,\n"
    counts = keep(HEAD + rows, world.people["district_officer"]).counts
    assert (counts["changed"], counts["created"]) == (1, 1)
    made = Compound.objects.get(name="新旧里")
    assert (made.place, str(made.street)) == ("330205001", "中马街道")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("330205001", "没有写代码体系"),
        ("民政 330205001", "没有区划用这个代码"),
        ("五台街道", "没有登记这个区划"),
        ("统计 330205099", "没有区划用这个代码"),
    ],
)
def test_a_code_alone_or_an_unknown_one_is_not_taken(world: World, words: str, told: str) -> None:
    found = division_meant(words)
    assert isinstance(found, str)
    assert told in found


def test_each_system_reads_its_own_code(world: World) -> None:
    services.map_code(
        division=world.divisions["330205004"], system="mca", code="330205001", source="对照表", by=None, now=NOW
    )
    assert division_meant("民政 330205001000") == world.divisions["330205004"]
    assert division_meant("统计 330205001") == world.divisions["330205001"]
    assert division_meant("江北区 外滩街道") == world.divisions["330205001"]


def test_a_code_that_is_taken_in_that_time_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="已是“外滩街道”的"):
        services.map_code(
            division=world.divisions["330205004"], system="nbs", code="330205001", source="对照表", by=None, now=NOW
        )


@pytest.mark.parametrize(
    ("kind", "later", "told"),
    [
        ("merge", ["330205001", "330205004"], "只有一个区划"),
        ("merge", ["3302"], "同一级别"),
        ("split", ["330205001"], "至少"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_kept(
    world: World, kind: str, later: list[str], told: str
) -> None:
    targets = [world.divisions[code] for code in later]
    change = services.NewChange(kind, date(2021, 1, 1), [former_street(world)], targets, "文号")
    with pytest.raises(RefusedError, match=told):
        services.record_change(change=change, by=None, now=NOW)
    assert not DivisionChange.objects.exists()


def test_a_change_is_recorded_on_its_page_and_the_same_again_is_told(keeper: Client, world: World) -> None:
    former_street(world)
    told = {"kind": "merge", "on": "2021-01-01", "rough": "on", "former": "中马街道", "later": "统计 330205001",
            "notice": "民函〔2020〕1号"}  # fmt: skip
    assert keeper.post("/divisions/changes/record/", told).status_code == 302
    page = keeper.get("/divisions/").content.decode()
    assert "2021-01-01（不确切）" in page
    assert "今外滩街道" in page
    again = keeper.post("/divisions/changes/record/", told | {"former": "330205001"})
    assert "没有写代码体系" in again.content.decode()
    assert "已经登记过" in keeper.post("/divisions/changes/record/", told).content.decode()


def _all_moved(world: World) -> User:
    """A provisional county with all that can lie there."""
    made = provisional(world)
    clerk = world.people["street_leader"]
    Post.objects.create(
        holder=clerk, organisation=clerk.held_posts[0].organisation, kind="district_officer", place=made.code,
        place_name=made.name, since=NOW,
    )  # fmt: skip
    PackInForce.objects.create(place=made.code, pack=PACK, set_at=NOW)
    Budget.objects.create(place=made.code, title="资金", money={}, source="测试", set_at=NOW)
    return clerk


def test_all_that_lies_under_a_provisional_code_moves_in_one_step(keeper: Client, world: World) -> None:
    clerk = _all_moved(world)
    made = provisional(world)
    assert "年度资金" in keeper.get(f"/divisions/{made.pk}/remap/").content.decode()
    answer = keeper.post(f"/divisions/{made.pk}/remap/", {"real": "统计 330212", "why": "代码已核实"})
    assert answer.status_code == 302
    moved = Compound.objects.get(name="东柳坊")
    assert (moved.place, moved.county.code) == ("330212", "330212")
    post = clerk.posts.get(kind="district_officer")
    assert (post.place, post.place_name) == ("330212", "鄞州区")
    assert PackInForce.objects.get(place="330212").pack == PACK
    assert Budget.objects.get(title="资金").place == "330212"
    assert not Division.objects.filter(system="own").exists()
    event = Event.objects.get(verb="places.remap_division")
    assert event.after is not None
    assert (event.why, event.after["小区"]) == ("代码已核实", 1)


def test_what_stands_in_the_way_is_named_and_nothing_moves(world: World) -> None:
    _all_moved(world)
    made = provisional(world)
    Compound.objects.filter(name="东柳坊").update(name="月季小区")
    PackInForce.objects.create(place="330212", pack=PACK, set_at=NOW)
    with pytest.raises(RefusedError) as refused:
        services.remap_division(provisional=made, real=world.divisions["330212"], why="测试", by=None, now=NOW)
    assert "同名小区“月季小区”" in str(refused.value)
    assert "相同的适用政策" in str(refused.value)
    assert Compound.objects.get(county=made).place == made.code


def test_only_a_provisional_division_can_be_given_up(world: World) -> None:
    with pytest.raises(RefusedError, match="只能把暂编"):
        services.remap_division(
            provisional=world.divisions["330205"], real=world.divisions["330212"], why="测试", by=None, now=NOW
        )


def test_the_command_moves_too_and_refuses_a_code_alone(world: World) -> None:
    made = provisional(world)
    with pytest.raises(CommandError, match="没有写代码体系"):
        call_command("remap_division", "900001", "统计 330212", why="测试")
    out = StringIO()
    call_command("remap_division", f"暂编 {made.code}", "鄞州区", why="测试", stdout=out)
    assert "已归入“鄞州区”" in out.getvalue()

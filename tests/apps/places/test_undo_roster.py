"""A kept roster is undone as one step: the world is as it was before, or nothing changes and what hinders is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.models import Event
from gongdi.apps.places import roster_services
from gongdi.apps.places.models import Compound, CompoundFact, RosterImport
from gongdi.apps.places.services import NewCompound, RefusedError, add_compounds, move_compound, record_fact
from tests.apps.places.test_rosters import GOOD, HEAD, keep
from tests.support.findings import find
from tests.support.organisations import a_body
from tests.support.photos import attach
from tests.support.plans import make_stored_plan
from tests.support.world import NOW, World, fact, tie


@pytest.fixture
def officer(world: World) -> User:
    return world.people["district_officer"]


def snapshot() -> dict[str, list[Any]]:
    """Every row of places and of what stands after it, apart from the imports themselves."""
    models = [each for name in ("places", "dwellings", "inventory", "policy", "planning")
              for each in apps.get_app_config(name).get_models() if each is not RosterImport]  # fmt: skip
    return {each.__name__: sorted(each._default_manager.values_list(), key=repr) for each in models}


def undo(roster: RosterImport, by: User) -> RosterImport:
    return roster_services.undo_roster(roster=roster, why="传错文件", by=by, now=NOW)


def test_the_world_is_as_it_was_before(officer: User) -> None:
    before = snapshot()
    roster = keep(GOOD, officer, days=1)
    assert snapshot() != before
    assert undo(roster, officer).state == "undone"
    assert snapshot() == before
    event = Event.objects.get(verb="places.undo_roster")
    assert event.why == "传错文件"
    assert event.after == {"compounds_gone": 2, "compounds_restored": 1, "facts_gone": 3, "facts_left": 0}


def test_the_same_file_can_be_kept_again_after_it_was_undone(officer: User) -> None:
    undo(keep(GOOD, officer), officer)
    assert keep(GOOD, officer).counts["created"] == 2


def test_two_rosters_are_undone_the_later_first(officer: User) -> None:
    before = snapshot()
    first = keep(GOOD, officer, days=1)
    between = snapshot()
    rows = "梅堰新村,文教街道,,,510,\n新丰小区,文教街道,,1989,,\n"
    second = keep(HEAD + rows, officer, digest="b" * 64, days=2)
    with pytest.raises(RefusedError, match="请先撤销那一份"):
        undo(first, officer)
    undo(second, officer)
    assert snapshot() == between
    undo(first, officer)
    assert snapshot() == before


def test_a_fact_that_somebody_updated_since_stays_as_they_left_it(officer: User, world: World) -> None:
    roster = keep(HEAD + "梅堰新村,文教街道,,1996,500,\n", officer)
    record_fact(compound=world.compounds["梅堰新村"], fact=fact("completed_year", 1997), by=officer, now=NOW)
    undo(roster, officer)
    compound = Compound.objects.get(name="梅堰新村")
    assert compound.households == 480
    assert CompoundFact.objects.get(compound=compound, name="completed_year", superseded_by=None).value == 1997
    assert Event.objects.get(verb="places.undo_roster", after__facts_left=1)


def _fact(world: World, by: User) -> None:
    new = Compound.objects.get(name="新丰小区")
    record_fact(compound=new, fact=fact("upkeep_neglected", True), by=by, now=NOW)


def _move(world: World, by: User) -> None:
    move_compound(compound=Compound.objects.get(name="新丰小区"), target="formed", why="", by=by, now=NOW)


def _finding(world: World, by: User) -> None:
    world.compounds["梅堰新村"] = Compound.objects.get(name="新丰小区")
    find(world, "works", year=2010, content="平改坡", comprehensive=False)


def _tie(world: World, by: User) -> None:
    tie(world.people["builder"], Compound.objects.get(name="新丰小区"))


def _figure(world: World, by: User) -> None:
    Compound.objects.filter(name="梅堰新村").update(households=501)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (_fact, "“新丰小区”已另外记录了情况"),
        (_move, "“新丰小区”已转入后面的阶段"),
        (_finding, "“新丰小区”已有改造沿革"),
        (_tie, "“新丰小区”已有岗位对应"),
        (_figure, "“梅堰新村”的户数在入库之后又有改动"),
    ],
)
def test_what_rests_on_it_hinders_is_named_and_nothing_changes(
    world: World, officer: User, since: Any, told: str
) -> None:
    roster = keep(GOOD, officer)
    since(world, officer)
    before = snapshot()
    with pytest.raises(RefusedError, match=told):
        undo(roster, officer)
    assert snapshot() == before
    roster.refresh_from_db()
    assert roster.state == "kept"


def test_a_compound_that_a_plan_chose_is_not_taken_from_it(world: World, officer: User) -> None:
    plan = make_stored_plan(world)
    roster = keep(GOOD, officer)
    new = Compound.objects.get(name="新丰小区")
    plan.document["firm"]["best"]["chosen"] = [{"id": str(new.pk)}]
    plan.save()
    with pytest.raises(RefusedError, match="“新丰小区”已列入“测试计划”"):
        undo(roster, officer)
    plan.document["firm"]["best"]["chosen"] = []
    plan.save()
    assert undo(roster, officer).state == "undone"


def test_a_roster_that_was_not_kept_has_nothing_to_undo(officer: User) -> None:
    roster = undo(keep(GOOD, officer), officer)
    with pytest.raises(RefusedError, match="没有可撤销的内容"):
        undo(roster, officer)


def test_a_roster_of_before_leaves_no_trace_to_go_by(officer: User) -> None:
    roster = keep(GOOD, officer)
    roster.changes.all().delete()
    with pytest.raises(RefusedError, match="没有留下可撤销的记录"):
        undo(roster, officer)


def test_the_page_asks_for_the_reason_and_says_what_became(client: Client, world: World, officer: User) -> None:
    client.force_login(officer)
    roster = keep(GOOD, officer)
    assert f"/rosters/{roster.pk}/undo/" in client.get(f"/rosters/{roster.pk}/").content.decode()
    assert client.post(f"/rosters/{roster.pk}/undo/", {"why": ""}).status_code == 422
    assert client.post(f"/rosters/{roster.pk}/undo/", {"why": "传错文件"}).status_code == 302
    assert "已撤销" in client.get(f"/rosters/{roster.pk}/").content.decode()
    again = client.post(f"/rosters/{roster.pk}/undo/", {"why": "传错文件"})
    assert (again.status_code, "没有可撤销的内容" in again.content.decode()) == (422, True)


def test_what_belongs_to_a_compound_follows_when_a_roster_lays_it_elsewhere_and_back(
    officer: User, world: World
) -> None:
    county = world.divisions["330205"]
    (compound,) = add_compounds(compounds=[NewCompound("旧街小区", county)], by=None, now=NOW, why="测试")
    body = a_body(world, "旧街业委会", compound.place, kind="owners_committee", compound=compound)
    world.compounds[compound.name] = compound
    photo = attach(world, compound.name)

    def places() -> set[str]:
        for row in (compound, body, photo):
            row.refresh_from_db()
        return {compound.place, body.place, photo.place}

    assert places() == {"330205"}
    roster = keep(HEAD + "旧街小区,外滩街道,,1985,60,\n", officer, days=1)
    assert places() == {"330205001"}
    undo(roster, officer)
    assert places() == {"330205"}

"""Every service is one transaction with one audit event: read off the code, and seen in the doing."""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType

import pytest
from django.conf import settings

import gongdi.apps
from gongdi.apps.accounts import services as accounts
from gongdi.apps.accounts.models import Organisation
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.verbs import VERBS
from gongdi.apps.places import roster_services as rosters
from gongdi.apps.places import services as places
from gongdi.apps.places.models import Division, SavedView
from gongdi.apps.policy import services as policy
from gongdi.exchange.roster import read_roster
from tests.support.plans import make_budget, make_stored_plan
from tests.support.world import NOW, PACK, PASSWORD, World, fact


def service_modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(gongdi.apps.__path__, "gongdi.apps."):
        app, module = found.name.split(".")[2], found.name.rsplit(".", 1)[-1]
        if app in settings.HOUSE_APPS and app != "audit" and module.endswith("services"):
            yield import_module(found.name)


def services() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions that say who does it and when: those are the writes."""
    for module in service_modules():
        for node in ast.parse(inspect.getsource(module)).body:
            arguments = {each.arg for each in node.args.kwonlyargs} if isinstance(node, ast.FunctionDef) else set()
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "now" in arguments:
                yield f"{module.__name__.removeprefix('gongdi.apps.')}.{node.name}", node


ALL = dict(services())


@pytest.mark.parametrize("name", ALL)
def test_a_service_is_keyword_only_in_one_transaction_and_records(name: str) -> None:
    node = ALL[name]
    calls = {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}
    assert "record" in calls
    assert [ast.unparse(each) for each in node.decorator_list] == ["transaction.atomic"]
    assert node.args.args == []


def _house() -> Organisation:
    return Organisation.objects.get(name="江北区测试单位")


def _roster(world: World) -> object:
    content = "小区名称,户数\n新丰小区,120\n".encode()
    return rosters.upload_roster(
        file_name="名单.csv", content=content, digest="1" * 64, by=world.people["street_clerk"], now=NOW
    )


def _import(world: World) -> object:
    reading = read_roster("小区名称,户数\n新丰小区,120\n".encode(), now_year=2027, name="名单.csv")
    return rosters.import_roster(
        reading=reading, file_name="名单.csv", digest="2" * 64, by=world.people["street_clerk"], now=NOW
    )


def _new_compound(world: World) -> places.NewCompound:
    return places.NewCompound("新丰小区", world.divisions["330205"])


DOINGS: dict[str, Callable[[World], object]] = {
    "accounts.services.sign_in": lambda w: accounts.sign_in(
        username="auditor", password=PASSWORD, address="10.0.0.1", now=NOW
    ),
    "accounts.services.sign_out": lambda w: accounts.sign_out(by=w.people["auditor"], now=NOW),
    "accounts.services.add_person": lambda w: accounts.add_person(
        username="new", display_name="新人", password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.appoint_person": lambda w: accounts.appoint_person(
        holder=w.people["auditor"], kind=PostKind.CITY_VIEWER, organisation=_house(), place="3302", place_name="宁波市",
        by=None, now=NOW,
    ),
    "accounts.services.end_post": lambda w: accounts.end_post(
        post=w.people["auditor"].held_posts[0], why="调离", by=w.people["administrator"], now=NOW
    ),
    "accounts.services.reset_password": lambda w: accounts.reset_password(
        person=w.people["auditor"], password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.change_password": lambda w: accounts.change_password(
        by=w.people["auditor"], password=PASSWORD, now=NOW
    ),
    "accounts.services.unlock_person": lambda w: accounts.unlock_person(
        person=w.people["auditor"], by=w.people["administrator"], now=NOW
    ),
    "places.services.add_divisions": lambda w: places.add_divisions(
        divisions=[Division(code="330206", system="nbs", name="北仑区", level=3, parent=w.divisions["3302"])],
        by=None, now=NOW,
    ),
    "places.services.add_compounds": lambda w: places.add_compounds(
        compounds=[_new_compound(w)], by=None, now=NOW, why="测试"
    ),
    "places.services.record_fact": lambda w: places.record_fact(
        compound=w.compounds["梅堰新村"], fact=fact("upkeep_neglected", True), by=w.people["street_clerk"], now=NOW
    ),
    "places.services.move_compound": lambda w: places.move_compound(
        compound=w.compounds["梅堰新村"], target="formed", why="", by=w.people["district_officer"], now=NOW
    ),
    "places.services.save_view": lambda w: places.save_view(
        name="常用", query="stage=formed", by=w.people["district_officer"], now=NOW
    ),
    "places.services.delete_view": lambda w: places.delete_view(
        view=SavedView.objects.create(owner=w.people["auditor"], name="旧", query="", saved_at=NOW),
        by=w.people["auditor"], now=NOW,
    ),
    "places.roster_services.upload_roster": _roster,
    "places.roster_services.import_roster": _import,
    "places.roster_services.discard_roster": lambda w: rosters.discard_roster(
        roster=_roster(w), by=w.people["street_clerk"], now=NOW
    ),
    "policy.services.set_pack": lambda w: policy.set_pack(
        place="330212", pack=PACK, as_of=None, by=w.people["officer_elsewhere"], now=NOW
    ),
    "policy.services.store_decision": lambda w: policy.store_decision(
        compound=w.compounds["梅堰新村"], decision="scope", by=w.people["district_officer"], now=NOW
    ),
    "planning.services.set_budget": make_budget,
    "planning.services.make_plan": make_stored_plan,
}  # fmt: skip


def test_every_service_of_these_apps_is_done_once_below() -> None:
    assert {name for name in ALL if name.startswith(("accounts.", "places.", "policy.", "planning."))} == set(DOINGS)


@pytest.mark.parametrize("name", DOINGS)
def test_doing_it_adds_one_event_of_its_own_name(name: str, world: World) -> None:
    verb = f"{name.split('.')[0]}.{name.rsplit('.', 1)[1]}"
    before = Event.objects.filter(verb=verb).count()
    DOINGS[name](world)
    assert Event.objects.filter(verb=verb).count() == before + 1
    assert verb in VERBS

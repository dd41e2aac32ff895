"""How each service of places is done once."""

from collections.abc import Callable

from gongdi.apps.places import division_services as divisions
from gongdi.apps.places import roster_services as rosters
from gongdi.apps.places import services as places
from gongdi.apps.places.models import Division, RosterImport, SavedView
from gongdi.exchange.roster import read_roster
from tests.support.divisions import merge, provisional
from tests.support.world import NOW, World, fact


def _roster(world: World) -> object:
    content = "小区名称,户数\n新丰小区,120\n".encode()
    return rosters.upload_roster(
        file_name="名单.csv", content=content, digest="1" * 64, by=world.people["street_clerk"], now=NOW
    )


def _import(world: World) -> RosterImport:
    reading = read_roster("小区名称,户数\n新丰小区,120\n".encode(), now_year=2027, name="名单.csv")
    return rosters.import_roster(
        reading=reading, file_name="名单.csv", digest="2" * 64, by=world.people["street_clerk"], now=NOW
    )


def _new_compound(world: World) -> places.NewCompound:
    return places.NewCompound("新丰小区", world.divisions["330205"])


DOINGS: dict[str, Callable[[World], object]] = {
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
    "places.division_services.map_code": lambda w: divisions.map_code(
        division=w.divisions["330205001"], system="mca", code="330205009", source="对照表", by=None, now=NOW
    ),
    "places.division_services.record_change": merge,
    "places.division_services.remap_division": lambda w: divisions.remap_division(
        provisional=provisional(w), real=w.divisions["330212"], why="核对代码", by=w.people["administrator"], now=NOW
    ),
    "places.roster_services.upload_roster": _roster,
    "places.roster_services.import_roster": _import,
    "places.roster_services.undo_roster": lambda w: rosters.undo_roster(
        roster=_import(w), why="传错文件", by=w.people["street_clerk"], now=NOW
    ),
    "places.roster_services.discard_roster": lambda w: rosters.discard_roster(
        roster=_roster(w), by=w.people["street_clerk"], now=NOW
    ),
}  # fmt: skip

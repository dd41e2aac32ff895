"""Divisions that changed, and a provisional one, for the tests."""

from __future__ import annotations

from datetime import date

from gongdi.apps.places.division_services import NewChange, record_change
from gongdi.apps.places.models import Compound, Division, DivisionChange
from gongdi.apps.places.services import NewCompound, add_compounds
from tests.support.world import NOW, World


def former_street(world: World, name: str = "中马街道") -> Division:
    """A street of the county as old papers name it; its code is not known."""
    made, _ = Division.objects.get_or_create(
        name=name, system="nbs", level=4, parent=world.divisions["330205"], defaults={"code": "", "valid_until": BEFORE}
    )
    return made


BEFORE = date(2020, 12, 31)


def merge(world: World) -> DivisionChange:
    """中马街道 merged into 外滩街道 in 2021."""
    former = [former_street(world)]
    change = NewChange("merge", date(2021, 1, 1), former, [world.divisions["330205001"]], "测试〔2020〕1号")
    return record_change(change=change, by=world.people["administrator"], now=NOW)


def split(world: World) -> DivisionChange:
    """白沙街道 split between two streets."""
    later = [world.divisions["330205001"], world.divisions["330205004"]]
    change = NewChange("split", date(2021, 1, 1), [former_street(world, "白沙街道")], later, "测试〔2020〕2号")
    return record_change(change=change, by=world.people["administrator"], now=NOW)


def provisional(world: World) -> Division:
    """A county under a provisional code, with one compound."""
    made, fresh = Division.objects.get_or_create(
        code="900001", system="own", defaults={"name": "宁波市鄞州", "level": 3}
    )
    if fresh:
        add_compounds(compounds=[NewCompound("东柳坊", made)], by=None, now=NOW, why="测试")
    return made


def lying_in(world: World, street: Division, name: str = "旧街小区") -> Compound:
    """A compound recorded in a street."""
    (made,) = add_compounds(
        compounds=[NewCompound(name, world.divisions["330205"], street)], by=None, now=NOW, why="测试"
    )
    return made

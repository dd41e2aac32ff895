"""Yearly registers for tests."""

from __future__ import annotations

from datetime import date

from gongdi.apps.registers.models import YearRegister
from gongdi.apps.registers.services import add_to_register, open_register, publish_register
from tests.support.world import COUNTY, NOW, World


def a_register(world: World, *names: str, published: bool = False, year: int = 2027) -> YearRegister:
    """The register of a year with some compounds on it."""
    by = world.people["district_officer"]
    title = f"江北区{year}年清册"
    register = open_register(county=world.divisions[COUNTY], year=year, title=title, by=by, now=NOW)
    if names:
        rows = [world.compounds[name] for name in names]
        add_to_register(register=register, compounds=rows, why="", by=by, now=NOW)
    if published:
        publish_register(register=register, number="测试〔2027〕1号", on=date(2027, 3, 1), by=by, now=NOW)
    register.refresh_from_db()
    return register

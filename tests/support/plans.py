"""A budget and a stored plan for the tests of the web application."""

from __future__ import annotations

from gongdi.apps.planning.making import Made, make
from gongdi.apps.planning.models import AnnualPlanRecord, Budget
from gongdi.apps.planning.services import make_plan, set_budget
from gongdi.apps.policy.packs import governing
from tests.support.world import COUNTY, NOW, World

MONEY = {
    "years": [2028, 2029],
    "funds": [
        {
            "code": "city",
            "name": "市级资金",
            "classes": ["basic", "improvement", "upgrade"],
            "counties": None,
            "carry_over": True,
            "budget": [1_200_000, 500_000],
        }
    ],
    "minimums": {},
}


def make_budget(world: World) -> Budget:
    """Money for the county of the world."""
    officer = world.people["district_officer"]
    return set_budget(place=COUNTY, title="测试资金", money=MONEY, source="测试.xlsx", by=officer, now=NOW)


def make_stored_plan(world: World) -> AnnualPlanRecord:
    """A plan for the county, made and kept; the one already kept if there is one."""
    kept = AnnualPlanRecord.objects.first()
    if kept is not None:
        return kept
    budget, ground = make_budget(world), governing(COUNTY)
    assert ground is not None
    made = make(COUNTY, budget, ground)
    assert isinstance(made, Made)
    officer = world.people["district_officer"]
    return make_plan(place=COUNTY, title="测试计划", budget=budget, made=made, by=officer, now=NOW)

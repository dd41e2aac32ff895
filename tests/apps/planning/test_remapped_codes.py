"""A provisional code that is given up is given up inside budgets and plans too."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.places.division_services import remap_division
from gongdi.apps.places.remapping import recoded
from gongdi.apps.planning.models import AnnualPlanRecord, Budget
from gongdi.apps.planning.money import money_of
from gongdi.apps.planning.services import set_budget
from tests.support.divisions import provisional
from tests.support.plans import MONEY, make_stored_plan
from tests.support.world import NOW, World

KEYS = frozenset({"county", "counties", "minimums"})


def test_money_and_plans_name_the_real_county_afterwards(world: World) -> None:
    made, real, keeper = provisional(world), world.divisions["330212"], world.people["administrator"]
    fund = {**MONEY["funds"][0], "counties": [made.code, "330205"], "code": made.code}
    money = {**MONEY, "funds": [fund], "minimums": {made.code: 2}}
    officer = world.people["district_officer"]
    budget = set_budget(place="330205", title="两区资金", money=money, source="测试", by=officer, now=NOW)
    plan = make_stored_plan(world)
    plan.document["compounds"][0]["county"] = made.code
    AnnualPlanRecord.objects.filter(pk=plan.pk).update(document=plan.document)
    remap_division(provisional=made, real=real, why="已核实", by=keeper, now=NOW)
    found = money_of(Budget.objects.get(pk=budget.pk).money)
    assert found.funds[0].counties == {real.code, "330205"}
    assert [(county.code, county.minimum) for county in found.minimums] == [(real.code, 2)]
    assert found.funds[0].code == "900001"
    assert AnnualPlanRecord.objects.get(pk=plan.pk).document["compounds"][0]["county"] == real.code


CODES = st.sampled_from(["900001", "900001003", "330205"])
Json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["900001", "900001003", "330205"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["county", "counties", "minimums", "name", "900001"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(Json)
def test_only_codes_change_and_the_way_back_gives_the_same(value: object) -> None:
    there = recoded(value, "900001", "770077", KEYS)
    assert recoded(there, "770077", "900001", KEYS) == value
    assert len(json.dumps(there)) == len(json.dumps(value))

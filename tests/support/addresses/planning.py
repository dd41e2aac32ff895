"""The addresses of plans and budgets."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import READERS, WHOLE_COUNTY
from tests.support.world import COUNTY, World


def county(world: World) -> list[Any]:
    return [COUNTY]


def annual_plan(world: World) -> list[Any]:
    from tests.support.plans import make_stored_plan

    return [make_stored_plan(world).pk]


ADDRESSES = (
    Address("planning:see_plans", statuses=READERS),
    Address("planning:make_plan", 403, {"district_officer": 200}, arguments=county),
    Address("planning:set_budget", 403, {"district_officer": 200}, arguments=county),
    Address("planning:see_plan", statuses=WHOLE_COUNTY, arguments=annual_plan),
    Address("planning:see_scores", statuses=WHOLE_COUNTY, arguments=annual_plan),
    Address("planning:export_plan", statuses=WHOLE_COUNTY, arguments=annual_plan, file=True),
)

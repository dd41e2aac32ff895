"""How each service of planning is done once."""

from collections.abc import Callable

from tests.support.plans import make_budget, make_stored_plan
from tests.support.world import World

DOINGS: dict[str, Callable[[World], object]] = {
    "planning.services.set_budget": make_budget,
    "planning.services.make_plan": make_stored_plan,
}  # fmt: skip

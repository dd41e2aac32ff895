"""An annual plan made from what the database holds of a place. It may take seconds, so it holds no transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.places.stages import Stage
from gongdi.apps.planning.models import Budget
from gongdi.apps.planning.money import money_of
from gongdi.apps.policy.packs import Governing, library
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Amounts
from gongdi.engines.annual_plan import AnnualPlan, Listed, Task, make_annual_plan
from gongdi.engines.annual_plan_document import annual_plan_document
from gongdi.exchange.packfiles import load_scheme

TIME_LIMIT = 20.0
"""Seconds of searching at most; a valid plan exists from the first second."""


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that has been made, not yet kept."""

    document: dict[str, Any]
    considered: int
    listed: int
    chosen: int
    made_up: bool


def _plannable(place: str) -> QuerySet[Compound]:
    return Compound.objects.filter(place__startswith=place).exclude(stage=Stage.UNDERWAY)


def count_compounds(place: str) -> int:
    """How many compounds of a place could be planned."""
    return _plannable(place).count()


def listed_compounds(place: str) -> list[Listed]:
    """The compounds of a place that could be planned: all but those under way."""
    rows = list(_plannable(place).select_related("street", "county"))
    facts = facts_of_many(rows)
    return [_listed(row, facts[row.pk]) for row in rows]


def _listed(row: Compound, facts: dict[str, Any]) -> Listed:
    return Listed(
        id=str(row.pk),
        name=row.name,
        county=row.county.code,
        place=row.street.name if row.street else row.county.name,
        facts=facts,
        households=row.households,
        buildings=row.buildings,
        area=row.area,
        cost=_cost(row),
        cost_basis=row.cost_basis,
        own_money=(row.owner_money or 0) // 100,
        made_up=row.made_up,
    )


def _cost(row: Compound) -> Amounts | None:
    """Estimates in whole yuan, rounded up so that the money always covers them; a class not estimated costs nothing."""
    if row.cost_basic is None and row.cost_improvement is None and row.cost_upgrade is None:
        return None
    basic, improvement, upgrade = (
        -(-(fen or 0) // 100) for fen in (row.cost_basic, row.cost_improvement, row.cost_upgrade)
    )
    return basic, improvement, upgrade


def make(place: str, budget: Budget, ground: Governing) -> Made | tuple[Fault, ...]:
    """Decide, score, list and optimise the compounds of a place under its pack and money."""
    compounds = listed_compounds(place)
    task = Task(
        library(), ground.pack.slug, ground.as_of, load_scheme(), money_of(budget.money), compounds,
        time_limit=TIME_LIMIT,
    )  # fmt: skip
    plan = make_annual_plan(task)
    if not isinstance(plan, AnnualPlan):
        return plan
    firm = plan.firm
    made_up = budget.made_up or any(row.made_up for row in compounds)
    return Made(
        annual_plan_document(plan, library()),
        len(firm.instance.compounds),
        len(firm.listed.chosen),
        len(firm.best.chosen),
        made_up,
    )

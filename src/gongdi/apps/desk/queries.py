"""Reads of the start page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from gongdi.apps.accounts.models import User
from gongdi.apps.places import access, queries
from gongdi.apps.places.models import Compound


@dataclass(frozen=True, slots=True)
class PoolSummary:
    """The pool within a person's reach: its sums (None where nothing is known) and what changed last."""

    count: int
    buildings: int | None
    households: int | None
    area: int | None
    cost: int | None
    latest: list[Compound]


def pool_summary(user: User) -> PoolSummary | None:
    """The pool as the person sees it; None for those who see none of it."""
    if not user.may_anywhere(access.SEE):
        return None
    rows = access.visible_compounds(user)
    sums = rows.order_by().aggregate(
        n=Count("pk"), b=Sum("buildings"), h=Sum("households"), a=Sum("area"), c=Sum("cost_total")
    )
    latest = list(queries.latest_change(rows).select_related("street", "community", "county")[:5])
    return PoolSummary(sums["n"], sums["b"], sums["h"], sums["a"], sums["c"], latest)

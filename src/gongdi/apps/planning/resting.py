"""Which compounds a kept plan rests on: those that it chose or listed. A roster that brought them is not undone."""

from __future__ import annotations

from collections.abc import Sequence

from gongdi.apps.places.models import Compound
from gongdi.apps.planning.models import AnnualPlanRecord


def planned(compounds: Sequence[Compound]) -> list[str]:
    """A sentence for each plan that has any of the compounds in its firm part, naming them."""
    names = {str(row.pk): row.name for row in compounds}
    counties = {row.place[:6] for row in compounds}
    found = []
    for plan in AnnualPlanRecord.objects.filter(place__in=counties) if names else ():
        firm = plan.document["firm"]
        chosen = {row["id"] for kind in ("listed", "best") for row in firm[kind]["chosen"]}
        held = [f"“{name}”" for pk, name in names.items() if pk in chosen]
        if held:
            more = f"等 {len(held)} 个小区" if len(held) > 3 else ""
            found.append(f"{'、'.join(held[:3])}{more}已列入“{plan}”，名单不能撤销，请逐个更正。")
    return found

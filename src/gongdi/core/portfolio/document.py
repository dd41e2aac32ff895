"""Plans and instances as plain data for JSON, in the format of the planning files."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gongdi.core.portfolio.model import CLASSES, CompoundChoice, Demand, Displaced, Instance, Level, Plan, Reason
from gongdi.core.portfolio.wording import Wording
from gongdi.core.portfolio.wording_chinese import CHINESE


def number(value: Fraction) -> int | float:
    """A fraction as a JSON number: whole if it is whole."""
    return value.numerator if value.denominator == 1 else float(value)


def plan_document(plan: Plan, instance: Instance, wording: Wording = CHINESE) -> dict[str, Any]:
    """The plan as JSON data. Without a plan objective, bound and gap are null. `wording` says the demands."""
    found = plan.status in ("optimal", "feasible")
    gap = plan.gap
    document: dict[str, Any] = {
        "status": plan.status,
        "objective": float(plan.worth) if found else None,
        "bound": float(plan.bound) if plan.bound is not None else None,
        "gap": float(gap) if found and gap is not None else None,
        "seconds": round(plan.seconds, 3),
        "chosen": [{"id": row.id, "level": row.level, "year": row.year} for row in plan.chosen],
        "payments": [
            {"year": row.year, "county": row.county, "class": row.item_class, "fund": row.fund, "yuan": row.yuan}
            for row in plan.payments
        ],
        "reasons": [_reason(row) for row in plan.reasons],
    }
    if plan.marginals:
        document["marginals"] = [
            {"fund": row.fund, "year": row.year, "per_million": float(row.per_million)} for row in plan.marginals
        ]
    if plan.conflict:
        document["conflict"] = [_demand(row, instance, wording) for row in plan.conflict]
        document["conflict_smallest"] = plan.conflict_smallest
    if plan.top_up_least is not None:
        document["top_up"] = [{"fund": row.fund, "year": row.year, "yuan": row.yuan} for row in plan.top_up]
        document["top_up_least_yuan"] = plan.top_up_least
    if plan.displaced:
        document["displaced"] = [_displaced(row) for row in plan.displaced]
    if plan.unmet:
        document["unmet"] = [_demand(row, instance, wording) for row in plan.unmet]
    return document


def _reason(reason: Reason) -> dict[str, Any]:
    row: dict[str, Any] = {"id": reason.id, "why": reason.why}
    if reason.short_yuan is not None:
        row["short_yuan"] = reason.short_yuan
    if reason.level is not None:
        row |= {"level": reason.level, "year": reason.year}
    if reason.classes:
        row["classes"] = list(reason.classes)
    if reason.behind is not None:
        row["behind_yuan"] = reason.behind
    return row


def _displaced(row: Displaced) -> dict[str, Any]:
    rivals = [
        {"id": rival.id, "level": rival.level, "year": rival.year, "worth": float(rival.worth)} for rival in row.rivals
    ]
    return {"id": row.id, "rivals": rivals, "demanded": row.demanded, "unpaid": row.unpaid}


def _demand(demand: Demand, instance: Instance, wording: Wording) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": demand.kind, "id": demand.id, "sentence": wording.demand(demand, instance)}
    return {**row, "years": list(demand.years)} if demand.years else row


def instance_document(instance: Instance) -> dict[str, Any]:
    """The instance as JSON data; `parse_instance` reads it back as the same value."""
    return {
        "years": list(instance.years),
        "weights": [number(weight) for weight in instance.weights],
        "funds": [
            {
                "code": fund.code,
                "classes": [name for name in CLASSES if name in fund.classes],
                "counties": None if fund.counties is None else sorted(fund.counties),
                "carry_over": fund.carry_over,
                "budget": list(fund.budget),
            }
            for fund in instance.funds
        ],
        "counties": [{"code": county.code, "minimum": county.minimum} for county in instance.counties],
        "compounds": [_compound(compound) for compound in instance.compounds],
        "bundles": [
            {
                "id": row.id,
                "county": row.county,
                "members": list(row.members),
                "need": row.need,
                "saving": row.saving,
            }
            for row in instance.bundles
        ],
    }


def _compound(compound: CompoundChoice) -> Mapping[str, Any]:
    return {
        "id": compound.id,
        "county": compound.county,
        "own_money": compound.own_money,
        "earliest": compound.earliest,
        "latest": compound.latest,
        "must": compound.must,
        "levels": [_level(level) for level in compound.levels],
    }


def _level(level: Level) -> Mapping[str, Any]:
    cost = {name: yuan for name, yuan in zip(CLASSES, level.cost, strict=True) if yuan}
    return {"name": level.name, "benefit": number(level.benefit), "cost": cost}

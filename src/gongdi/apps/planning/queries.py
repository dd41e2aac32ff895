"""Reads about planning: the counties a person may plan, scores and how they move."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.models import Division
from gongdi.apps.planning.models import AnnualPlanRecord


def planned_places(user: User) -> list[tuple[str, str]]:
    """The counties that a person may make plans for, by code and name: those with compounds that they see."""
    codes = visible_compounds(user).order_by().values_list("county__code", "county__name").distinct()
    return sorted((code, name) for code, name in codes if user.may("planning.make_plan", code))


_WEIGHT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?|[0-9]{1,4}/[1-9][0-9]{0,3}")
"""A short number: a long one, written with an exponent, would take for ever to build."""


def place_name(place: str) -> str:
    """The name of a division, or its code when it is not listed."""
    found = Division.objects.filter(code=place).first()
    return found.name if found else place


def county_codes(place: str) -> dict[str, str]:
    """Names of counties with their codes, as a table of funds may name them: the place itself and those above."""
    rows = Division.objects.filter(level=Division.Level.COUNTY, code__startswith=place[:4])
    return {row.name: row.code for row in rows}


def scores(plan: AnnualPlanRecord, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The scored list of a stored plan, and the order when one weight is another."""
    document = plan.document
    criteria = document["scheme"]["criteria"]
    key = str(asked.get("criterion", ""))
    chosen = next((each for each in criteria if each["key"] == key), criteria[0])
    weight = _weight(asked.get("weight"), chosen["weight"])
    scored = [row for row in document["compounds"] if row["score"]]
    before = sorted(scored, key=lambda row: int(row["score"]["place"]))
    after = _reordered(before, chosen, weight)
    moved = {row["id"]: place for place, row in enumerate(after, start=1)}
    rows = [(row, row["score"]["place"], moved[row["id"]], row["score"]["place"] - moved[row["id"]]) for row in before]
    return {"criteria": criteria, "chosen": chosen, "weight": weight, "rows": rows, "changed": _changed(rows)}


def _changed(rows: list[tuple[Any, int, int, int]]) -> int:
    return sum(1 for row in rows if row[3])


def _weight(asked: Any, usual: str) -> str:
    text = str(asked)
    return text if _WEIGHT.fullmatch(text) and Fraction(text) <= 1000 else usual


def _reordered(rows: list[Any], criterion: Mapping[str, Any], weight: str) -> list[Any]:
    """The order with another weight for one criterion; what ties keeps its order."""
    old, new = Fraction(criterion["weight"]), Fraction(weight)

    def points(row: Any) -> Fraction:
        total = Fraction(row["score"]["points"])
        earned = next(Fraction(line[1]) for line in row["score"]["lines"] if line[0] == criterion["key"])
        return total if not old else total - earned + earned * new / old

    return sorted(rows, key=lambda row: (-points(row), row["score"]["place"]))

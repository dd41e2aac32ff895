"""Thousands of compounds as dots of a map (图上圆点): only the columns that a dot needs, and each word sent once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast

from gongdi.apps.places.models import Compound
from gongdi.apps.places.stages import Stage
from gongdi.web.numbered import around

UNMARKED = ("", "未判定")

Mark = tuple[str, str]
"""The meaning of a dot, which gives its colour, and its word."""


class DotRow(NamedTuple):
    """What is read of a compound for its dot, and for counts by street: the area in 0.01 m2."""

    pk: int
    name: str
    stage: str
    households: int | None
    area: int | None
    street: int | None
    county: int
    latitude: float | None
    longitude: float | None


def dot_rows(rows: QuerySet[Compound]) -> list[DotRow]:
    """The compounds of a query set in its order; where they stand is only drawn, so it is read as a float."""
    found = rows.annotate(north=Cast(F("latitude"), FloatField()), east=Cast(F("longitude"), FloatField())).values_list(
        "pk", "name", "stage", "households", "area", "street_id", "county_id", "north", "east"
    )
    return [DotRow(*row) for row in found]


def dots_of(
    rows: Iterable[DotRow], marks: Mapping[int, Mark], unmarked: Mark, page: str, about: Callable[[DotRow], str]
) -> dict[str, Any]:
    """The dots as map.js reads them. `page` names the page of a compound, `about` says more than the stage ("").

    Words and addresses that repeat stand once: a dot tells the place of its mark and of its stage in these lists.
    """
    known: dict[Mark, int] = {}
    stages = {stage.value: at for at, stage in enumerate(Stage)}
    dots = [
        (
            row.pk, row.name, row.latitude, row.longitude, row.households or 0, stages[row.stage],
            known.setdefault(marks.get(row.pk, unmarked), len(known)), about(row),
        )
        for row in rows if row.longitude is not None and row.latitude is not None
    ]  # fmt: skip
    return {"page": around(page), "stages": [stage.label for stage in Stage], "marks": list(known), "dots": dots}

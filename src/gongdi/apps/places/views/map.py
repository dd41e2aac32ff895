"""The map (地图): dots in meaning colours over a plain ground, with the list beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, queries
from gongdi.apps.places.models import Compound
from gongdi.web import words
from gongdi.web.columns import MEANINGS, Cell, columns
from gongdi.web.numbered import numbered

MOST_DOTS = 3000
MOST_LINES = 150
"""Compounds in the list beside the map; a street chosen narrows both."""


@require_GET
def see_map(request: HttpRequest) -> HttpResponse:
    """The compounds of a place on the map; those without coordinates stay in the list."""
    user = person(request)
    require(user, access.SEE)
    place = request.GET.get("place", "")
    place = place if place.isdigit() else ""
    rows = access.visible_compounds(user).filter(place__startswith=place)
    # Read apart: thousands of rows share some forty streets.
    shown = list(rows.prefetch_related("street", "county")[:MOST_DOTS])
    marks = columns.cells("register", "outcome", [row.pk for row in shown])
    page_of = numbered("places:see_compound")
    context = {
        "place": place,
        "streets": queries.streets_of(user),
        "rows": [(row, marks.get(row.pk)) for row in shown[:MOST_LINES]],
        "unlisted": max(len(shown) - MOST_LINES, 0),
        "without": sum(row.longitude is None for row in shown),
        "legend": list(MEANINGS.items()) if marks else [],
        "dots": {
            "compounds": [_dot(row, marks.get(row.pk), page_of) for row in shown if row.longitude is not None],
            "streets": queries.street_labels(rows),
        },
    }
    return render(request, "places/map.html", context)


def _dot(row: Compound, mark: Cell | None, page_of: Callable[[int], str]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "at": [float(row.latitude or 0), float(row.longitude or 0)],
        "meaning": mark.meaning if mark else "",
        "word": mark.text if mark else "未判定",
        "about": f"{row.get_stage_display()}，{words.separated(row.households)}户，{words.in_wan_m2(row.area)}万平方米",
        "url": page_of(row.pk),
        "households": row.households or 0,
    }

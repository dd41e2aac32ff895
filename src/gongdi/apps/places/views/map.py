"""The map (地图): dots in meaning colours over a plain ground, with the list beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, queries
from gongdi.apps.places.dots import UNMARKED, DotRow, dot_rows, dots_of
from gongdi.apps.places.register import is_plain
from gongdi.web import words
from gongdi.web.columns import MEANINGS, columns

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
    shown = dot_rows(rows[:MOST_DOTS])
    plain = is_plain(user)
    cells = {} if plain else columns.cells("register", "outcome", [row.pk for row in shown])
    marks = {pk: (cell.meaning, cell.text) for pk, cell in cells.items()}
    # Read apart: the lines share some forty streets.
    lines = list(rows.prefetch_related("street", "county")[:MOST_LINES])
    context = {
        "place": place,
        "plain": plain,
        "streets": queries.streets_of(user),
        "rows": [(row, cells.get(row.pk)) for row in lines],
        "unlisted": max(len(shown) - MOST_LINES, 0),
        "without": sum(row.longitude is None for row in shown),
        "legend": list(MEANINGS.items()) if cells else [],
        "dots": dots_of(shown, marks, UNMARKED, "places:see_compound", _about)
        | {"streets": queries.street_labels(rows)},
    }
    return render(request, "places/map.html", context)


def _about(row: DotRow) -> str:
    return f"，{words.separated(row.households)}户，{words.in_wan_m2(row.area)}万平方米"

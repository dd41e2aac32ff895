"""What the page of a compound shows of its dwellings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.dwellings import access, queries
from gongdi.apps.places.models import Compound


def make_context(request: HttpRequest, compound: Compound) -> dict[str, Any] | None:
    """The figures counted from the base database, beside those that the pool states."""
    if not person(request).may(access.SEE, compound.place):
        return None
    return {"compound": compound, "figures": queries.figures_of(compound)}

"""What votes show on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.places.models import Compound
from gongdi.apps.voting import access


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's votes, and whether the person may draft one."""
    user = person(request)
    votes = list(access.visible_votes(user).filter(compound=compound)[:5])
    return {"compound": compound, "votes": votes, "may_keep": user.may(access.KEEP, compound.place)}

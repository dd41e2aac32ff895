"""What consultations show on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.consultation import access, queries
from gongdi.apps.consultation.models import Round
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.web import clock


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's rounds, its list of contents, and whether the person may draft a round."""
    user = person(request)
    return {
        "compound": compound,
        "rounds": queries.listed(access.visible_rounds(user).filter(compound=compound))[:5],
        "contents": queries.content_list(compound),
        "may_keep": user.may(access.KEEP, compound.place),
    }


def on_home(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """The households of a resident whose answer is wanted now, the round that ends first on top; None without any."""
    today = clock.today()
    rows = access.own_households(account).filter(
        round__state=Round.State.OPEN, round__since__lte=today, round__until__gte=today, responses=None
    )
    waiting = list(rows.order_by("round__until", "pk"))
    return {"waiting": waiting} if waiting else None

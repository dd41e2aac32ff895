"""What consultations show on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.consultation import access, queries
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


def on_home(request: HttpRequest, account: Account) -> dict[str, Any]:
    """The way to the rounds, and how many wait for an answer of this household."""
    rows = access.own_households(account).filter(round__state="open", round__until__gte=clock.today())
    return {"waiting": rows.filter(responses=None).count()}

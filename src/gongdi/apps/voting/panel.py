"""What votes show on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.apps.voting import access
from gongdi.apps.voting.models import Vote
from gongdi.web import clock


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's votes, and whether the person may draft one."""
    user = person(request)
    votes = list(access.visible_votes(user).filter(compound=compound)[:5])
    return {"compound": compound, "votes": votes, "may_keep": user.may(access.KEEP, compound.place)}


def waiting_on_home(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """The units of a resident whose ballot is wanted now, the vote that ends first on top; None without any."""
    now = clock.now()
    rows = access.own_units(account).filter(vote__state=Vote.State.OPEN, vote__since__lte=now, vote__until__gt=now)
    waiting = list(rows.filter(ballots=None).order_by("vote__until", "pk"))
    return {"waiting": waiting} if waiting else None

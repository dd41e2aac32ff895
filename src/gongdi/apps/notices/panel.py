"""What notices show on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.notices import access, queries
from gongdi.apps.notices.models import Notice
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's latest notices, and whether the person may draft one."""
    user = person(request)
    rows = queries.listed(access.visible_notices(user).filter(compound=compound))
    return {"compound": compound, "notices": list(rows[:5]), "may_keep": user.may(access.KEEP, compound.place)}


def on_home(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """The notices of the resident's homes that run, the one that ends first on top; None without any."""
    running = list(access.own_notices(account).filter(state=Notice.State.PUBLISHED).order_by("ends_on", "pk"))
    return {"running": running} if running else None

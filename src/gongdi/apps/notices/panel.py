"""What notices show on the pages of a compound and of what they are about, and on the home of a resident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.models import User
from gongdi.apps.notices import access, queries
from gongdi.apps.notices.kinds import KINDS
from gongdi.apps.notices.models import Notice
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.notices.finishing import Hindrance
from gongdi.web import clock


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's latest notices, and whether the person may draft one."""
    user = person(request)
    rows = queries.listed(access.visible_notices(user).filter(compound=compound))
    return {"compound": compound, "notices": list(rows[:5]), "may_keep": user.may(access.KEEP, compound.place)}


def on_home(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """The notices of the resident's homes that run, the one that ends first on top; None without any."""
    running = list(access.own_notices(account).filter(state=Notice.State.PUBLISHED).order_by("ends_on", "pk"))
    return {"running": running} if running else None


@dataclass(frozen=True, slots=True)
class OfObject:
    """What the page of an object shows of its notices: those a person sees, how to draft one, what may not go on."""

    word: str
    notices: list[Notice]
    draft_address: str
    hindrances: Sequence[Hindrance]
    advice: str


def of_object(
    user: User, about: tuple[str, int], compound: Compound, kind: str, advice: str, *,
    hindrances: Sequence[Hindrance] | None = None, must_end: bool = True,
) -> OfObject:  # fmt: skip
    """The notices of a kind about an object (its model's label, its number), for the page of the object.

    What may not go on is asked of all kinds of notice about it, or given as `hindrances` by who knows more.
    """
    if hindrances is None:
        hindrances = queries.hindrances_for(about[0], [about[1]], clock.today(), must_end=must_end)
    rows = queries.about_object(access.visible_notices(user), *about, [kind])
    draft = reverse("notices:draft_notice", args=[compound.pk])
    return OfObject(
        KINDS[kind].word, rows,
        f"{draft}?kind={kind}&about={about[0]}:{about[1]}" if user.may(access.KEEP, compound.place) else "",
        hindrances, advice,
    )  # fmt: skip

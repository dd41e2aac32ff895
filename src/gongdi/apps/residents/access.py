"""The doors: of staff to bindings (404 what is not yours, 403 what you may not do), of residents to their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.residents.models import Account, DwellingBinding, ResidentSession
from gongdi.apps.residents.services import token_digest
from gongdi.web import clock
from gongdi.web.prepared import Prepared

SEE, CONFIRM = "residents.see_bindings", "residents.confirm_binding"
COOKIE = "gongdi_resident"
_SESSION = Prepared(
    lambda digest: ResidentSession.objects.filter(token_digest=digest, ended_at=None).select_related("account"), str
)
NEVER_CACHED = "max-age=0, no-cache, no-store, must-revalidate, private"
IDLE, LASTS = timedelta(minutes=30), timedelta(hours=8)


def visible_bindings(user: User) -> QuerySet[DwellingBinding]:
    """The bindings of the places of a member of staff."""
    return within_reach(DwellingBinding.objects.all(), user, SEE, "compound__place")


def get_binding(user: User, pk: int, permission: str = SEE) -> DwellingBinding:
    """A binding for a member of staff: 404 outside their places, 403 without the permission there."""
    found = visible_bindings(user).select_related("compound", "account").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place)
    return found


def session_of(request: HttpRequest, now: datetime) -> ResidentSession | None:
    """The resident's session in which a request comes, if it still counts; its use is noted once a minute."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    found = _SESSION.first(token_digest(token))
    if found is None or now - found.seen_at > IDLE or now - found.started_at > LASTS:
        return None
    if now - found.seen_at > timedelta(minutes=1):
        ResidentSession.objects.filter(pk=found.pk, ended_at=None).update(seen_at=now)
    return found


def _ask(request: HttpRequest) -> str:
    """The page that asks for the number; it leads back to the page that was wanted."""
    address = reverse("residents:ask_code")
    if request.method != "GET" or request.path == reverse("residents:see_home"):
        return address
    return f"{address}?{urlencode({'back': request.get_full_path()})}"


def resident_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for residents: `request.resident` is the session; others are led to come in; staff sessions count not."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = session_of(request, clock.now())
        if session is None:
            return redirect(_ask(request))
        request.resident = session  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", NEVER_CACHED)
        return response

    return guarded


def resident(request: HttpRequest) -> ResidentSession:
    """The session of a resident's page."""
    found = request.resident  # type: ignore[attr-defined]
    assert isinstance(found, ResidentSession)
    return found


def get_own_binding(account: Account, pk: int) -> DwellingBinding:
    """A binding of a resident's own that has not been given up: 404 for any other."""
    rows = account.bindings.exclude(state=DwellingBinding.State.ENDED).select_related("compound", "account")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

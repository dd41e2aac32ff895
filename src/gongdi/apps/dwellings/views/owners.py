"""Pages of owners: masked, unless somebody says what for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require, within_reach
from gongdi.apps.dwellings import access, queries, services
from gongdi.apps.dwellings.forms import OwnerSearchForm, PurposeForm
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock


@require_GET
def see_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """An owner, masked, with what they hold."""
    user = person(request)
    owner = access.get_owner(user, pk)
    context = {
        "owner": owner,
        "compound": owner.compound,
        "holdings": queries.dwellings_of_owner(owner),
        "form": PurposeForm() if user.may(access.REVEAL, owner.compound.place) else None,
    }
    return render(request, "dwellings/owner.html", context)


@never_cache
@require_POST
def reveal_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """An owner in clear, for a stated purpose."""
    user = person(request)
    owner = access.get_owner(user, pk, access.REVEAL)
    form = PurposeForm(request.POST)
    revealed = None
    if form.is_valid():
        try:
            revealed = services.reveal_owner(
                owner=owner, purpose=form.cleaned_data["purpose"], by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error("purpose", str(refused))
    context = {
        "owner": owner,
        "compound": owner.compound,
        "holdings": queries.dwellings_of_owner(owner),
        "form": form if revealed is None else None,
        "revealed": revealed,
    }
    return render(request, "dwellings/owner.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def search_owner(request: HttpRequest) -> HttpResponse:
    """Find owners by their whole name, number or phone."""
    user = person(request)
    require(user, access.REVEAL)
    form = OwnerSearchForm(request.POST or None)
    found = None
    if form.is_valid():
        # Only where the post reveals: a wider post that merely reads would else confirm who owns something elsewhere.
        owners = within_reach(access.visible_owners(user), user, access.REVEAL, "compound__place")
        found = services.search_owner(owners=owners, **form.cleaned_data, by=user, now=clock.now())
    context = {"form": form, "found": found}
    return render(request, "dwellings/search.html", context, status=422 if form.errors else 200)

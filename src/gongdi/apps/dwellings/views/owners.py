"""Pages of owners: masked, unless somebody says what for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require, within_reach
from gongdi.apps.dwellings import access, merge_services, queries, services
from gongdi.apps.dwellings.forms import MergeForm, OwnerCorrectionForm, OwnerSearchForm, PurposeForm
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
        "may_edit": owner.merged_into_id is None and user.may(access.EDIT, owner.compound.place),
        "namesakes": queries.namesakes_of(owner).exists(),
    }
    return render(request, "dwellings/owner.html", context)


@require_http_methods(["GET", "POST"])
def correct_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an owner's name, number, phone or kind, with the reason."""
    user = person(request)
    owner = access.get_owner(user, pk, access.EDIT)
    form = OwnerCorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            services.correct_owner(
                owner=owner, told=form.told(), why=form.cleaned_data["why"], by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "业主信息已更正。")
            return redirect("dwellings:see_owner", pk=pk)
    context = {"form": form, "compound": owner.compound, "owner": owner, "title": f"更正业主 {owner}"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def merge_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that another record of the same name is the same owner, with the reason."""
    user = person(request)
    owner = access.get_owner(user, pk, access.EDIT)
    form = MergeForm(queries.namesakes_of(owner), request.POST or None)
    if form.is_valid():
        try:
            merge_services.merge_owner(owner=owner, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "两条记录已合并为一位业主。")
            return redirect("dwellings:see_owner", pk=pk)
    context = {"form": form, "compound": owner.compound, "owner": owner, "title": f"合并业主 {owner}"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


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
        "may_edit": owner.merged_into_id is None and user.may(access.EDIT, owner.compound.place),
        "namesakes": queries.namesakes_of(owner).exists(),
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

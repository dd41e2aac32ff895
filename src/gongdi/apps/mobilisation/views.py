"""Pages of reach and visits."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.mobilisation import access, queries, services
from gongdi.apps.mobilisation.forms import VisitForm
from gongdi.web import clock

A_PAGE = 40
"""Doors on a page: more are a long way down on a phone."""


@require_GET
def see_drives(request: HttpRequest) -> HttpResponse:
    """What runs, with how many homes have been reached."""
    drives = access.running_drives(person(request))
    return render(request, "mobilisation/drives.html", {"drives": queries.totals(drives)})


@require_GET
def see_reach(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who has not been reached, by building; the doors of one building on request."""
    user = person(request)
    drive = access.get_drive(user, kind, pk)
    building = request.GET.get("building", "")[:30]
    picture = queries.picture_of(drive, building)
    context = {
        "drive": drive,
        "picture": picture,
        "page": Paginator(picture.doors, A_PAGE).get_page(request.GET.get("page")),
        "base_query": urlencode({"building": building}) if building else "",
        "building": building,
        "may_visit": user.may(access.VISIT, drive.compound.place),
    }
    return render(request, "mobilisation/reach.html", context)


@require_GET
def print_doors(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The doors still to knock at, for paper."""
    drive = access.get_drive(person(request), kind, pk, access.VISIT)
    building = request.GET.get("building", "")[:30]
    context = {"drive": drive, "picture": queries.picture_of(drive, building), "today": clock.today()}
    return render(request, "mobilisation/print.html", context)


@require_http_methods(["GET", "POST"])
def record_visit(request: HttpRequest, kind: str, pk: int, dwelling: int) -> HttpResponse:
    """Record a call at a dwelling."""
    user = person(request)
    drive = access.get_drive(user, kind, pk, access.VISIT)
    home = access.get_home(drive, dwelling)
    form = VisitForm(clock.today(), request.POST or None)
    if form.is_valid():
        services.record_visit(drive=drive, dwelling=home, call=form.call(), by=user, now=clock.now())
        messages.success(request, f"{home} 的走访已登记。")
        back = reverse("mobilisation:see_reach", args=[kind, pk])
        return redirect(f"{back}?{urlencode({'building': home.building.name})}#doors")
    context = {"drive": drive, "home": home, "form": form, "visits": queries.visits_at(drive, home)}
    return render(request, "mobilisation/visit.html", context, status=422 if form.errors else 200)

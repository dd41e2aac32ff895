"""Divisions (行政区划): their codes in both systems, their changes, and provisional codes given up for real ones."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, division_queries, division_services, queries
from gongdi.apps.places.division_forms import ChangeForm, CodeForm, RemapForm
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock

PER_PAGE = 50


@require_GET
def see_divisions(request: HttpRequest) -> HttpResponse:
    """The divisions with their codes by system, what became of those that are no more, the changes."""
    user = person(request)
    require(user, access.SEE_DIVISIONS)
    words = request.GET.get("words", "").strip()
    county, every = queries.county_of(user, access.SEE_DIVISIONS), bool(request.GET.get("all"))
    page = Paginator(division_queries.found(words, None if every else county), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "lines": division_queries.lines(list(page)),
        "words": words,
        "provisional": division_queries.provisional(),
        "changes": division_queries.latest_changes(),
        "may_keep": user.may_anywhere(access.KEEP_DIVISIONS),
        "county": county,
        "every": every,
        "base_query": urlencode({"words": words, "all": "1" if every else ""}),
    }
    return render(request, "places/divisions.html", context)


@require_http_methods(["GET", "POST"])
def map_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which code a division bears in a system."""
    user = person(request)
    division = access.get_division(user, pk, access.KEEP_DIVISIONS)
    form = CodeForm(request.POST or None, initial={"system": "mca"})
    if form.is_valid():
        try:
            row = division_services.map_code(division=division, by=user, now=clock.now(), **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{division}”的{row.get_system_display()}代码 {row.code} 已登记。")
            return redirect("places:see_divisions")
    context = {"form": form, "title": f"登记“{division}”的代码", "button": "登记"}
    return render(request, "places/division_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record_change(request: HttpRequest) -> HttpResponse:
    """Record a change of divisions."""
    user = person(request)
    require(user, access.KEEP_DIVISIONS)
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        try:
            division_services.record_change(change=form.change(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "区划调整已登记；小区保留登记时的街道，所在区划按调整后的计。")
            return redirect("places:see_divisions")
    context = {"form": form, "title": "登记区划调整", "button": "登记"}
    return render(request, "places/division_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remap_division(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what lies under a provisional code to the real division."""
    user = person(request)
    division = access.get_division(user, pk, access.KEEP_DIVISIONS)
    form = RemapForm(request.POST or None)
    if form.is_valid():
        try:
            moved = division_services.remap_division(
                provisional=division, by=user, now=clock.now(), **form.cleaned_data
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{division}”已归入“{form.cleaned_data['real']}”，共移动 {moved} 条记录。")
            return redirect("places:see_divisions")
    context = {
        "form": form,
        "title": f"将“{division}”归入正式区划",
        "button": "归入",
        "counts": division_queries.resting_on(division),
    }
    return render(request, "places/division_form.html", context, status=422 if form.errors else 200)

"""Answers on paper and at the door: the list of households, typing in, attempts, printed sheets."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.consultation import access, answer_services, queries, services
from gongdi.apps.consultation.forms.answering import AttemptForm, EnterForm, FindHouseholdForm
from gongdi.apps.consultation.models import Round
from gongdi.apps.consultation.presenting import ROUNDING, menu_shown, pledge_lines
from gongdi.apps.dwellings.queries import buildings_of
from gongdi.apps.organisations.contacts import whom_to_ask
from gongdi.apps.places.services import RefusedError
from gongdi.core.consultation.answers import Channel
from gongdi.web import clock

A_PAGE = 40
"""Homes on a page: more are a long way down on a phone."""

OPEN = Round.State.OPEN.value


def _building(request: HttpRequest) -> str:
    """The number of the building asked for; "" when it is none that a database could hold."""
    found = request.GET.get("building", "")
    return found if found.isdecimal() and len(found) < 10 else ""


@require_http_methods(["GET", "POST"])
def see_households(request: HttpRequest, pk: int) -> HttpResponse:
    """Every dwelling: reached, or why not; and the way to type in a sheet."""
    asked = access.get_round(person(request), pk, access.ANSWERS, OPEN, Round.State.CLOSED.value)
    form = FindHouseholdForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        if asked.households.filter(number=number, left_off="").exists():
            return redirect("consultation:enter_answer", pk=pk, number=number)
        form.add_error("number", "这次征询没有这个序号。请看征询表右上角的序号。")
    building, missing = _building(request), request.GET.get("missing") == "1"
    context = {
        "form": form, "round": asked, "buildings": buildings_of(asked.compound), "building": building,
        "missing": missing, "may_enter": person(request).may(access.ENTER, asked.compound.place),
        "page": Paginator(queries.household_lines(asked, building, missing), A_PAGE).get_page(request.GET.get("page")),
        "base_query": urlencode({"building": building, "missing": "1" if missing else ""}),
    }  # fmt: skip
    return render(request, "consultation/households.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter_answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Type in the answer of a household."""
    user = person(request)
    asked = access.get_round(user, pk, access.ENTER, OPEN)
    household = access.get_household(asked, number)
    form = EnterForm(
        asked.items.all(), household.pk, request.POST or None, pledges=asked.asked_pledges,
        initial={"key": secrets.token_urlsafe(24)},
    )  # fmt: skip
    if form.is_valid():
        data = form.cleaned_data
        given = form.given(form.side_of(data), Channel(data["channel"]))
        try:
            answer_services.take_answer(
                household=household, given=given, key=data["key"], by=user, today=clock.today(), now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{household} 的答复已录入。")
            return redirect("consultation:see_households", pk=pk)
    earlier = queries.earlier_responses(household)
    context = {"form": form, "round": asked, "household": household, "earlier": earlier}
    return render(request, "consultation/enter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def note_attempt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Note why a household was not reached."""
    user = person(request)
    asked = access.get_round(user, pk, access.ENTER, OPEN)
    household = access.get_household(asked, number)
    form = AttemptForm(request.POST or None)
    if form.is_valid():
        try:
            services.note_attempt(household=household, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{household} 已登记。")
            return redirect("consultation:see_households", pk=pk)
    context = {"form": form, "title": f"登记未征求到：{household}", "button": "登记", "round": asked}
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)


def _qr(request: HttpRequest, asked: Round) -> SafeString:
    text = request.build_absolute_uri(reverse("consultation:see_own_round", args=[asked.code]))
    # The picture is made of our own address by segno; nothing of it was typed by anybody.
    return mark_safe(segno.make(text, error="m").svg_inline(scale=2, border=2, svgclass="g-qr", lineclass=None))


@require_GET
def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets to fill in, for A4: one blank, or one for each household of a building with its own share of the cost."""
    asked = access.get_round(person(request), pk, access.ENTER, OPEN)
    items, building = list(asked.items.all()), _building(request)
    context = {
        "round": asked, "qr": _qr(request, asked), "rounding": ROUNDING, "menu": menu_shown(asked, items),
        "buildings": buildings_of(asked.compound), "building": building, "sheets": [],
        "pledges": pledge_lines(asked), "contact": whom_to_ask(asked.compound),
    }  # fmt: skip
    if building:
        rows = asked.households.filter(building=int(building), left_off="").select_related("building")
        context["sheets"] = [(row, menu_shown(asked, items, area=row.area, photos={})) for row in rows]
    return render(request, "consultation/sheets.html", context)

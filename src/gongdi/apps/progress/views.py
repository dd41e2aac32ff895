"""The wall chart, and the nodes of one compound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places.models import Compound
from gongdi.apps.places.queries import streets_of
from gongdi.apps.places.services import RefusedError
from gongdi.apps.places.stages import Stage
from gongdi.apps.progress import access, queries, services
from gongdi.apps.progress.forms import DelayForm, ReachForm, ScheduleForm
from gongdi.apps.workdays.known import calendar
from gongdi.web import clock

LATE_ON_A_PAGE = 50


@require_GET
def see_chart(request: HttpRequest) -> HttpResponse:
    """Streets against stages, the map, what is late and why."""
    user = person(request)
    require(user, access.SEE)
    place = request.GET.get("place", "")
    place = place if place.isdigit() else ""
    chart = queries.wall_chart(user, place, clock.today())
    page = Paginator(chart.late, LATE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "chart": chart,
        "page": page,
        "late": queries.late_nodes(list(page), clock.today()),
        "base_query": urlencode({"place": place} if place else {}),
        "stages": Stage.choices,
        "streets": streets_of(user),
        "place": place,
        "today": clock.today(),
        "dots": chart.dots | {"streets": []},
        "register": reverse("places:see_register"),
    }
    return render(request, "progress/chart.html", context)


@require_GET
def see_nodes(request: HttpRequest, pk: int) -> HttpResponse:
    """The nodes of a compound: baseline, deadline, what was reached."""
    user = person(request)
    compound = access.compound_for(user, pk)
    lines, today_at = queries.nodes_of(compound, clock.today())
    context = {
        "compound": compound,
        "lines": lines,
        "today_at": today_at,
        "may_plan": user.may(access.PLAN, compound.place),
        "may_report": user.may(access.REPORT, compound.place),
    }
    return render(request, "progress/nodes.html", context)


def _form(
    request: HttpRequest, compound: Compound, form: forms.Form, words: tuple[str, str], act: Callable[[], Any]
) -> HttpResponse:
    title, said = words
    if form.is_valid():
        try:
            act()
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("progress:see_nodes", pk=compound.pk)
    context = {"form": form, "compound": compound, "title": title}
    return render(request, "progress/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_nodes(request: HttpRequest, pk: int) -> HttpResponse:
    """Schedule a compound backwards from a day."""
    user = person(request)
    compound = access.compound_for(user, pk, access.PLAN)
    form = ScheduleForm(calendar(), clock.today(), queries.reached_of(compound), request.POST or None)
    return _form(
        request, compound, form, ("倒排节点", "节点已排定。"),
        lambda: services.plan_nodes(
            compound=compound, dues=form.dues(), why=form.cleaned_data["why"], by=user, now=clock.now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reach_node(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a node was reached."""
    user = person(request)
    milestone = access.get_milestone(user, pk, access.REPORT)
    form = ReachForm(clock.today(), request.POST or None)
    return _form(
        request, milestone.compound, form, (f"登记“{milestone.get_node_display()}”", "节点完成已登记。"),
        lambda: services.reach_node(milestone=milestone, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def explain_delay(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a node is late."""
    user = person(request)
    milestone = access.get_milestone(user, pk, access.REPORT)
    form = DelayForm(request.POST or None, initial={"why": milestone.late_why})
    return _form(
        request, milestone.compound, form, (f"说明“{milestone.get_node_display()}”滞后原因", "滞后原因已记录。"),
        lambda: services.explain_delay(milestone=milestone, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip

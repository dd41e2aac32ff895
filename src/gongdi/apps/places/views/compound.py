"""The page of one compound, and the form that records a fact of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.places import access, queries, services
from gongdi.apps.places.fact_names import BASIC_GROUP, BY_NAME
from gongdi.apps.places.forms import FactForm
from gongdi.apps.places.stages import moves_from
from gongdi.apps.places.standing import tell_today
from gongdi.web import clock
from gongdi.web.panels import panels


@require_GET
def see_compound(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a compound, from where, since when; and what other apps say of it."""
    user = person(request)
    compound = access.get_compound(user, pk)
    tell_today([compound])
    may_see_facts = user.may(access.SEE_FACTS, compound.place, on=compound)
    groups = queries.fact_groups(compound)
    context = {
        "compound": compound,
        "may_see_facts": may_see_facts,
        "groups": groups if may_see_facts else [each for each in groups if each[0] == BASIC_GROUP],
        "missing": queries.lacking(groups) if may_see_facts else [],
        "events": queries.events_of(compound) if may_see_facts else [],
        "panels": panels.rendered("compound", request, compound),
        "may_record": user.may("places.record_fact", compound.place),
        "moves": moves_from(compound.stage) if user.may("places.move_compound", compound.place) else [],
        "here_address": request.get_full_path(),
    }
    return render(request, "places/compound.html", context)


@require_http_methods(["GET", "POST"])
def record_fact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Record a fact; the form starts from what is known."""
    user = person(request)
    compound = access.get_compound(user, pk, "places.record_fact")
    about = BY_NAME.get(name)
    if about is None:
        raise Http404
    known = queries.current_fact(compound, name)
    form = FactForm(about, known, clock.today(), request.POST or None)
    if form.is_valid():
        services.record_fact(compound=compound, fact=form.fact(), by=user, now=clock.now())
        messages.success(request, f"“{about.title}”已记录。")
        return redirect("places:see_compound", pk=pk)
    context = {"form": form, "compound": compound, "about": about, "known": known}
    return render(request, "places/record_fact.html", context, status=422 if form.errors else 200)

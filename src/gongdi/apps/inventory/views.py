"""Pages of findings."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.inventory import access, queries, services
from gongdi.apps.inventory.export import spaces_workbook
from gongdi.apps.inventory.forms import TreatForm, WithdrawForm, finding_form
from gongdi.apps.inventory.lines import lines
from gongdi.apps.inventory.models import Inspection, SpareSpace, resource_choices
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock

PER_PAGE = 50


@require_GET
def see_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was found about a compound, kind by kind."""
    user = person(request)
    compound = access.compound_for(user, pk)
    own = compound.pk in access.touched_only(user)
    context = {
        "compound": compound,
        "sections": queries.sections_of(compound, user),
        "lacking": None if own else queries.circle_of(compound),
        "own": own,
        "lines": [line.label for line in lines.of(user)] if own else [],
        "may_record": user.may(access.RECORD, compound.place),
    }
    return render(request, "inventory/findings.html", context)


@require_http_methods(["GET", "POST"])
def record_finding(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Record a finding of a kind."""
    user = person(request)
    compound = access.compound_for(user, pk, access.RECORD)
    kind = access.get_kind(key)
    form = finding_form(kind, clock.today(), request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        services.record_finding(kind=kind, compound=compound, columns=form.cleaned_data, by=user, now=clock.now())
        messages.success(request, f"{kind.word}已记录。")
        return redirect("inventory:see_findings", pk=pk)
    context = {"form": form, "compound": compound, "kind": kind}
    return render(request, "inventory/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw_finding(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Withdraw a finding, with the reason."""
    user = person(request)
    finding = access.get_finding(user, key, pk, access.RECORD)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        services.withdraw_finding(
            kind=access.get_kind(key), finding=finding, **form.cleaned_data, by=user, now=clock.now()
        )
        messages.success(request, "已撤下，历史保留在审计记录里。")
        return redirect("inventory:see_findings", pk=finding.compound_id)
    context = {"form": form, "compound": finding.compound, "title": f"撤下“{finding}”", "button": "撤下"}
    return render(request, "inventory/small_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def treat_risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a risk was removed."""
    user = person(request)
    finding = access.get_finding(user, "inspections", pk, access.RECORD)
    if not isinstance(finding, Inspection):
        raise Http404
    form = TreatForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        try:
            services.treat_risk(inspection=finding, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "整改已登记。")
            return redirect("inventory:see_findings", pk=finding.compound_id)
    context = {"form": form, "compound": finding.compound, "title": f"{finding}：登记整改完成", "button": "登记"}
    return render(request, "inventory/small_form.html", context, status=422 if form.errors else 200)


@require_GET
def see_risks(request: HttpRequest) -> HttpResponse:
    """The open risks of all compounds that the person sees, the oldest first."""
    user = person(request)
    require(user, access.SEE)
    rows = queries.open_risks(access.visible_findings(user, Inspection))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inventory/risks.html", {"page": page, "today": clock.today()})


@require_GET
def see_spaces(request: HttpRequest) -> HttpResponse:
    """The spare land and rooms in and around all compounds that the person sees."""
    user = person(request)
    require(user, access.SEE)
    kind, availability = request.GET.get("kind", ""), request.GET.get("availability", "")
    rows = queries.spaces(access.visible_findings(user, SpareSpace), kind, availability)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": resource_choices(),
        "kind": kind,
        "availabilities": SpareSpace.Availability.choices,
        "availability": availability,
        "words": dict(resource_choices()),
        "base_query": f"kind={kind}&availability={availability}",
    }
    return render(request, "inventory/spaces.html", context)


@require_GET
def export_spaces(request: HttpRequest) -> FileResponse:
    """What see_spaces shows, all of it, as a workbook."""
    user = person(request)
    require(user, access.SEE)
    kind, availability = request.GET.get("kind", ""), request.GET.get("availability", "")
    rows = queries.spaces(access.visible_findings(user, SpareSpace), kind, availability)
    return spaces_workbook(rows, clock.now())

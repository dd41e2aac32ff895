from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.planning import access, making, queries, services
from gongdi.apps.planning.forms import BudgetForm, PlanForm
from gongdi.apps.planning.models import AnnualPlanRecord
from gongdi.apps.planning.money import stored_money
from gongdi.apps.planning.reading import PlanReading, groups
from gongdi.apps.policy.packs import governing
from gongdi.exchange.budget import read_budget
from gongdi.exchange.plan_workbook import write_plan_workbook
from gongdi.web import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def see_plans(request: HttpRequest) -> HttpResponse:
    user = person(request)
    require(user, access.SEE)
    places = queries.planned_places(user)
    context = {
        "plans": access.visible_plans(user).select_related("made_by"),
        "places": [(place, name, access.budget_of(place)) for place, name in places],
    }
    return render(request, "planning/plans.html", context)


@require_http_methods(["GET", "POST"])
def make_plan(request: HttpRequest, place: str) -> HttpResponse:
    """Make a plan for a county from what is known today, and keep it."""
    user = person(request)
    access.require_county(user, place)
    ground, budget = governing(place), access.budget_of(place)
    name = queries.place_name(place)
    form = PlanForm(request.POST or None, initial={"title": f"{name}{_years(budget)}年度计划"})
    faults: list[str] = []
    if ground is None:
        faults.append("所在区县还没有设定适用政策。请先在“政策 › 政策包”中设定。")
    if budget is None:
        faults.append("还没有设定年度资金。请先上传资金表。")
    if form.is_valid() and ground is not None and budget is not None:
        made = making.make(place, budget, ground)
        if isinstance(made, making.Made):
            title, now = form.cleaned_data["title"], clock.now()
            row = services.make_plan(place=place, title=title, budget=budget, made=made, by=user, now=now)
            messages.success(request, "计划已编制并保存。")
            return redirect("planning:see_plan", pk=row.pk)
        faults += [str(fault) for fault in made]
    context = {"form": form, "name": name, "place": place, "ground": ground, "budget": budget, "faults": faults}
    context["compounds"] = making.count_compounds(place)
    refused = request.method == "POST"
    return render(request, "planning/make_plan.html", context, status=422 if refused else 200)


def _years(budget: Any) -> str:
    years = budget.money["years"] if budget else []
    return f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0]) if years else ""


@require_http_methods(["GET", "POST"])
def set_budget(request: HttpRequest, place: str) -> HttpResponse:
    """Upload the funds of the next years; nothing of a faulty file is kept."""
    user = person(request)
    access.require_county(user, place)
    name = queries.place_name(place)
    form = BudgetForm(request.POST or None, request.FILES or None)
    problems: Any = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        reading = read_budget(file.read(), name=file.name, county_codes=queries.county_codes(place))
        problems = reading.problems
        if reading.budget is not None and not any(each.is_error for each in problems):
            money = stored_money(reading.budget.years, reading.budget.funds, reading.budget.names)
            title = form.cleaned_data["title"]
            services.set_budget(place=place, title=title, money=money, source=file.name, by=user, now=clock.now())
            messages.success(request, "年度资金已保存。")
            return redirect("planning:make_plan", place=place)
    status = 422 if form.errors or problems else 200
    context = {"form": form, "name": name, "place": place, "problems": problems, "budget": access.budget_of(place)}
    return render(request, "planning/set_budget.html", context, status=status)


def _which(request: HttpRequest) -> str:
    return "trial" if request.GET.get("with") == "undetermined" else "firm"


def _reading(plan: AnnualPlanRecord, request: HttpRequest) -> PlanReading:
    which = _which(request)
    if plan.document.get(which) is None:
        raise Http404
    return PlanReading(plan.document, which)


@require_GET
def see_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Both ways side by side, the flow of money, by year and street, what moved and why."""
    plan = access.get_plan(person(request), pk)
    reading = _reading(plan, request)
    lines = reading.lines()
    context = {
        "plan": plan,
        "document": plan.document,
        "reading": reading,
        "listed": reading.summary("listed"),
        "best": reading.summary("best"),
        "lines": lines,
        "moves": [line for line in lines if line.moved],
        "flow": reading.flow(),
        "groups": groups(plan.document, _which(request)),
        "trial": request.GET.get("with") == "undetermined",
    }
    return render(request, "planning/plan.html", context)


@require_GET
def see_scores(request: HttpRequest, pk: int) -> HttpResponse:
    """The scored list with its breakdown, and how the order moves when a weight moves."""
    plan = access.get_plan(person(request), pk)
    context = {"plan": plan, "document": plan.document, **queries.scores(plan, request.GET)}
    return render(request, "planning/scores.html", context)


@require_GET
def export_plan(request: HttpRequest, pk: int) -> FileResponse:
    """The plan as a workbook that a bureau could send out."""
    plan = access.get_plan(person(request), pk)
    stream = BytesIO()
    write_plan_workbook(stream, plan.document, title=plan.title, made_on=clock.local_date(plan.made_at))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{plan.title}.xlsx", content_type=XLSX)

"""Campaigns: the list, drafting, opening, progress, closing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey import access, queries, services
from gongdi.apps.survey.forms import CampaignForm, CloseForm, ReassignForm
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.apps.survey.questions import asked, grouped
from gongdi.apps.survey.surveyors import surveyors_at
from gongdi.web import clock

PER_PAGE = 50


@require_GET
def see_campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns that concern the person's places, the newest first."""
    user = person(request)
    require(user, access.SEE)
    page = Paginator(access.campaigns_met(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": clock.today(), "may_run": user.may_anywhere(access.RUN)}
    return render(request, "survey/campaigns.html", context)


@require_http_methods(["GET", "POST"])
def draft_campaign(request: HttpRequest) -> HttpResponse:
    """Draft a campaign."""
    user = person(request)
    require(user, access.RUN)
    form = CampaignForm(user, clock.today(), request.POST or None)
    if form.is_valid():
        made = services.draft_campaign(plan=form.plan(), by=user, now=clock.now())
        messages.success(request, f"“{made}”已起草。核对无误后点“开始调查”。")
        return redirect("survey:see_campaign", pk=made.pk)
    context = {"form": form, "title": "起草调查任务", "button": "保存草稿"}
    return render(request, "survey/campaign_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a campaign that has not been opened."""
    user = person(request)
    campaign = access.get_campaign(user, pk, access.RUN)
    form = CampaignForm(user, clock.today(), request.POST or None, campaign=campaign)
    if form.is_valid():
        try:
            services.change_campaign(campaign=campaign, plan=form.plan(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已修改。")
            return redirect("survey:see_campaign", pk=pk)
    context = {"form": form, "title": f"修改“{campaign}”", "button": "保存", "campaign": campaign}
    return render(request, "survey/campaign_form.html", context, status=422 if form.errors else 200)


@require_GET
def see_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a campaign is, by street and community, and its assignments."""
    user = person(request)
    campaign = access.get_campaign(user, pk)
    street, state, today = request.GET.get("street", ""), request.GET.get("state", ""), clock.today()
    rows = queries.assignments_of(user, campaign, street, state)
    context = {
        "campaign": campaign,
        "today": today,
        "late": campaign.state == Campaign.State.OPEN and campaign.ends_on < today,
        "progress": queries.progress_of(queries.assignments_of(user, campaign, "", ""), today),
        "states": Assignment.State.choices,
        "state": state,
        "street": street,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "base_query": f"street={street}&state={state}",
        "groups": grouped(asked(campaign.questions)),
        "chosen": campaign.compounds.select_related("street", "community")[:200]
        if campaign.state == Campaign.State.DRAFT
        else [],
        "may_run": user.may(access.RUN, campaign.place),
        "may_fill": user.may_anywhere(access.FILL),
        "close_form": CloseForm(),
        "sheets": queries.sheets_of(user, campaign),
    }
    return render(request, "survey/campaign.html", context)


@require_POST
def open_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a campaign."""
    user = person(request)
    campaign = access.get_campaign(user, pk, access.RUN)
    try:
        services.open_campaign(campaign=campaign, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "调查已开始，填报人的待办里已列出。")
    return redirect("survey:see_campaign", pk=pk)


@require_POST
def close_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a campaign."""
    user = person(request)
    campaign = access.get_campaign(user, pk, access.RUN)
    form = CloseForm(request.POST)
    try:
        why = form.cleaned_data["why"] if form.is_valid() else ""
        services.close_campaign(campaign=campaign, why=why, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "调查已结束。")
    return redirect("survey:see_campaign", pk=pk)


@require_http_methods(["GET", "POST"])
def reassign_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an assignment to somebody else."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.RUN)
    form = ReassignForm(surveyors_at(assignment.place), request.POST or None)
    if form.is_valid():
        try:
            services.reassign_assignment(assignment=assignment, to=form.person(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{assignment.compound}”已改派。")
            return redirect("survey:see_campaign", pk=assignment.campaign_id)
    context = {"form": form, "assignment": assignment}
    return render(request, "survey/reassign.html", context, status=422 if form.errors else 200)

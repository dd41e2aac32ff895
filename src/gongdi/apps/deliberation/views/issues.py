"""Pages of issues on site."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.deliberation import access, issue_services, queries
from gongdi.apps.deliberation.export import issues_workbook
from gongdi.apps.deliberation.forms import AssignForm, HandleForm, NoteForm, ReportForm, WhyForm
from gongdi.apps.deliberation.models import Issue
from gongdi.apps.places.access import get_compound, visible_compounds
from gongdi.core.issues.gates import STEP_WORDS, State, Step, steps_open
from gongdi.web import clock
from gongdi.web.asking import Page, asked

PER_PAGE = 50


def page_of(issue: Issue) -> str:
    """The address of an issue's page."""
    return reverse("deliberation:see_issue", args=[issue.pk])


@require_GET
def see_issues(request: HttpRequest) -> HttpResponse:
    """The issues of the person's places or that concern them, with the counts by street."""
    user = person(request)
    require(user, access.SEE)
    today, show = clock.today(), request.GET.get("show", "")
    seen = access.visible_issues(user)
    page = Paginator(queries.chosen(seen, show, today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, queries.overdue_days(row, today)) for row in page], "show": show,
        "states": Issue.STATES, "base_query": f"show={show}", "streets": queries.by_street(seen, today),
    }  # fmt: skip
    return render(request, "deliberation/issues.html", context)


@require_GET
def export_issues(request: HttpRequest) -> FileResponse:
    """What see_issues shows, all of it, as a workbook with the counts by street."""
    user = person(request)
    require(user, access.SEE)
    today, seen = clock.today(), access.visible_issues(user)
    rows = queries.chosen(seen, request.GET.get("show", ""), today)
    return issues_workbook(rows, queries.by_street(seen, today), clock.now())


@require_GET
def see_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue: where, who, by when, what happened, what the person may do next."""
    user = person(request)
    issue = access.get_issue(user, pk)
    who = access.as_whom(user, issue)
    own = issue.handled_by_id == user.pk or issue_services.only_handles(who)
    steps = [(step.value, STEP_WORDS[step]) for step in steps_open(State(issue.state), who)
             if not (step is Step.CLOSE and own)]  # fmt: skip
    context = {
        "issue": issue, "history": queries.history(issue), "steps": steps,
        "late": queries.overdue_days(issue, clock.today()),
    }  # fmt: skip
    return render(request, "deliberation/issue.html", context)


@require_http_methods(["GET", "POST"])
def report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Report an issue of a compound."""
    user = person(request)
    compound = get_compound(user, pk)
    require(user, access.REPORT, compound.place, on=compound)
    form = ReportForm(visible_compounds(user).filter(pk=pk), request.POST or None, request.FILES or None)
    back = reverse("places:see_compound", args=[pk])
    page = Page("登记现场问题", "登记", back, compound.name, "已登记。请分派承办单位。")
    return asked(
        request, form, page,
        lambda: issue_services.report_issue(
            compound=compound, reported=form.reported, photos=form.cleaned_data["photos"], by=user, now=clock.now()
        ),
        to=page_of,
    )  # fmt: skip


Service = Callable[..., object]
"""A service of a step: the issue, what the form asks, under which parts, who, when."""


def _stepped(
    request: HttpRequest, pk: int, step: Step, form: forms.Form, service: Service, note: str = ""
) -> HttpResponse:
    """A step's page: the form, and what it does."""
    user = person(request)
    issue = access.get_issue(user, pk)
    who = access.as_whom(user, issue)
    word = STEP_WORDS[step]
    page = Page(word, word, page_of(issue), str(issue), f"已{word}。", note or issue.text)
    return asked(
        request, form, page, lambda: service(issue=issue, **form.cleaned_data, who=who, by=user, now=clock.now())
    )


@require_http_methods(["GET", "POST"])
def assign_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign an issue to a body."""
    issue = access.get_issue(person(request), pk)
    require(person(request), access.KEEP, issue.place)
    form = AssignForm(access.bodies_for(issue), request.POST or None, initial={"body": issue.body_id})
    return _stepped(request, pk, Step.ASSIGN, form, issue_services.assign_issue)


@require_http_methods(["GET", "POST"])
def handle_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    issue = access.get_issue(person(request), pk)
    require(person(request), access.HANDLE, issue.place, on=issue.compound)
    form = HandleForm(request.POST or None, request.FILES or None)
    return _stepped(request, pk, Step.HANDLE, form, issue_services.handle_issue)


@require_http_methods(["GET", "POST"])
def close_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an issue after looking at it."""
    form = NoteForm(request.POST or None)
    return _stepped(
        request, pk, Step.CLOSE, form, issue_services.close_issue, "到现场看过、确认解决了再销号。处理人不能自己销号。"
    )


@require_http_methods(["GET", "POST"])
def reopen_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen an issue."""
    form = WhyForm(request.POST or None)
    return _stepped(request, pk, Step.REOPEN, form, issue_services.reopen_issue)


@require_http_methods(["GET", "POST"])
def escalate_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an overdue issue to the county."""
    issue = access.get_issue(person(request), pk)
    require(person(request), access.KEEP, issue.place)
    form = NoteForm(request.POST or None)
    return _stepped(request, pk, Step.ESCALATE, form, issue_services.escalate_issue)


@require_http_methods(["GET", "POST"])
def dismiss_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an issue is none."""
    issue = access.get_issue(person(request), pk)
    require(person(request), access.KEEP, issue.place)
    form = WhyForm(request.POST or None)
    return _stepped(request, pk, Step.DISMISS, form, issue_services.dismiss_issue)

"""After publishing: objections and answers, the printed record, confirmation, submission, the street's receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.voting import access, queries, result_services
from gongdi.apps.voting.forms.steps import AnswerForm, RecordObjectionForm, StepForm
from gongdi.apps.voting.presenting import shown
from gongdi.apps.voting.views.asking import About, asked_of, page_of
from gongdi.web import clock


@require_GET
def see_objections(request: HttpRequest, pk: int) -> HttpResponse:
    """The objections to a result with their answers."""
    user = person(request)
    vote = access.get_vote(user, pk)
    place = vote.compound.place
    context = {
        "vote": vote, "objections": list(vote.objections.select_related("recorded_by", "answered_by")),
        "may_record": user.may(access.ENTER, place), "may_answer": user.may(access.KEEP, place),
    }  # fmt: skip
    return render(request, "voting/objections.html", context)


@require_http_methods(["GET", "POST"])
def raise_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an objection down for somebody who came or wrote."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    form = RecordObjectionForm(request.POST or None, initial={"received_on": clock.today()})
    return asked_of(
        request, form, page_of(vote, "登记异议", "登记", "异议已登记，须在结果生效前答复。", "see_objections"),
        lambda: result_services.raise_objection(
            vote=vote, **form.cleaned_data, today=clock.today(), by=user, now=clock.now()
        ),
        About(vote),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    user = person(request)
    row = access.get_objection(user, pk)
    form = AnswerForm(request.POST or None)
    return asked_of(
        request, form, page_of(row.vote, f"答复异议 {row.number}", "答复", "已答复。", "see_objections"),
        lambda: result_services.answer_objection(objection=row, **form.cleaned_data, by=user, now=clock.now()),
        About(row.vote, told=row.text),
    )  # fmt: skip


@require_GET
def print_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a closed vote for signature, A4: roll, channels, invalid papers, both bounds, signature lines."""
    vote = access.get_vote(person(request), pk)
    over = vote.state in (vote.State.OBJECTIONS, vote.State.FINAL)
    context = {
        "vote": vote, "over": over, "matters": [shown(each) for each in queries.counts_of(vote)] if over else [],
        "figures": queries.record_figures(vote), "discarded": queries.discarded_papers(vote),
        "objections": list(vote.objections.all()), "steps": list(vote.steps.select_related("by")),
    }  # fmt: skip
    return render(request, "voting/record.html", context)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step with a final result: its permission, title and service, and what its form asks."""

    permission: str
    title: str
    service: Callable[..., object]
    whose: str
    noted: str = "说明"


def _step(request: HttpRequest, pk: int, step: _Step) -> HttpResponse:
    user = person(request)
    vote = access.get_vote(user, pk, step.permission)
    if step.permission == access.RECEIVE:
        body = str(vote.compound.street or "")
    else:
        body = vote.steps.order_by("at").values_list("body", flat=True).last() or ""
    form = StepForm(step.whose, step.noted, request.POST or None, initial={"body": body})
    return asked_of(
        request, form, page_of(vote, step.title, step.title, f"已办：{step.title}。"),
        lambda: step.service(vote=vote, **form.cleaned_data, by=user, now=clock.now()), About(vote),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def confirm_result(request: HttpRequest, pk: int) -> HttpResponse:
    """The owners' committee or the residents' group confirms."""
    return _step(request, pk, _Step(access.CONFIRM, "确认结果", result_services.confirm_result, "哪个业委会或居民小组"))


@require_http_methods(["GET", "POST"])
def submit_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit to the street."""
    return _step(request, pk, _Step(access.CONFIRM, "提交街道", result_services.submit_result, "由谁提交"))


@require_http_methods(["GET", "POST"])
def receive_result(request: HttpRequest, pk: int) -> HttpResponse:
    """The street takes it in."""
    return _step(request, pk, _Step(access.RECEIVE, "街道收件", result_services.receive_result, "收件街道", "收件编号"))

"""Review: what was submitted side by side, accepted or returned."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.models import User
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey import access, review_services
from gongdi.apps.survey.forms import AcceptForm
from gongdi.apps.survey.models import Assignment
from gongdi.apps.survey.questions import AnswerFault, read_answer
from gongdi.apps.survey.review_services import Written
from gongdi.apps.survey.reviewing import Review, review_of
from gongdi.web import clock

OWN = "write"


def _page(
    request: HttpRequest, user: User, review: Review, faults: Mapping[str, str] = {}, status: int = 200
) -> HttpResponse:
    row = review.assignment
    waiting = row.state == Assignment.State.WAITING
    own = any(each.by_id == user.pk for each in review.submissions)
    context = {
        "assignment": row,
        "campaign": row.campaign,
        "compound": row.compound,
        "review": review,
        "form": AcceptForm(request.POST or None, initial={"seen": review.seen}),
        "faults": faults,
        "typed": request.POST,
        "may_review": waiting and not own and user.may(access.REVIEW, row.place),
        "own": waiting and own and user.may(access.REVIEW, row.place),
        "may_fill": user.may(access.FILL, row.place),
        "may_run": user.may(access.RUN, row.place),
    }
    return render(request, "survey/review.html", context, status=status)


@require_GET
def review_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """An assignment as it stands: every question, who changed it, where they differ."""
    user = person(request)
    return _page(request, user, review_of(access.get_assignment(user, pk)))


def _decided(request: HttpRequest, review: Review) -> tuple[dict[str, Written], dict[str, str]]:
    """What the reviewer chose for each question in conflict, and what is wrong with what they wrote."""
    decided: dict[str, Written] = {}
    faults: dict[str, str] = {}
    for line in review.conflicts:
        key = line.question.key
        choice = request.POST.get(f"{key}~choice", "")
        if choice == OWN:
            try:
                text = request.POST.get(f"{key}~value", "")
                value = read_answer(line.question, text, request.POST.get(f"{key}~quantity", ""), clock.today())
                decided[key] = Written(value=value)
            except AnswerFault as fault:
                faults[key] = str(fault)
        elif choice:
            decided[key] = Written(choice)
        else:
            faults[key] = "请选定一个，或另写一个。"
    return decided, faults


@require_POST
def accept_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what was submitted."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.REVIEW)
    review, form = review_of(assignment), AcceptForm(request.POST)
    decided, faults = _decided(request, review)
    if faults or not form.is_valid():
        return _page(request, user, review, faults, 422)
    try:
        review_services.accept_submission(
            assignment=assignment, decided=decided, by=user, now=clock.now(), **form.cleaned_data
        )
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("survey:review_assignment", pk=pk)
    messages.success(request, f"“{assignment.compound}”的填报已通过，情况已记入项目库。")
    return redirect("survey:see_campaign", pk=assignment.campaign_id)


@require_POST
def return_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what was submitted, with reasons."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.REVIEW)
    keys = ["", *assignment.campaign.questions]
    reasons = {key: request.POST.get(f"{key}~reason", "") for key in keys}
    try:
        review_services.return_submission(assignment=assignment, reasons=reasons, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("survey:review_assignment", pk=pk)
    messages.success(request, f"“{assignment.compound}”的填报已退回，填报人会看到理由。")
    return redirect("survey:see_campaign", pk=assignment.campaign_id)

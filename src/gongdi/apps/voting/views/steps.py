"""The steps of a vote, each a page of its own or a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongdi.apps.accounts.access import person
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import access, queries, services
from gongdi.apps.voting.forms import FreezeForm, PublishForm, VoidForm
from gongdi.web import clock


def _done(request: HttpRequest, pk: int, service: Callable[..., object], said: str, **more: date) -> HttpResponse:
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    try:
        service(vote=vote, **more, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("voting:see_vote", pk=pk)


@require_http_methods(["GET", "POST"])
def freeze_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the roll as of a day."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = FreezeForm(clock.today(), request.POST or None)
    if form.is_valid():
        try:
            services.freeze_roll(vote=vote, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "名册已固定。请公示名册，核对无误后开始投票。")
            return redirect("voting:see_frozen_roll", pk=pk)
    context = {"form": form, "title": "固定名册", "button": "固定名册", "vote": vote}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_POST
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a vote."""
    return _done(request, pk, services.open_vote, "表决已开始。到开始时间后即可投票。")


@require_http_methods(["GET", "POST"])
def close_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a vote after its window; the page lists the papers that wait, which may still be typed in afterwards."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if request.method == "POST":
        return _done(request, pk, services.close_vote, "表决已截止。请录完等待的选票、核对计票，再公示结果。")
    context = {"vote": vote, "papers": queries.waiting_papers(vote, user), "now": clock.now(), "early": False}
    return render(request, "voting/close.html", context)


@require_http_methods(["GET", "POST"])
def end_vote_early(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a vote before its time, where its rules allow it and nothing can turn the verdict."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if request.method == "POST":
        return _done(request, pk, services.end_vote_early, "结果已成定局，表决提前截止。")
    context = {"vote": vote, "papers": queries.waiting_papers(vote, user), "now": clock.now(), "early": True}
    return render(request, "voting/close.html", context)


@require_POST
def finish_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a result final."""
    return _done(request, pk, services.finish_vote, "结果已生效。", today=clock.today())


@require_http_methods(["GET", "POST"])
def publish_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the preliminary result."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        try:
            services.publish_result(vote=vote, **form.cleaned_data, today=clock.today(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "结果已公示。")
            return redirect("voting:see_vote", pk=pk)
    context = {"form": form, "title": "公示结果", "button": "开始公示", "vote": vote}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def void_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a vote with the reason."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = VoidForm(request.POST or None)
    if form.is_valid():
        try:
            services.void_vote(vote=vote, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已作废。日志和选票保留。")
            return redirect("voting:see_vote", pk=pk)
    context = {"form": form, "title": "作废表决", "button": "作废", "vote": vote}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)

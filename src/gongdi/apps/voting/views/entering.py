"""Paper ballots: printing them, typing them in twice by two people."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import access, ballot_services, queries
from gongdi.apps.voting.forms import FindUnitForm, PaperForm
from gongdi.web import clock


@require_GET
def print_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Paper ballots for A4, numbered by the roll, each with the QR code of its entry page."""
    vote = access.get_vote(person(request), pk, access.ENTER)
    units = [(unit, _qr(request, pk, unit.place_on_roll)) for unit in queries.votable_units(vote)]
    context = {"vote": vote, "units": units, "matters": vote.matters.all()}
    return render(request, "voting/ballots.html", context)


def _qr(request: HttpRequest, pk: int, number: int) -> SafeString:
    text = request.build_absolute_uri(reverse("voting:enter_paper", args=[pk, number]))
    # The picture is made of our own address by segno; nothing of it was typed by anybody.
    return mark_safe(segno.make(text, error="m").svg_inline(scale=2, border=2, svgclass="g-qr", lineclass=None))


@require_http_methods(["GET", "POST"])
def see_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed once and waits for another, and the way to type in the next."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    form = FindUnitForm(request.POST or None)
    if form.is_valid():
        return redirect("voting:enter_paper", pk=pk, number=form.cleaned_data["number"])
    context = {"form": form, "vote": vote, "papers": queries.waiting_papers(vote, user)}
    return render(request, "voting/papers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter_paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Type a paper ballot in for the first time."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    form = PaperForm(vote, request.POST or None)
    if form.is_valid():
        try:
            ballot_services.enter_paper(
                vote=vote, unit=unit, answers=form.answers, by_proxy=form.cleaned_data["by_proxy"], by=user,
                now=clock.now(),
            )  # fmt: skip
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"第 {number} 号已录入，请由另一人复核。")
            return redirect("voting:see_papers", pk=pk)
    context = {"form": form, "title": f"录入第 {number} 号选票", "button": "录入", "vote": vote, "unit": unit}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Type a paper ballot in again, without seeing what the first typed."""
    user = person(request)
    paper = access.get_paper(user, pk)
    form = PaperForm(paper.vote, request.POST or None)
    if form.is_valid():
        try:
            done = ballot_services.check_paper(paper=paper, answers=form.answers, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            if done.state == done.State.CAST:
                messages.success(request, "两次录入一致，已计入。")
            else:
                messages.warning(request, "两次录入不一致，没有计入。请对照选票原件，由第三人再录一次。")
            return redirect("voting:see_papers", pk=paper.vote_id)
    number = paper.unit.place_on_roll
    context = {
        "form": form,
        "title": f"复核第 {number} 号选票",
        "button": "复核",
        "vote": paper.vote,
        "unit": paper.unit,
    }
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)

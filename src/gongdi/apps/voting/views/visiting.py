"""Home visits, the voter whom co-owners named, written proxies, and the receipt of a ballot that staff entered."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.voting import access, visit_services, voter_services
from gongdi.apps.voting.finding import find_units
from gongdi.apps.voting.forms.ballots import FindForm, MandateForm, NameVoterForm, VisitForm
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.views.asking import About, asked_of, page_of
from gongdi.apps.voting.views.own import picture_of
from gongdi.web import clock


@require_GET
def see_visits(request: HttpRequest, pk: int) -> HttpResponse:
    """Which home is being visited: found by what stands on its door, or by its place on the roll."""
    vote = access.get_vote(person(request), pk, access.ENTER)
    form = FindForm(request.GET or None)
    found = find_units(vote, form.cleaned_data["words"]) if form.is_valid() else []
    if len(found) == 1:
        return redirect("voting:see_unit", pk=pk, number=found[0].place_on_roll)
    context = {"form": form, "vote": vote, "units": found, "searched": form.is_bound}
    return render(request, "voting/visits.html", context)


@require_GET
def see_unit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One unit for who enters its ballots: its named voter, its proxy, what came by which channel, what can be done."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    context = {
        "vote": vote, "unit": unit, "voters": list(unit.voters.select_related("owner", "account")),
        "mandates": list(unit.mandates.all()), "owners": list(unit.owners.all()),
        "ballots": list(unit.ballots.select_related("entry").order_by("received_at")), "user": user,
        "shut": vote.why_shut(clock.now()), "begun": clock.now() >= vote.since,
    }  # fmt: skip
    return render(request, "voting/unit.html", context)


@require_http_methods(["GET", "POST"])
def enter_visit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A ballot at the door."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    why_not = unit.why_nobody_votes() or vote.why_shut(clock.now())
    if request.method == "GET" and why_not:
        messages.warning(request, why_not)
        return redirect("voting:see_unit", pk=pk, number=number)
    initial = {"key": secrets.token_urlsafe(24)}
    form = VisitForm(vote, request.POST or None, request.FILES or None, unit=unit, initial=initial)
    page = page_of(vote, "入户登记选票", "登记这张选票", "已计入。请把回执给业主：打印，或请业主拍照。")
    return asked_of(
        request, form, page,
        lambda: visit_services.enter_visit(
            vote=vote, unit=unit, given=form.given, signed=form.cleaned_data["signed"], key=form.cleaned_data["key"],
            by=user, now=clock.now(),
        ),
        About(vote, unit), to=lambda ballot: reverse("voting:see_entered_receipt", args=[ballot.pk]),
        template="voting/visit.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def name_voter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Register whom the co-owners named."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    form = NameVoterForm(unit, request.POST or None)
    return asked_of(
        request, form, page_of(vote, "登记推选的投票人", "登记", "已登记推选的投票人。", "see_unit", number),
        lambda: voter_services.name_voter(vote=vote, unit=unit, **form.cleaned_data, by=user, now=clock.now()),
        About(vote, unit),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def record_mandate(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Record a written proxy."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    form = MandateForm(request.POST or None, request.FILES or None)
    done = "已登记委托，受托人填写的选票可以录入了。"
    return asked_of(
        request, form, page_of(vote, "登记委托", "登记", done, "see_unit", number),
        lambda: voter_services.record_mandate(
            vote=vote, unit=unit, agent=form.cleaned_data["agent"], file=form.cleaned_data["photo"], by=user,
            now=clock.now(),
        ),
        About(vote, unit),
    )  # fmt: skip


@require_GET
def see_entered_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a ballot, for the person who took it in at the door or typed it in, to hand to the owner."""
    ballot = access.get_entered_ballot(person(request), pk)
    receipt = receipt_of(ballot.vote, ballot.entry)
    context = {"ballot": ballot, "vote": ballot.vote, "receipt": receipt, "picture": picture_of(receipt)}
    return render(request, "voting/entered_receipt.html", context)

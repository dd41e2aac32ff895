"""Home visits, the voter whom co-owners named, written proxies, and the receipt of a ballot that staff entered."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import access, visit_services, voter_services
from gongdi.apps.voting.forms import FindUnitForm, MandateForm, NameVoterForm, VisitForm
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.views.own import picture_of
from gongdi.web import clock


@require_http_methods(["GET", "POST"])
def see_visits(request: HttpRequest, pk: int) -> HttpResponse:
    """Which dwelling is being visited."""
    vote = access.get_vote(person(request), pk, access.ENTER)
    form = FindUnitForm(request.POST or None)
    if form.is_valid():
        return redirect("voting:see_unit", pk=pk, number=form.cleaned_data["number"])
    context = {"form": form, "title": "入户和代投登记", "button": "下一步", "vote": vote}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


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
    }  # fmt: skip
    return render(request, "voting/unit.html", context)


@require_http_methods(["GET", "POST"])
def enter_visit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A ballot at the door."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    initial = {"key": secrets.token_urlsafe(24)}
    form = VisitForm(vote, request.POST or None, request.FILES or None, unit=unit, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            ballot = visit_services.enter_visit(
                vote=vote, unit=unit, given=form.given, signed=data["signed"], key=data["key"], by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已计入。请把回执给业主：打印，或请业主拍照。")
            return redirect("voting:see_entered_receipt", pk=ballot.pk)
    context = {"form": form, "vote": vote, "unit": unit}
    return render(request, "voting/visit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def name_voter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Register whom the co-owners named."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    form = NameVoterForm(unit, request.POST or None)
    if form.is_valid():
        try:
            voter_services.name_voter(vote=vote, unit=unit, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记推选的投票人。")
            return redirect("voting:see_unit", pk=pk, number=number)
    context = {"form": form, "title": "登记推选的投票人", "button": "登记", "vote": vote, "unit": unit}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record_mandate(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Record a written proxy."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    form = MandateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            voter_services.record_mandate(
                vote=vote, unit=unit, agent=data["agent"], file=data["photo"], by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记委托，受托人填写的选票可以录入了。")
            return redirect("voting:see_unit", pk=pk, number=number)
    context = {"form": form, "title": "登记委托", "button": "登记", "vote": vote, "unit": unit}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_GET
def see_entered_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a ballot, for the person who took it in at the door or typed it in, to hand to the owner."""
    ballot = access.get_entered_ballot(person(request), pk)
    receipt = receipt_of(ballot.vote, ballot.entry)
    context = {"ballot": ballot, "vote": ballot.vote, "receipt": receipt, "picture": picture_of(receipt)}
    return render(request, "voting/entered_receipt.html", context)

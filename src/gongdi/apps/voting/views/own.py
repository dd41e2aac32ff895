"""Pages of a resident: my votes, voting, my receipt."""

from __future__ import annotations

import secrets

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.access import resident, resident_page
from gongdi.apps.voting import access, queries, result_services
from gongdi.apps.voting.ballot_services import Given, Handed, hand_in_ballot
from gongdi.apps.voting.forms import ObjectionForm, PhoneForm
from gongdi.core.voting.ballots import Channel
from gongdi.core.voting.receipts import Receipt
from gongdi.web import clock, origin


@require_GET
@resident_page
def see_own_votes(request: HttpRequest) -> HttpResponse:
    """The votes in which I have a vote."""
    units = queries.own_votes(access.own_units(resident(request).account))
    return render(request, "voting/own_votes.html", {"units": units, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@resident_page
def cast_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what each answer means, and my answer."""
    account = resident(request).account
    unit = access.get_own_unit(account, pk)
    form = PhoneForm(unit.vote, request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if form.is_valid():
        given = Given(form.answers, Channel.PHONE)
        try:
            key = form.cleaned_data["key"]
            hand_in_ballot(Handed(unit.vote, unit, given, key, account, clock.now(), origin.current()))
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("voting:see_receipt", pk=pk)
    context = {"form": form, "unit": unit, "vote": unit.vote, "cast": unit.ballots.exists()}
    return render(request, "voting/cast_ballot.html", context, status=422 if form.errors else 200)


def picture_of(receipt: Receipt) -> SafeString:
    """The QR code of a receipt, made by segno; nothing of it was typed by anybody."""
    return mark_safe(
        segno.make(receipt.payload(), error="m").svg_inline(scale=3, border=3, svgclass="g-qr", lineclass=None)
    )


@require_http_methods(["GET", "POST"])
@resident_page
def object_to_result(request: HttpRequest, pk: int) -> HttpResponse:
    """My objection to a published result, and the answers to those I raised."""
    account = resident(request).account
    unit = access.get_own_unit(account, pk)
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        try:
            result_services.raise_objection(
                vote=unit.vote, who=f"{unit.rooms}业主"[:60], text=form.cleaned_data["text"], today=clock.today(),
                by=account, now=clock.now(),
            )  # fmt: skip
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("voting:object_to_result", pk=pk)
    own = list(unit.vote.objections.filter(account=account))
    context = {"form": form, "unit": unit, "vote": unit.vote, "objections": own}
    return render(request, "voting/object.html", context, status=422 if form.errors else 200)


@require_GET
@resident_page
def see_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipts of my household's ballots: which of them counts, and why."""
    unit = access.get_own_unit(resident(request).account, pk)
    ballots, why = queries.own_ballots(unit)
    if not ballots:
        return redirect("voting:cast_ballot", pk=pk)
    context = {"unit": unit, "vote": unit.vote, "ballots": [(each, picture_of(each.receipt)) for each in ballots]}
    context |= {"why": why}
    return render(request, "voting/receipt.html", context)

"""Pages of a resident: my votes, voting, my receipt."""

from __future__ import annotations

import secrets

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.notices.access import what_is_planned
from gongdi.apps.organisations.contacts import whom_to_ask
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.access import resident, resident_page
from gongdi.apps.residents.models import Account
from gongdi.apps.voting import access, queries, result_services
from gongdi.apps.voting.ballot_services import Sent, hand_in_ballot
from gongdi.apps.voting.forms.ballots import PhoneForm, read_phone_form
from gongdi.apps.voting.forms.steps import ObjectionForm
from gongdi.apps.voting.services import ballot_rule
from gongdi.core.voting.ballots import Answer, told_before
from gongdi.core.voting.receipts import Receipt
from gongdi.web import clock, origin
from gongdi.web.asking import Page, asked


@require_GET
@resident_page
def see_own_votes(request: HttpRequest) -> HttpResponse:
    """The votes in which I have a vote."""
    units = queries.own_votes(access.own_units(resident(request).account))
    contact = whom_to_ask(units[0].vote.compound) if units else None
    return render(request, "voting/own_votes.html", {"units": units, "now": clock.now(), "contact": contact})


@require_http_methods(["GET", "POST"])
@resident_page
def cast_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what each answer means, and my answer."""
    account, why = resident(request).account, ""
    if request.method == "POST":
        told = read_phone_form(request.POST) or _read_whole_form(request, account, pk)
        try:
            if told is not None:
                hand_in_ballot(Sent(pk, told[1], told[0], account, clock.now(), origin.current()))
                # Where "voting:see_receipt" stands: finding its address takes longer than all else here.
                return HttpResponseRedirect(f"{request.path}receipt/")
        except RefusedError as refused:
            why = str(refused)
    unit = access.get_own_unit(account, pk)
    form = PhoneForm(unit.vote, request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if why and form.is_valid():
        form.add_error(None, why)
    # Written out, not by `asked`: a ballot that comes in shall not wait for what only the page reads.
    context = {
        "form": form, "unit": unit, "vote": unit.vote, "cast": unit.ballots.exists(),
        "contact": whom_to_ask(unit.vote.compound), "rule": told_before(ballot_rule(unit.vote)),
        "planned": list(what_is_planned(unit.vote.compound)[:4]),
        "shut": "" if form.is_bound else unit.vote.why_shut(clock.now()),
    }  # fmt: skip
    if context["cast"] and not unit.vote.changes and not form.is_bound:
        context["shut"] = "这次表决投后不能改。"
    return render(request, "voting/cast_ballot.html", context, status=422 if form.errors else 200)


def _read_whole_form(request: HttpRequest, account: Account, pk: int) -> tuple[str, dict[int, Answer]] | None:
    """What was sent as the form reads it; None where it lacks something."""
    form = PhoneForm(access.get_own_unit(account, pk).vote, request.POST)
    return (form.cleaned_data["key"], form.answers) if form.is_valid() else None


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
    back = reverse("voting:object_to_result", args=[pk])
    page = Page("对结果有异议", "提交异议", back, "我的异议", "已收到。答复会显示在这里。")
    own = list(unit.vote.objections.filter(account=account))
    return asked(
        request, form, page,
        lambda: result_services.raise_objection(
            vote=unit.vote, who=f"{unit.rooms}业主"[:60], text=form.cleaned_data["text"], today=clock.today(),
            by=account, now=clock.now(),
        ),
        template="voting/object.html", more={"unit": unit, "vote": unit.vote, "objections": own},
    )  # fmt: skip


@require_GET
@resident_page
def see_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipts of my household's ballots: which of them counts, and why. Those given from another number show no
    code: whoever reads a code can find out what was voted."""
    account = resident(request).account
    unit = access.get_own_unit(account, pk)
    ballots, why = queries.own_ballots(unit)
    if not ballots:
        return redirect("voting:cast_ballot", pk=pk)
    context = {"unit": unit, "vote": unit.vote, "ballots": [
        (each, picture_of(each.receipt) if each.ballot.account_id in (None, account.pk) else None) for each in ballots
    ]}  # fmt: skip
    context |= {"why": why}
    return render(request, "voting/receipt.html", context)

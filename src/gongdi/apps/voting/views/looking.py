"""Who voted by which channel, for those with the right; how, and signatures, for those with another and a purpose."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.voting import access, queries, visit_services
from gongdi.apps.voting.evidence import content_of
from gongdi.apps.voting.forms.steps import PurposeForm
from gongdi.apps.voting.views.asking import page_of
from gongdi.web import clock

A_PAGE = 200


@require_http_methods(["GET", "POST"])
def see_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Who voted, by which channel, when; with a purpose and the permission also how."""
    user = person(request)
    vote = access.get_vote(user, pk, access.BALLOTS)
    may = user.may(access.ANSWERS, vote.compound.place)
    form = PurposeForm(request.POST or None)
    told = False
    if request.method == "POST":
        require(user, access.ANSWERS, vote.compound.place)
        if form.is_valid():
            visit_services.see_answers(vote=vote, why=form.cleaned_data["why"], by=user, now=clock.now())
            told = True
    page = Paginator(vote.units.order_by("place_on_roll"), A_PAGE).get_page(request.GET.get("page"))
    rows = queries.turnout(vote, list(page.object_list), told)
    context = {"vote": vote, "page": page, "rows": rows, "may": may, "form": form, "told": told}
    return render(request, "voting/turnout.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def see_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A signature or signed paper, for a stated purpose."""
    user = person(request)
    evidence = access.get_evidence(user, pk)
    form = PurposeForm(request.POST or None)
    if form.is_valid():
        visit_services.see_evidence(evidence=evidence, why=form.cleaned_data["why"], by=user, now=clock.now())
        return HttpResponse(content_of(evidence), content_type=evidence.media_type, headers=_AS_IT_IS)
    page = page_of(evidence.vote, f"查看{evidence.get_kind_display()}", "查看")
    context = {"form": form, "page": page, "vote": evidence.vote}
    context |= {"unit": evidence.unit}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


_AS_IT_IS = {
    "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}  # fmt: skip

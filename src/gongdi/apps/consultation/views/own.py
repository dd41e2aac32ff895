"""Pages of a resident: my rounds, answering one, the photos of its menu."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.consultation import access, answer_services, queries
from gongdi.apps.consultation.forms.answering import AnswerForm
from gongdi.apps.consultation.models import Response, Round
from gongdi.apps.consultation.presenting import ROUNDING, menu_shown
from gongdi.apps.organisations.contacts import whom_to_ask
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.access import resident, resident_page
from gongdi.core.consultation.answers import Channel, Side
from gongdi.web import clock
from gongdi.web.uploads import path_of


@require_GET
@resident_page
def see_own_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds that ask my household."""
    households = queries.own_rounds(access.own_households(resident(request).account))
    return render(request, "consultation/own_rounds.html", {"households": households, "today": clock.today()})


@require_GET
@resident_page
def see_own_round(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code on a printed sheet leads: to the answer of my home, or to the choice among several."""
    asked, households = access.get_own_round(resident(request).account, code)
    if len(households) == 1:
        return redirect("consultation:answer_round", pk=households[0].pk)
    return render(request, "consultation/own_round.html", {
        "round": asked, "households": households, "contact": whom_to_ask(asked.compound),
    })  # fmt: skip


def _initial(last: Response | None) -> dict[str, object]:
    """A new key, and what the resident said last, so that nothing is to be said twice."""
    found: dict[str, object] = {"key": secrets.token_urlsafe(24)}
    if last is not None:
        found |= {f"wish_{number}": said for number, said in last.wishes.items()}
        found |= {f"priority_{place}": str(number) for place, number in enumerate(last.priorities, start=1)}
        found |= {f"pledge_{asked}": said for asked, said in last.pledges.items()}
        found |= {"willing": last.willing, "words": last.words}
    return found


@require_http_methods(["GET", "POST"])
@resident_page
def answer_round(request: HttpRequest, pk: int) -> HttpResponse:
    """What is offered, what it costs us, and what we wish."""
    account = resident(request).account
    household, side = access.get_own_household(account, pk)
    asked, items = household.round, list(household.round.items.all())
    last = queries.latest_response(household, side)
    # What somebody else of the home said, perhaps an owner or tenant before, is theirs: only that it was said is told.
    mine = last if last is not None and last.account_id == account.pk else None
    pledges = asked.asked_pledges if side is Side.OWNERS else ()
    form = AnswerForm(items, household.pk, request.POST or None, pledges=pledges, initial=_initial(mine))
    if form.is_valid():
        given, key = form.given(side, Channel.PHONE), form.cleaned_data["key"]
        try:
            answer_services.take_answer(
                household=household, given=given, key=key, by=account, today=clock.today(), now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已收到，谢谢您。截止前可以再改，以最后一次为准。")
            return redirect("consultation:see_own_rounds")
    menu = menu_shown(asked, items, area=household.area, household=household.pk)
    context = {
        "form": form, "round": asked, "household": household, "side": side.value, "last": last, "mine": mine,
        "rounding": ROUNDING, "contact": whom_to_ask(asked.compound),
        "rows": [(each, field) for each, (_, field) in zip(menu, form.rows, strict=True)],
        "running": asked.state == Round.State.OPEN and asked.since <= clock.today() <= asked.until,
    }  # fmt: skip
    return render(request, "consultation/answer.html", context, status=422 if form.errors else 200)


@require_GET
@resident_page
def show_item_photo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The public copy of the photo of an item of my round."""
    household, _ = access.get_own_household(resident(request).account, pk)
    item = access.get_item(household.round, number)
    photo = queries.photos_of([item]).get(item.pk)
    if photo is None:
        raise Http404
    response: HttpResponse = FileResponse(  # type: ignore[assignment]
        path_of(photo.thumbnail_digest).open("rb"), content_type="image/jpeg"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

"""Pages of the office: rounds, one round, putting it off, closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.consultation import access, queries, services
from gongdi.apps.consultation.forms.drafting import ExtendForm
from gongdi.apps.consultation.menu import households_needed
from gongdi.apps.consultation.models import NOT_REACHED, Round
from gongdi.apps.consultation.presenting import ROUNDING, menu_shown, pledge_lines
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.packs import Governing, governing, library
from gongdi.web import clock


@require_GET
def see_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the person's places."""
    user = person(request)
    require(user, access.SEE)
    context = {"rounds": queries.listed(access.visible_rounds(user)), "may_keep": user.may_anywhere(access.KEEP)}
    return render(request, "consultation/rounds.html", context)


def _ground(asked: Round) -> Governing | None:
    """The pack under which the round was drafted; the one in force today should it be gone."""
    pack = library().packs.get(asked.pack)
    return Governing(pack, asked.as_of, fixed=True) if pack is not None else governing(asked.compound.place)


@require_GET
def see_round(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its menu, its coverage against what the policy asks for, what comes next."""
    user = person(request)
    asked = access.get_round(user, pk)
    place, items, ground = asked.compound.place, list(asked.items.all()), _ground(asked)
    context = {
        "round": asked,
        "menu": menu_shown(asked, items),
        "pack": ground.pack.document.title if ground else asked.pack,
        "may_keep": user.may(access.KEEP, place),
        "may_enter": user.may(access.ENTER, place),
        "may_see_answers": user.may(access.ANSWERS, place),
        "rounding": ROUNDING,
        "over": clock.today() > asked.until,
        "ready": bool(items) and all(row.fen is not None for row in items),
        "pledges": pledge_lines(asked),
        "lists": asked.content_lists.all(),
    }
    if asked.state in Round.RUN:
        covered = queries.coverage(asked)
        needed = households_needed(asked.compound, ground, covered.reached, covered.total) if ground else None
        words = dict(NOT_REACHED)
        context |= {
            "coverage": covered,
            "needed": needed,
            "short": covered.short(needed[0]) if needed else 0,
            "reasons": [(words[reason.value], number) for reason, number in covered.reasons.items() if number],
            "channels": queries.channels_of(asked),
        }
    return render(request, "consultation/round.html", context)


@require_http_methods(["GET", "POST"])
def extend_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the last day off."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            services.extend_round(round=asked, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, "截止日期已改。")
            return redirect("consultation:see_round", pk=pk)
    context = {"form": form, "title": "延长征询", "button": "改截止日期", "round": asked}
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)


@require_POST
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round after its last day."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP)
    try:
        services.close_round(round=asked, today=clock.today(), by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("consultation:see_round", pk=pk)
    messages.success(request, "征询已结束。请看结果，再确定改造内容清单。")
    return redirect("consultation:see_results", pk=pk)

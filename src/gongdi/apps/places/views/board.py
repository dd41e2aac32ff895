"""The board (看板): the pool by stage."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, queries, services
from gongdi.apps.places.forms import MoveForm
from gongdi.apps.places.models import Compound
from gongdi.apps.places.register import is_plain
from gongdi.apps.places.stages import Move, moves_from
from gongdi.web import clock
from gongdi.web.columns import columns
from gongdi.web.ways import own_address

CARDS = 30


@require_GET
def see_board(request: HttpRequest) -> HttpResponse:
    """The four stages with their sums and cards."""
    user = person(request)
    require(user, access.SEE)
    place = request.GET.get("place", "")
    lanes = queries.board(user, place if place.isdigit() else "", CARDS)
    cards = [card.pk for lane in lanes for card in lane.cards]
    plain = is_plain(user)
    marks = {} if plain else columns.cells("register", "outcome", cards)
    may_move = {pk: user.may("places.move_compound", where) for pk, where in _places(lanes)}
    context = {
        "lanes": [
            (lane, [(card, marks.get(card.pk), _moves(card, may_move)) for card in lane.cards]) for lane in lanes
        ],
        "streets": queries.streets_of(user),
        "place": place,
        "plain": plain,
        "here_address": request.get_full_path(),
    }
    template = "places/board_lanes.html" if request.htmx else "places/board.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _places(lanes: list[queries.StageColumn]) -> list[tuple[int, str]]:
    return [(card.pk, card.place) for lane in lanes for card in lane.cards]


def _moves(card: Compound, may_move: dict[int, bool]) -> list[Move]:
    return moves_from(card.stage) if may_move[card.pk] else []


@require_http_methods(["GET", "POST"])
def move_compound(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a compound to another stage; a move back asks for its reason on a page of its own."""
    user = person(request)
    compound = access.get_compound(user, pk, "places.move_compound")
    form = MoveForm(compound.stage, request.POST or None, initial={"target": request.GET.get("target", "")})
    if form.is_valid():
        try:
            moved = services.move_compound(compound=compound, by=user, now=clock.now(), **form.cleaned_data)
        except services.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{moved.name}”已转为“{moved.get_stage_display()}”。")
            return redirect(_back(request))
    context = {"form": form, "compound": compound, "back": _back(request)}
    return render(request, "places/move.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    return own_address(request, wanted, reverse("places:see_board"))

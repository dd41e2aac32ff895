"""Paper ballots: printing them, registering their hand-in, typing them in twice by two people, setting one aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.organisations.contacts import whom_to_ask
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import access, paper_services, queries
from gongdi.apps.voting.forms.papers import DiscardForm, DoubtForm, FindUnitForm, PaperForm, ReceiveForm
from gongdi.apps.voting.models import PaperEntry
from gongdi.apps.voting.views.asking import About, asked_of, page_of
from gongdi.web import clock


@require_GET
def print_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """Paper ballots for A4, numbered by the roll, each with the QR code of its entry page."""
    vote = access.get_vote(person(request), pk, access.ENTER)
    units = queries.votable_units(vote)
    pictures = _pictures(request, pk, [unit.place_on_roll for unit in units])
    context = {
        "vote": vote, "units": list(zip(units, pictures, strict=True)), "matters": vote.matters.all(),
        "contact": whom_to_ask(vote.compound),
    }  # fmt: skip
    return render(request, "voting/ballots.html", context)


def _pictures(request: HttpRequest, pk: int, numbers: Sequence[int]) -> Iterator[SafeString]:
    """The QR codes of the entry pages; made of our own addresses by segno, nothing was typed by anybody.

    Trying all eight masks takes four fifths of the time. The addresses differ in a number only, so the mask that suits
    the first serves all; every reader reads every mask, the code itself says which.
    """
    mask = None
    for number in numbers:
        text = request.build_absolute_uri(reverse("voting:enter_paper", args=[pk, number]))
        made = segno.make(text, error="m", micro=False, mask=mask)
        mask = made.mask
        yield mark_safe(made.svg_inline(scale=2, border=2, svgclass="g-qr", lineclass=None))


@require_http_methods(["GET", "POST"])
def see_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in and waits, what was set aside, and the way to type in the next."""
    user = person(request)
    vote = access.get_vote(user, pk, access.ENTER)
    form = FindUnitForm(request.POST or None)
    if form.is_valid():
        return redirect("voting:enter_paper", pk=pk, number=form.cleaned_data["number"])
    context = {
        "form": form, "vote": vote, "papers": queries.waiting_papers(vote, user),
        "discarded": queries.discarded_papers(vote),
    }  # fmt: skip
    return render(request, "voting/papers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def receive_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the hand-in of several paper ballots at once: what is right is kept, what is not is named."""
    user, now = person(request), clock.now()
    vote = access.get_vote(user, pk, access.ENTER)
    form = ReceiveForm(request.POST or None, initial={"received_at": now})
    if form.is_valid():
        kept, wrong = [], []
        for number, unit in queries.units_by_number(vote, form.cleaned_data["numbers"]).items():
            try:
                if unit is None:
                    raise RefusedError("名册上没有这个序号。")
                paper_services.receive_paper(
                    vote=vote, unit=unit, received_at=form.cleaned_data["received_at"], by=user, now=now
                )
            except RefusedError as refused:
                wrong.append((number, str(refused)))
            else:
                kept.append(str(number))
        if kept:
            messages.success(request, f"已登记第 {'、'.join(kept)} 号。")
        if not wrong:
            return redirect("voting:see_papers", pk=pk)
        for number, why in wrong:
            form.add_error("numbers", f"第 {number} 号没有登记：{why}")
        form.data = {**form.data.dict(), "numbers": " ".join(str(number) for number, _ in wrong)}  # type: ignore[attr-defined]
    context = {"form": form, "page": page_of(vote, "登记交回的选票", "登记"), "vote": vote}
    return render(request, "voting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter_paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Type a paper ballot in for the first time."""
    user, now = person(request), clock.now()
    vote = access.get_vote(user, pk, access.ENTER)
    unit = access.get_unit(vote, number)
    waiting = unit.papers.exclude(state__in=PaperEntry.OVER).first()
    if request.method == "GET" and waiting is not None and waiting.state != PaperEntry.State.RECEIVED:
        return _to_its_next_step(request, waiting)
    form = PaperForm(vote, request.POST or None, unit=unit, ask_when=waiting is None, initial={"received_at": now})
    done = f"第 {number} 号已录入，请由另一人复核。"
    return asked_of(
        request, form, page_of(vote, f"录入第 {number} 号选票", "录入", done, "see_papers"),
        lambda: paper_services.enter_paper(
            vote=vote, unit=unit, typed=form.typed, received_at=form.cleaned_data.get("received_at"), by=user, now=now
        ),
        About(vote, unit),
    )  # fmt: skip


def _to_its_next_step(request: HttpRequest, paper: PaperEntry) -> HttpResponse:
    """The number or the code of a paper that was typed once leads the second person to the second typing."""
    doubted = paper.state == PaperEntry.State.DOUBTED
    if queries.may_be_next(paper, person(request)):
        return redirect("voting:check_discard" if doubted else "voting:check_paper", pk=paper.pk)
    told = "您提出过作废" if doubted else "您已录过一遍"
    messages.warning(request, f"第 {paper.unit.place_on_roll} 号{told}，须由另一人复核。")
    return redirect("voting:see_papers", pk=paper.vote_id)


@require_http_methods(["GET", "POST"])
def check_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Type a paper ballot in again, without seeing what the first typed."""
    user = person(request)
    paper = access.get_paper(user, pk)
    if paper.state == paper.State.RECEIVED:
        return redirect("voting:enter_paper", pk=paper.vote_id, number=paper.unit.place_on_roll)
    form = PaperForm(paper.vote, request.POST or None, unit=paper.unit)

    def do() -> None:
        done = paper_services.check_paper(paper=paper, typed=form.typed, by=user, now=clock.now())
        if done.state == done.State.CAST:
            messages.success(request, "两次录入一致，已计入。")
        else:
            told = "两次录入不一致（意见或受托情况不同），没有计入。请由第三人对照原件再录，或作废后重新录入。"
            messages.warning(request, told)

    page = page_of(paper.vote, f"复核第 {paper.unit.place_on_roll} 号选票", "复核", name="see_papers")
    return asked_of(request, form, page, do, About(paper.vote, paper.unit))


@require_http_methods(["GET", "POST"])
def discard_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a paper entry aside with the reason, to be typed anew; or doubt it, for another person to judge."""
    user = person(request)
    paper = access.get_paper(user, pk)
    form = DiscardForm(request.POST or None)

    def do() -> None:
        anew = form.cleaned_data["kind"] == "anew"
        paper_services.discard_paper(paper=paper, why=form.cleaned_data["why"], anew=anew, by=user, now=clock.now())
        messages.success(request, "已作废这次录入，请重新录入。" if anew else "已提出作废，请由另一人看过原件后复核。")

    page = page_of(paper.vote, f"作废第 {paper.unit.place_on_roll} 号选票", "提交", name="see_papers")
    return asked_of(request, form, page, do, About(paper.vote, paper.unit))


@require_http_methods(["GET", "POST"])
def check_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge a doubted paper ballot as the second person; whoever doubted it may only take that back."""
    user = person(request)
    paper = access.get_paper(user, pk, PaperEntry.State.DOUBTED)
    form = DoubtForm(request.POST or None)

    def do() -> None:
        if form.cleaned_data["decision"] == "void":
            paper_services.confirm_discard(paper=paper, by=user, now=clock.now())
            messages.success(request, "这张选票已作废，不计入。")
        else:
            paper_services.refuse_discard(paper=paper, by=user, now=clock.now())
            messages.success(request, "选票有效，请继续录入和复核。")

    assert paper.doubted_by is not None
    told = f"{paper.doubted_by.masked_name}提出作废，原因：{paper.why_discarded}"
    page = page_of(paper.vote, f"复核作废：第 {paper.unit.place_on_roll} 号选票", "提交", name="see_papers")
    return asked_of(request, form, page, do, About(paper.vote, paper.unit, told))

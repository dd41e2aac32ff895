"""Pages of the office: votes, one vote with its counts, its roll, drafting."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.notices.panel import of_object
from gongdi.apps.places.access import get_compound
from gongdi.apps.policy.packs import governing
from gongdi.apps.voting import access, draft_services, queries, services
from gongdi.apps.voting.forms.drafting import DraftForm, as_drafted
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.presenting import shown
from gongdi.apps.voting.publishing import VOTE
from gongdi.apps.voting.views.asking import About, asked_of, page_of
from gongdi.web import clock
from gongdi.web.asking import Page, asked


@require_GET
def see_votes(request: HttpRequest) -> HttpResponse:
    """The votes of the person's places."""
    user = person(request)
    require(user, access.SEE)
    context = {"votes": queries.listed(access.visible_votes(user)), "may_keep": user.may_anywhere(access.KEEP)}
    return render(request, "voting/votes.html", context)


@require_http_methods(["GET", "POST"])
def draft_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a vote of a compound."""
    user = person(request)
    compound = get_compound(user, pk)
    require(user, access.KEEP, compound.place)
    ground = governing(compound.place)
    form = DraftForm(compound, frozenset({ground.pack.slug} if ground else ()), clock.today(), request.POST or None)
    page = Page("起草表决", "保存", reverse("places:see_compound", args=[pk]), compound.name, "")
    return asked(
        request, form, page,
        lambda: services.draft_vote(
            compound=compound, **form.cleaned_data, algorithm=settings.VOTE_DIGEST, by=user, now=clock.now()
        ),
        to=lambda vote: reverse("voting:see_vote", args=[vote.pk]), template="voting/form.html",
        more={"compound": compound},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a draft anew, until its roll is frozen."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if vote.state != Vote.State.DRAFT:
        messages.error(request, services.out_of_step(vote))
        return redirect("voting:see_vote", pk=pk)
    ground = governing(vote.compound.place)
    packs = frozenset({ground.pack.slug} if ground else ())
    form = DraftForm(vote.compound, packs, clock.today(), request.POST or None, initial=as_drafted(vote))
    return asked_of(
        request, form, page_of(vote, "修改草稿", "保存", "草稿已修改。"),
        lambda: draft_services.edit_draft(vote=vote, **form.cleaned_data, by=user, now=clock.now()), About(vote),
    )  # fmt: skip


@require_GET
def see_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """One vote: where it stands, its matters, the counts for those who may see them."""
    user = person(request)
    vote = access.get_vote(user, pk)
    place = vote.compound.place
    over = vote.state in (vote.State.OBJECTIONS, vote.State.FINAL)
    counted = vote.size > 0 and (over or user.may(access.COUNTS, place))
    context = {
        "vote": vote,
        "may_keep": user.may(access.KEEP, place),
        "may_enter": user.may(access.ENTER, place),
        "matters": [shown(each) for each in queries.counts_of(vote)] if counted else None,
        "rules": vote.matters.all(),
        "channels": queries.ballots_by_channel(vote) if counted else {},
        "key": vote.public_key,
        "may_see_ballots": user.may(access.BALLOTS, place),
        "may_end": all(row.rule["early_end"] for row in vote.matters.all()),
        "now": clock.now(),
    }
    if over:
        context |= _after(vote, user)
    return render(request, "voting/vote.html", context)


NEXT = (
    ("confirmed", "voting:confirm_result", "确认结果", access.CONFIRM),
    ("submitted", "voting:submit_result", "提交街道", access.CONFIRM),
    ("received", "voting:receive_result", "街道收件", access.RECEIVE),
)


def _after(vote: Vote, user: User) -> dict[str, object]:
    """What is done with a result: objections, steps, and the next step if it is this person's."""
    answered = list(vote.objections.values_list("answered_at", flat=True))
    steps = list(vote.steps.all())
    done = {step.kind for step in steps}
    coming = next((row for row in NEXT if row[0] not in done), None)
    may = coming and vote.state == Vote.State.FINAL and user.may(coming[3], vote.compound.place, vote.compound)
    return {
        "objections": len(answered), "unanswered": sum(at is None for at in answered), "steps": steps,
        "published": of_object(user, (VOTE, vote.pk), vote.compound, "vote", "结果要张贴的，从这里起草，内容已填好。"),
        "next_step": coming[1:3] if coming and may else None,
    }  # fmt: skip


@require_GET
def see_frozen_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen roll, and what is left off it with the reason."""
    user = person(request)
    vote = access.get_vote(user, pk)
    advice = "建议先公示名册，业主核对以后再开始表决。" if vote.state == Vote.State.ROLLED else ""
    about = of_object(user, (VOTE, pk), vote.compound, "roll", advice, must_end=False) if vote.roll_on else None
    context = {"vote": vote, "roll": queries.frozen_roll(vote), "published": about}
    return render(request, "voting/roll.html", context)

"""Pages of meetings, training sessions and follow-ups."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.organisations import access, meeting_services, queries
from gongdi.apps.organisations.forms import CloseForm, FollowUpForm, MeetingForm, NoteForm
from gongdi.apps.organisations.models import FollowUp, Meeting
from gongdi.web import clock
from gongdi.web.asking import Page, asked

PER_PAGE = 50


@require_GET
def see_meetings(request: HttpRequest) -> HttpResponse:
    """The meetings and training sessions, by kind."""
    user = person(request)
    require(user, access.SEE)
    kind = request.GET.get("kind", "")
    rows = access.visible_meetings(user)
    context = {
        "page": Paginator(queries.meetings(rows, kind), PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Meeting.Kind.choices,
        "kind": kind,
        "trained": queries.trained(rows),
        "base_query": f"kind={kind}",
        "may_keep": user.may_anywhere(access.KEEP_MEETINGS),
    }
    return render(request, "organisations/meetings.html", context)


@require_http_methods(["GET", "POST"])
def record_meeting(request: HttpRequest) -> HttpResponse:
    """Keep a meeting or training session."""
    user = person(request)
    require(user, access.KEEP_MEETINGS)
    form = MeetingForm(user, request.POST or None, initial={"held_on": clock.today(), "kind": request.GET.get("kind")})
    page = Page(
        "登记会议或培训",
        "登记",
        reverse("organisations:see_meetings"),
        "会议和培训",
        "已登记。有事项要交办的，请打开这次会议逐件交办。",
    )

    def do() -> None:
        bodies = list(form.cleaned_data["bodies"])
        meeting_services.record_meeting(columns=form.columns(), bodies=bodies, by=user, now=clock.now())

    return asked(request, form, page, do)


@require_GET
def see_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting with its minutes and what it decided."""
    user = person(request)
    meeting = access.get_meeting(user, pk)
    today = clock.today()
    context = {
        "meeting": meeting,
        "bodies": meeting.bodies.all(),
        "follow_ups": [(row, row.state_on(today)) for row in queries.follow_ups_of(meeting)],
        "may_keep": user.may(access.KEEP_MEETINGS, meeting.place),
    }
    return render(request, "organisations/meeting.html", context)


@require_http_methods(["GET", "POST"])
def add_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a meeting decided that somebody is to do."""
    user = person(request)
    meeting = access.get_meeting(user, pk, access.KEEP_MEETINGS)
    form = FollowUpForm(user, request.POST or None)
    page = Page("交办督办事项", "交办", reverse("organisations:see_meeting", args=[pk]), meeting.title, "已交办。")
    return asked(
        request, form, page,
        lambda: meeting_services.add_follow_up(meeting=meeting, by=user, now=clock.now(), **form.cleaned_data),
    )  # fmt: skip


@require_GET
def see_follow_ups(request: HttpRequest) -> HttpResponse:
    """The follow-ups of the person's places and their own: open ones, late ones, or all."""
    user = person(request)
    require(user, access.SEE)
    today, late = clock.today(), bool(request.GET.get("late"))
    every = bool(request.GET.get("all"))
    seen = access.visible_follow_ups(user)
    rows = queries.late_follow_ups(seen, today) if late else seen if every else queries.open_follow_ups(seen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, row.state_on(today)) for row in page],
        "late": late,
        "every": every,
        "base_query": "late=1" if late else "all=1" if every else "",
    }
    return render(request, "organisations/follow_ups.html", context)


@require_GET
def see_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A follow-up: who answers for it, how it goes, its proof."""
    user = person(request)
    row = access.get_follow_up(user, pk)
    context = {
        "row": row,
        "state": row.state_on(clock.today()),
        "notes": row.notes.select_related("by"),
        "may_answer": row.closed_on is None and access.may_answer(user, row),
        "sees_meeting": user.may(access.SEE, row.place, row.compound),
    }
    return render(request, "organisations/follow_up.html", context)


def _of(row: FollowUp) -> str:
    return reverse("organisations:see_follow_up", args=[row.pk])


@require_http_methods(["GET", "POST"])
def note_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how a follow-up goes."""
    user = person(request)
    row = access.get_own_follow_up(user, pk)
    form = NoteForm(request.POST or None)
    return asked(
        request, form, Page("反馈进展", "反馈", _of(row), "督办事项", "已反馈。", row.decision),
        lambda: meeting_services.note_follow_up(follow_up=row, by=user, now=clock.now(), **form.cleaned_data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a follow-up with proof."""
    user = person(request)
    row = access.get_own_follow_up(user, pk)
    form = CloseForm(request.POST or None, initial={"on": clock.today()})
    return asked(
        request, form, Page("办结督办", "办结", _of(row), "督办事项", "已办结。", row.decision),
        lambda: meeting_services.close_follow_up(follow_up=row, by=user, now=clock.now(), **form.cleaned_data),
    )  # fmt: skip

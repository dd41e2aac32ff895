"""Rolls of dwellings: upload, look, keep, undo; and the roll of any day."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings import access, export, queries, roll_jobs, roll_services, tasks
from gongdi.apps.dwellings.forms import RollForm, UndoForm
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock
from gongdi.web.uploads import keep_file

MOST_PROBLEMS = 200
LINES = 200
"""Dwellings on one page of the roll; the whole roll is exported."""
State = DwellingImport.State


def _upload(request: HttpRequest, user: User, form: RollForm, compound: Compound | None) -> DwellingImport | None:
    file = form.cleaned_data["file"]
    kept = keep_file(file.chunks())
    try:
        roll = roll_services.upload_roll(
            file_name=file.name, digest=kept.digest, compound=compound, as_of=form.cleaned_data["as_of"], by=user,
            now=clock.now(),
        )  # fmt: skip
    except RefusedError as refused:
        form.add_error(None, str(refused))
        return None
    tasks.check_roll.enqueue(roll.pk)
    return roll


@require_http_methods(["GET", "POST"])
def see_rolls(request: HttpRequest) -> HttpResponse:
    """The rolls of the person's places, and the form that uploads one of several compounds."""
    user = person(request)
    require(user, access.IMPORT)
    form = RollForm(clock.today(), request.POST or None, request.FILES or None)
    if form.is_valid():
        roll = _upload(request, user, form, None)
        if roll is not None:
            return redirect("dwellings:see_import", pk=roll.pk)
    context = {"form": form, "rolls": queries.latest_rolls(access.visible_rolls(user))}
    return render(request, "dwellings/rolls.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def upload_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the roll of one compound."""
    user = person(request)
    compound = access.compound_for(user, pk, access.IMPORT)
    form = RollForm(clock.today(), request.POST or None, request.FILES or None)
    if form.is_valid():
        roll = _upload(request, user, form, compound)
        if roll is not None:
            return redirect("dwellings:see_import", pk=roll.pk)
    context = {"form": form, "compound": compound, "title": "上传房屋清册"}
    return render(request, "dwellings/upload.html", context, status=422 if form.errors else 200)


@require_GET
def see_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a roll stands, what keeping it would change, every problem by cell."""
    roll = access.get_roll(person(request), pk)
    context = {
        "roll": roll,
        "busy": roll.state in (State.READING, State.KEEPING, State.UNDOING),
        "problems": roll.problems[:MOST_PROBLEMS],
        "problem_count": len(roll.problems),
        "undo_form": UndoForm(),
    }
    return render(request, "dwellings/import.html", context)


@require_POST
def keep_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a checked roll."""
    user = person(request)
    roll = access.get_roll(user, pk)
    try:
        roll_services.keep_roll(roll=roll, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        tasks.write_roll.enqueue(pk)
    return redirect("dwellings:see_import", pk=pk)


@require_POST
def discard_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a roll aside."""
    user = person(request)
    roll = access.get_roll(user, pk)
    try:
        roll_services.discard_roll(roll=roll, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        roll_jobs.forget_roll_file(roll)
        messages.success(request, f"清册“{roll.file_name}”已放弃，没有改动任何房屋。")
    return redirect("dwellings:see_rolls")


@require_POST
def undo_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a kept roll as one step, with the reason."""
    user = person(request)
    roll = access.get_roll(user, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "撤销须写明理由。")
        return redirect("dwellings:see_import", pk=pk)
    try:
        roll_services.undo_roll(roll=roll, why=form.cleaned_data["why"], by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        tasks.take_back_roll.enqueue(pk)
    return redirect("dwellings:see_import", pk=pk)


@require_GET
def export_problems(request: HttpRequest, pk: int) -> FileResponse:
    """Every problem of a roll as a workbook."""
    roll = access.get_roll(person(request), pk)
    return export.problems_workbook(roll, clock.now())


@require_GET
def export_blank(request: HttpRequest) -> FileResponse:
    """The blank form of a roll."""
    require(person(request), access.IMPORT)
    return export.blank_workbook(clock.now())


def _day(request: HttpRequest) -> date:
    """The day asked for; today when none is, or when it lies ahead: nobody knows yet who will own what."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return min(asked or clock.today(), clock.today())


@require_GET
def see_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll of a compound on any day, with whoever is left off it and why."""
    compound = access.compound_for(person(request), pk)
    day = _day(request)
    rows = queries.listed_on(compound, day)
    on = [row for row in rows if not queries.left_off(row, day)]
    off = [row for row in rows if queries.left_off(row, day)]
    page = Paginator(on, LINES).get_page(request.GET.get("page"))
    context = {
        "compound": compound,
        "day": day,
        "today": clock.today(),
        "not_that_day": request.GET.get("on", day.isoformat()) != day.isoformat(),
        "page": page,
        "lines": queries.roll_lines(list(page), day),
        "left": [(row, queries.left_off(row, day)) for row in off[:LINES]],
        "left_count": len(off),
        "area": sum(row.area for row in on),
        "base_query": urlencode({"on": day.isoformat()}),
    }
    return render(request, "dwellings/roll.html", context)


@require_GET
def export_roll(request: HttpRequest, pk: int) -> FileResponse:
    """The roll of a day as a workbook, owners masked."""
    compound = access.compound_for(person(request), pk)
    return export.roll_workbook(compound, _day(request), clock.now())

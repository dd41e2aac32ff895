"""Rosters (名单导入): upload, look, then keep or discard."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, queries, roster_services
from gongdi.apps.places.fact_names import BY_NAME
from gongdi.apps.places.forms import RosterForm, UndoForm
from gongdi.apps.places.models import RosterImport
from gongdi.apps.places.roster_plan import ImportPlan, plan_import
from gongdi.apps.places.services import RefusedError
from gongdi.exchange.roster import LABELS, ColumnReading, RosterReading, read_roster
from gongdi.web import clock

UNREADABLE = "没有读出小区。请核对表里有没有写小区名称的一列。"
MOST_ROWS = 300
MOST_PROBLEMS = 200
SURENESS = {"sure": "确定", "likely": "较有把握", "guess": "猜测，请核对"}


@require_http_methods(["GET", "POST"])
def see_rosters(request: HttpRequest) -> HttpResponse:
    """The rosters of the person's place, and the form that uploads one."""
    user = person(request)
    require(user, access.IMPORT)
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        reading = read_roster(content, now_year=clock.today().year, name=file.name)
        # What nobody can read is told here and not kept: it would stand among those that wait to be confirmed.
        if not reading.readable:
            form.add_error("file", [f"{each.why}{each.remedy}" for each in reading.errors] or UNREADABLE)
    if form.is_valid():
        digest = hashlib.sha256(content).hexdigest()
        try:
            roster = roster_services.upload_roster(
                file_name=file.name, content=content, digest=digest, by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("places:see_roster", pk=roster.pk)
    context = {"form": form, "rosters": queries.latest_rosters(access.visible_rosters(user))}
    return render(request, "places/rosters.html", context, status=422 if form.errors else 200)


def _read(roster: RosterImport) -> RosterReading:
    return read_roster(bytes(roster.content or b""), now_year=clock.today().year, name=roster.file_name)


def _meaning(header: ColumnReading, plan: ImportPlan) -> str:
    if header.field is not None:
        return LABELS[header.field]
    name = plan.fact_columns.get(header.header)
    return f"情况：{BY_NAME[name].title}" if name is not None else "未使用"


@require_GET
def see_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read of a roster, how surely, and what keeping it would change."""
    user = person(request)
    roster = access.get_roster(user, pk)
    context: dict[str, Any] = {
        "roster": roster,
        "waiting": roster.state == RosterImport.State.WAITING,
        "sureness": SURENESS,
    }
    if context["waiting"]:
        reading = _read(roster)
        plan = plan_import(reading, *roster_services.reach_of(user))
        problems = sorted(plan.problems, key=lambda problem: not problem.is_error)
        context |= {
            "reading": reading,
            "plan": plan,
            "problems": problems[:MOST_PROBLEMS],
            "headers": [(each, _meaning(each, plan)) for each in reading.headers],
            "rows": plan.rows[:MOST_ROWS],
        }
    return render(request, "places/roster.html", context)


@require_POST
def keep_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a roster, all of it or nothing."""
    user = person(request)
    roster = access.get_roster(user, pk)
    try:
        kept = roster_services.import_roster(
            reading=_read(roster),
            file_name=roster.file_name,
            digest=roster.digest,
            by=user,
            now=clock.now(),
            upload=roster,
        )
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        counts = kept.counts
        messages.success(request, f"名单已入库：新增 {counts['created']} 个，更新 {counts['changed']} 个小区。")
    return redirect("places:see_roster", pk=pk)


@require_POST
def discard_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an uploaded roster aside."""
    user = person(request)
    roster = access.get_roster(user, pk)
    try:
        roster_services.discard_roster(roster=roster, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"名单“{roster.file_name}”已放弃，没有改动任何小区。")
    return redirect("places:see_rosters")


@require_http_methods(["GET", "POST"])
def undo_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a kept roster as one step, with the reason."""
    user = person(request)
    roster = access.get_roster(user, pk)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        try:
            roster_services.undo_roster(roster=roster, by=user, now=clock.now(), **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"名单“{roster.file_name}”已撤销，小区和情况已恢复到入库之前。")
            return redirect("places:see_roster", pk=pk)
    context = {"form": form, "roster": roster}
    return render(request, "places/undo_roster.html", context, status=422 if form.errors else 200)

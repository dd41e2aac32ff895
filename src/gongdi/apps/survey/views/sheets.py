"""Workbooks of a campaign: down, filled, up again, looked at, kept or put aside."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import ReadyFile, prepare_upload
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey import access, sheet_services, sheets
from gongdi.apps.survey.forms import SheetForm
from gongdi.apps.survey.models import Campaign, SurveySheet
from gongdi.exchange.problems import CannotReadError, Problem
from gongdi.web import clock
from gongdi.web.uploads import keep_file

MOST_SHOWN = 200


@require_GET
def export_sheet(request: HttpRequest, pk: int) -> FileResponse:
    """The form of a campaign for the compounds that the person may fill in."""
    user = person(request)
    campaign = access.get_campaign(user, pk)
    require(user, access.FILL)
    return sheets.campaign_sheet(campaign, access.fillable_assignments(user, campaign), user, clock.now())


@require_http_methods(["GET", "POST"])
def upload_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a filled workbook; one with a single fault is not kept at all, and every faulty cell is named."""
    user = person(request)
    campaign = access.get_campaign(user, pk)
    require(user, access.FILL)
    form = SheetForm(request.POST or None, request.FILES or None)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            file = prepare_upload(form.cleaned_data["file"])
            rows = access.fillable_assignments(user, campaign)
            changes, problems = sheets.read_sheet(file.content, file.name, campaign, rows, user, clock.today())
            if not problems:
                return _taken(request, campaign, file, changes)
        except CannotReadError as fault:
            problems = [fault.problem]
        except (RefusedFileError, RefusedError) as refused:
            form.add_error("file", str(refused))
    context = {"form": form, "campaign": campaign, "problems": problems[:MOST_SHOWN], "count": len(problems)}
    return render(request, "survey/upload_sheet.html", context, status=422 if form.errors or problems else 200)


def _taken(
    request: HttpRequest, campaign: Campaign, file: ReadyFile, changes: Sequence[sheets.Change]
) -> HttpResponse:  # fmt: skip
    made = sheet_services.upload_sheet(
        campaign=campaign, file_name=file.name, digest=file.digest, changes=changes, by=person(request),
        now=clock.now(),
    )  # fmt: skip
    keep_file([file.content])
    return redirect("survey:see_sheet", pk=made.pk)


@require_GET
def see_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What a workbook changes; cells that changed in the system meanwhile stand side by side with it."""
    user = person(request)
    sheet = access.get_sheet(user, pk)
    rows = list(access.fillable_assignments(user, sheet.campaign))
    shown = sheets.preview(sheets.changes_in(sheet.rows), sheet.campaign, rows, user)
    waiting = sheet.state == SurveySheet.State.WAITING
    conflicts = [each for each in shown if each.now is not None] if waiting else []
    plain = [each for each in shown if each not in conflicts]
    context = {
        "sheet": sheet,
        "campaign": sheet.campaign,
        "waiting": waiting,
        "conflicts": conflicts,
        "plain": plain[:MOST_SHOWN],
        "count": len(plain),
        "compounds": len({each.change.number for each in shown}),
    }
    return render(request, "survey/sheet.html", context)


@require_POST
def keep_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a workbook as submissions."""
    user = person(request)
    sheet = access.get_sheet(user, pk)
    changes = sheets.changes_in(sheet.rows)
    left_out = {(each.number, each.key) for each in changes if request.POST.get(f"{each.number}~{each.key}") == "now"}
    final = request.POST.get("final") == "1"
    try:
        sheet_services.keep_sheet(
            sheet=sheet, left_out=left_out, final=final, today=clock.today(), by=user, now=clock.now()
        )
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("survey:see_sheet", pk=pk)
    messages.success(request, "填报表已提交，等待审核。" if final else "填报表已保存，可继续填报。")
    return redirect("survey:see_campaign", pk=sheet.campaign_id)


@require_POST
def discard_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a workbook aside."""
    user = person(request)
    sheet = access.get_sheet(user, pk)
    try:
        sheet_services.discard_sheet(sheet=sheet, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{sheet}”已放弃，没有改动任何填报。")
    return redirect("survey:see_campaign", pk=sheet.campaign_id)

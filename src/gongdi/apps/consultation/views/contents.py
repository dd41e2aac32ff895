"""The list of contents fixed from a round, and the written application that goes with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.consultation import access, content_services, queries
from gongdi.apps.consultation.export import contents_workbook
from gongdi.apps.consultation.forms.deciding import FileForm, FixForm
from gongdi.apps.consultation.models import ContentLine, ContentList, Round
from gongdi.apps.consultation.presenting import payer_words, results_shown
from gongdi.apps.consultation.publishing import CONTENTS
from gongdi.apps.notices.panel import of_object
from gongdi.apps.places.services import RefusedError
from gongdi.core.consultation.prices import owners_part
from gongdi.web import clock


@require_http_methods(["GET", "POST"])
def fix_content_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Select the items and fix the list; what departs from the wishes needs its reason."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, Round.State.CLOSED.value)
    results = queries.results_of(asked)
    wished = {f"take_{row.number}": results.whole.cells[row.number].wished for row in results.items}
    form = FixForm(results.items, request.POST or None, initial=wished)
    if form.is_valid():
        try:
            made = content_services.fix_content_list(
                round=asked, chosen=form.chosen, reasons=form.reasons, by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "改造内容清单已确定。")
            return redirect("consultation:see_content_list", pk=made.pk)
    shown = results_shown(asked, results, small=True)
    lines = [(line, form[f"take_{line.row.number}"], form[f"why_{line.row.number}"]) for line in shown.lines]
    context = {"form": form, "round": asked, "lines": lines, "households": results.whole.households}
    return render(request, "consultation/fix.html", context, status=422 if form.errors else 200)


def _lines(row: ContentList) -> tuple[list[tuple[ContentLine, str]], list[ContentLine], int, int]:
    """Items taken in with who pays, items left out, the total and the owners' part of it in fen."""
    lines = list(row.lines.select_related("menu_item"))
    taken = [line for line in lines if line.chosen]
    owners = sum(owners_part(line.total, line.menu_item.payers) for line in taken)
    left = [line for line in lines if not line.chosen]
    return [(line, payer_words(line.menu_item)) for line in taken], left, sum(line.total for line in taken), owners


@require_GET
def see_content_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of contents, to read and to print."""
    user = person(request)
    row = access.get_content_list(user, pk)
    taken, left, total, owners = _lines(row)
    hindrances = content_services.hindrances_of_filing(row.compound, clock.today()) if not row.filed_on else []
    context = {
        "row": row, "round": row.round, "taken": taken, "left": left, "total": total, "owners": owners,
        "superseded": queries.superseded(row), "may_keep": user.may(access.KEEP, row.compound.place),
        "published": of_object(
            user, (CONTENTS, pk), row.compound, "contents", "建议先公示清单，再提出书面申请。", hindrances=hindrances
        ),
    }  # fmt: skip
    return render(request, "consultation/contents.html", context)


@require_GET
def export_content_list(request: HttpRequest, pk: int) -> FileResponse:
    """A list of contents as a workbook."""
    return contents_workbook(access.get_content_list(person(request), pk), clock.now())


@require_GET
def see_application(request: HttpRequest, pk: int) -> HttpResponse:
    """The written application, filled in from the list, to print and sign."""
    row = access.get_content_list(person(request), pk)
    taken, _, total, owners = _lines(row)
    context = {
        "row": row, "round": row.round, "taken": taken, "total": total, "owners": owners,
        "hindrances": (
            content_services.hindrances_of_filing(row.compound, clock.today()) if not row.filed_on else []
        ),
        "coverage": queries.coverage(row.round), "receiver": row.receiver or f"{row.compound.street or ''}办事处",
    }  # fmt: skip
    return render(request, "consultation/application.html", context)


@require_http_methods(["GET", "POST"])
def file_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the written application was handed in."""
    user = person(request)
    row = access.get_content_list(user, pk, access.KEEP)
    initial = {"filed_on": clock.today(), "receiver": f"{row.compound.street or ''}办事处"}
    form = FileForm(clock.today(), request.POST or None, initial=initial)
    if form.is_valid():
        try:
            content_services.file_application(
                content_list=row, **form.cleaned_data, today=clock.today(), by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "书面申请已登记。")
            return redirect("consultation:see_content_list", pk=pk)
    context = {"form": form, "title": "登记书面申请", "button": "登记", "round": row.round}
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)

"""Pages of the chain."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.audit import access, export, queries, services
from gongdi.apps.audit.forms import SearchForm
from gongdi.web import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _search(request: HttpRequest) -> tuple[SearchForm, dict[str, str]]:
    form = SearchForm(queries.verbs_used(), request.GET)
    form.is_valid()
    asked = {name: str(request.GET[name]) for name in form.fields if request.GET.get(name)}
    return form, asked


def _page(request: HttpRequest, form: SearchForm, asked: dict[str, str]) -> HttpResponse:
    events = queries.found_events(form.search(), access.places_to_read(request))
    page = Paginator(events, 50).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"form": form, "page": page, "base_query": urlencode(asked), "filtered": bool(asked)}
    context["may_export"] = access.may_export(request)
    return render(request, "audit/events.html", context, status=422 if form.errors else 200)


@require_GET
def see_events(request: HttpRequest) -> HttpResponse:
    access.require_reader(request)
    return _page(request, *_search(request))


@require_GET
def export_events(request: HttpRequest) -> HttpResponse:
    """The events that the search finds as an Excel file; that they were taken out is an event itself."""
    access.require_export(request)
    form, asked = _search(request)
    events = queries.found_events(form.search(), access.places_to_read(request, access.EXPORT))
    count, now = events.count(), clock.now()
    if count > export.MOST:
        form.add_error(None, f"共 {count} 条，一次最多导出 {export.MOST} 条。请用日期分段导出。")
    if form.errors:
        return _page(request, form, asked)
    filters = "；".join(f"{form.fields[name].label}：{value}" for name, value in asked.items())
    content = export.events_workbook(events.iterator(2000), count, filters, now)
    services.export_events(by=request.user, query=asked, count=count, now=now)
    name = f"audit-{clock.local_date(now):%Y%m%d}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f"attachment; filename={name}"})


@require_GET
def verify_chain(request: HttpRequest) -> HttpResponse:
    access.require_reader(request)
    return render(request, "audit/verdict.html", {"verdict": queries.verify_chain()})

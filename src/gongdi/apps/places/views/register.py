"""The register (清册): filters, search, order, columns, totals, export, saved views."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places import access, queries, register, services
from gongdi.apps.places.export import register_workbook
from gongdi.apps.places.forms import SaveViewForm
from gongdi.apps.places.register import Asked
from gongdi.apps.places.stages import Stage
from gongdi.web import clock
from gongdi.web.columns import columns

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def see_register(request: HttpRequest) -> HttpResponse:
    """The table as its address asks for it."""
    user = person(request)
    require(user, access.SEE)
    asked = Asked.read(request.GET, register.is_plain(user))
    rows, shown = register.rows_of(user, asked), register.shown_columns(asked)
    count, foot = register.totals_of(rows, shown)
    page = Paginator(rows, register.PER_PAGE).get_page(request.GET.get("page"))
    streets = queries.streets_of(user)
    communities = queries.communities_of(user, asked.place[:9]) if len(asked.place) >= 9 else []
    context = {
        "asked": asked,
        "chips": asked.chips(dict(streets) | dict(communities)),
        "count": count,
        "foot": foot,
        "page": page,
        "base_query": asked.query(),
        "shown": shown,
        "shown_keys": {column.key for column in shown},
        "all_columns": register.all_columns(asked.plain),
        "added_filters": [
            (each, dict(asked.added).get(each.key, ""))
            for each in (() if asked.plain else columns.of("register"))
            if each.filters
        ],
        "lines": register.lines_of(list(page), shown),
        "streets": streets,
        "communities": communities,
        "stages": Stage.choices,
        "saved": queries.saved_views(user),
    }
    template = "places/register_table.html" if request.htmx else "places/register.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_GET
def export_register(request: HttpRequest) -> HttpResponse:
    """Exactly the rows and columns of the table as its address asks, all pages, as an Excel file."""
    user = person(request)
    require(user, access.SEE)
    asked = Asked.read(request.GET, register.is_plain(user))
    shown = register.shown_columns(asked)
    rows = register.rows_of(user, asked)
    now, chips = clock.now(), asked.chips(dict(queries.streets_of(user)))
    content = register_workbook(register.lines_of(list(rows), shown), shown, chips, timezone.localtime(now))
    response = HttpResponse(content, content_type=XLSX)
    name = quote(f"小区清册_{clock.today():%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=register.xlsx; filename*=UTF-8''{name}"
    return response


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the table's address under a name."""
    user = person(request)
    require(user, access.SEE)
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "视图没有保存：请填写不超过四十个字的名称。")
        return redirect("places:see_register")
    view = services.save_view(by=user, now=clock.now(), **form.cleaned_data)
    messages.success(request, f"视图“{view.name}”已保存。")
    return redirect(f"{reverse('places:see_register')}?{view.query}")


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view that the person saved."""
    user = person(request)
    view = access.get_saved_view(user, pk)
    services.delete_view(view=view, by=user, now=clock.now())
    messages.success(request, f"视图“{view.name}”已删除。")
    return redirect("places:see_register")

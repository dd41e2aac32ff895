"""Pages of yearly registers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places.queries import counties_within
from gongdi.apps.places.services import RefusedError
from gongdi.apps.registers import access, queries, services
from gongdi.apps.registers.export import register_workbook
from gongdi.apps.registers.forms import AddForm, OpenForm, PublishForm, RemoveForm
from gongdi.web import clock
from gongdi.web.columns import columns

PER_PAGE = 50


@require_GET
def see_registers(request: HttpRequest) -> HttpResponse:
    """The registers of the person's counties, the latest year first; streets and communities see their own lines."""
    user = person(request)
    require(user, access.SEE)
    rows = list(queries.with_counts(access.visible_registers(user)))
    page = None
    if not rows:
        own = access.visible_lines(user).filter(removed_at=None).select_related("register")
        page = Paginator(own.order_by("-register__year", "compound__place", "pk"), PER_PAGE).get_page(
            request.GET.get("page")
        )
    context = {"registers": rows, "page": page, "may_keep": user.may_anywhere(access.KEEP)}
    return render(request, "registers/registers.html", context)


@require_http_methods(["GET", "POST"])
def open_register(request: HttpRequest) -> HttpResponse:
    """Begin the register of a year."""
    user = person(request)
    require(user, access.KEEP)
    form = OpenForm(counties_within(user, access.KEEP), request.POST or None)
    if form.is_valid():
        try:
            register = services.open_register(**form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error("year", str(refused))
        else:
            return redirect("registers:add_to_register", pk=register.pk)
    context = {"form": form, "title": "建立年度清册", "button": "建立"}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


@require_GET
def see_register(request: HttpRequest, pk: int) -> HttpResponse:
    """A register: the lines that stand, and every change with its reason."""
    user = person(request)
    register = access.get_register(user, pk)
    view = queries.view_of(register, access.visible_lines(user))
    cells = columns.cells("register", "outcome", [line.compound_id for line in view.standing])
    context = {
        "register": register,
        "view": view,
        "out": {pk for pk, cell in cells.items() if cell.meaning == "out"},
        "may_keep": user.may(access.KEEP, register.place),
    }
    return render(request, "registers/register.html", context)


@require_GET
def export_register(request: HttpRequest, pk: int) -> FileResponse:
    """A register as the list that is published."""
    user = person(request)
    register = access.get_register(user, pk)
    return register_workbook(register, queries.view_of(register, access.visible_lines(user)), clock.now())


@require_http_methods(["GET", "POST"])
def add_to_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Put compounds on a register, each shown with what is decided of it."""
    user = person(request)
    register = access.get_register(user, pk, access.KEEP)
    rows = access.listable(user, register)
    form = AddForm(rows, request.POST or None)
    if form.is_valid():
        try:
            lines = services.add_to_register(
                register=register, compounds=list(form.cleaned_data["compounds"]), why=form.cleaned_data["why"],
                by=user, now=clock.now(),
            )  # fmt: skip
        except RefusedError as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, f"已列入 {len(lines)} 个小区。")
            return redirect("registers:see_register", pk=pk)
    cells = columns.cells("register", "outcome", [row.pk for row in rows])
    chosen = set(request.POST.getlist("compounds"))
    lines_shown = [(row, cells.get(row.pk), str(row.pk) in chosen) for row in rows]
    context = {"form": form, "register": register, "rows": lines_shown}
    return render(request, "registers/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove_from_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a compound off a register."""
    user = person(request)
    line = access.get_line(user, pk)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        services.remove_from_register(line=line, **form.cleaned_data, by=user, now=clock.now())
        messages.success(request, f"{line} 已移出清册。")
        return redirect("registers:see_register", pk=line.register_id)
    context = {"form": form, "register": line.register, "title": f"将“{line}”移出清册", "button": "移出"}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def publish_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a register was published."""
    user = person(request)
    register = access.get_register(user, pk, access.KEEP)
    form = PublishForm(clock.today(), request.POST or None)
    if form.is_valid():
        try:
            services.publish_register(register=register, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "清册已公布，之后的增减会单独列出。")
            return redirect("registers:see_register", pk=pk)
    context = {"form": form, "register": register, "title": "登记公布", "button": "登记"}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)

"""Pages of a compound's buildings and dwellings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person
from gongdi.apps.dwellings import access, queries, services
from gongdi.apps.dwellings.forms import (
    BuildingForm,
    CorrectionForm,
    EndForm,
    HolderFormSet,
    NewDwellingForm,
    TransferForm,
)
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock


@require_GET
def see_buildings(request: HttpRequest, pk: int) -> HttpResponse:
    """The buildings of a compound with what is counted of them."""
    user = person(request)
    compound = access.compound_for(user, pk)
    context = {
        "compound": compound,
        "buildings": queries.buildings_of(compound),
        "figures": queries.figures_of(compound),
        "may_edit": user.may(access.EDIT, compound.place),
        "may_import": user.may(access.IMPORT, compound.place),
    }
    return render(request, "dwellings/buildings.html", context)


@require_POST
def declare_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the roll of a compound is whole."""
    user = person(request)
    compound = access.compound_for(user, pk, access.IMPORT)
    try:
        services.declare_complete(compound=compound, on=clock.today(), by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已记为清册已齐；户数、业主人数和专有部分面积今后按清册计算。")
    return redirect("dwellings:see_buildings", pk=pk)


@require_http_methods(["GET", "POST"])
def record_building(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a building, or change the one of that name."""
    user = person(request)
    compound = access.compound_for(user, pk, access.EDIT)
    known = queries.building_named(compound, request.GET.get("name", ""))
    form = BuildingForm(clock.today(), request.POST or None, instance=known)
    fixed = known.name if known else ""
    if form.is_valid() and _names_another(form, compound, fixed):
        why = f"这里只更正{fixed}，楼栋名称不能改。" if fixed else "这栋楼已经登记。请在楼栋列表里点开它，再更正。"
        form.add_error("name", why)
    if form.is_valid():
        columns = dict(form.cleaned_data)
        name = columns.pop("name")
        building = services.record_building(compound=compound, name=name, columns=columns, by=user, now=clock.now())
        messages.success(request, f"{building} 已登记。")
        return redirect("dwellings:see_building", pk=building.pk)
    context = {"form": form, "compound": compound, "title": f"更正 {known}" if known else "登记楼栋"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


def _names_another(form: BuildingForm, compound: Compound, fixed: str) -> bool:
    """Whether a form would write over a building that it was not opened for: its empty fields would take away what is
    known of that one."""
    name: str = form.cleaned_data["name"]
    return name != fixed if fixed else queries.building_named(compound, name) is not None


@require_GET
def see_building(request: HttpRequest, pk: int) -> HttpResponse:
    """The dwellings of a building with those who hold them today."""
    user = person(request)
    building = access.get_building(user, pk)
    context = {
        "building": building,
        "compound": building.compound,
        "dwellings": queries.dwellings_of(building, clock.today()),
        "may_edit": user.may(access.EDIT, building.compound.place),
    }
    return render(request, "dwellings/building.html", context)


@require_http_methods(["GET", "POST"])
def add_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a dwelling to a building."""
    user = person(request)
    building = access.get_building(user, pk, access.EDIT)
    form = NewDwellingForm(clock.today(), request.POST or None)
    if form.is_valid():
        columns = dict(form.cleaned_data)
        stairwell, room = columns.pop("stairwell"), columns.pop("room")
        try:
            dwelling = services.add_dwelling(
                building=building, stairwell=stairwell, room=room, columns=columns, by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error("room", str(refused))
        else:
            messages.success(request, f"{dwelling} 已登记，请登记业主。")
            return redirect("dwellings:record_transfer", pk=dwelling.pk)
    context = {"form": form, "compound": building.compound, "building": building, "title": f"{building}：登记房屋"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


@require_GET
def see_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """A dwelling: its figures, who holds it, who held it."""
    user = person(request)
    dwelling = access.get_dwelling(user, pk)
    history = queries.history_of(dwelling)
    context = {
        "dwelling": dwelling,
        "compound": dwelling.compound,
        "current": [spell for spell in history if spell.until is None],
        "history": history,
        "former": list(dwelling.former_figures.order_by("-until")),
        "may_edit": user.may(access.EDIT, dwelling.compound.place) and dwelling.ended_on is None,
    }
    return render(request, "dwellings/dwelling.html", context)


@require_http_methods(["GET", "POST"])
def correct_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a dwelling's figures, with the reason."""
    user = person(request)
    dwelling = access.get_dwelling(user, pk, access.EDIT)
    known = {name: getattr(dwelling, name) for name in ("floor", "area", "area_basis", "use")}
    form = CorrectionForm(clock.today(), request.POST or None, initial=known)
    if form.is_valid():
        columns = dict(form.cleaned_data)
        why, on = columns.pop("why"), columns.pop("on")
        try:
            services.correct_dwelling(dwelling=dwelling, columns=columns, why=why, on=on, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, f"{dwelling} 已更正。")
            return redirect("dwellings:see_dwelling", pk=pk)
    context = {"form": form, "compound": dwelling.compound, "dwelling": dwelling, "title": f"更正 {dwelling}"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """End a dwelling that is no more."""
    user = person(request)
    dwelling = access.get_dwelling(user, pk, access.EDIT)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        try:
            services.end_dwelling(dwelling=dwelling, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{dwelling} 已注销，历史仍可查看。")
            return redirect("dwellings:see_dwelling", pk=pk)
    context = {"form": form, "compound": dwelling.compound, "dwelling": dwelling, "title": f"注销 {dwelling}"}
    return render(request, "dwellings/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass a dwelling to new owners."""
    user = person(request)
    dwelling = access.get_dwelling(user, pk, access.EDIT)
    form = TransferForm(request.POST or None, initial={"on": clock.today()})
    holders = HolderFormSet(request.POST or None, prefix="holders")
    if request.method == "POST" and form.is_valid() and holders.is_valid():
        told = [holder for each in holders if (holder := each.holder()) is not None]
        try:
            services.record_transfer(dwelling=dwelling, holders=told, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{dwelling} 的产权变更已登记。")
            return redirect("dwellings:see_dwelling", pk=pk)
    context = {"form": form, "holders": holders, "dwelling": dwelling, "compound": dwelling.compound}
    faulty = bool(form.errors) or (request.method == "POST" and not holders.is_valid())
    return render(request, "dwellings/transfer.html", context, status=422 if faulty else 200)

"""Pages of staff: requests to bind dwellings, confirming and returning them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.residents import access, queries, services
from gongdi.apps.residents.forms import ConfirmForm, ReturnForm, RevokeForm
from gongdi.apps.residents.models import DwellingBinding
from gongdi.web import clock
from gongdi.web.asking import Page, asked


@require_GET
def see_bindings(request: HttpRequest) -> HttpResponse:
    """The requests of one's place."""
    user = person(request)
    require(user, access.SEE)
    state = request.GET.get("state", "waiting")
    rows = queries.in_state(access.visible_bindings(user), state)
    context: dict[str, Any] = {"page": Paginator(rows, 50).get_page(request.GET.get("page")), "state": state}
    states = [*DwellingBinding.State.choices, (queries.UNLINKED, "已确认，待对应房屋")]
    context |= {"states": states, "may_confirm": user.may_anywhere(access.CONFIRM)}
    context["base_query"] = urlencode({"state": state})
    context["kept"] = queries.with_dwellings(row.compound_id for row in context["page"])
    context["changed"] = queries.changed_owners(context["page"])
    return render(request, "residents/bindings.html", context)


@require_http_methods(["GET", "POST"])
def confirm_binding(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a request, with the dwelling that is meant."""
    user = person(request)
    found = access.get_binding(user, pk, access.CONFIRM)
    form = ConfirmForm(queries.candidates(found), queries.has_dwellings(found.compound), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dwelling = form.cleaned_data["dwelling"]
            checked = form.cleaned_data.get("checked", "")
            services.confirm_binding(binding=found, dwelling=dwelling, by=user, now=clock.now(), checked=checked)
        except services.RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"已确认：{found}。")
            return redirect("residents:see_bindings")
    context = {"form": form, "binding": found}
    return render(request, "residents/confirm_binding.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def link_binding(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which dwelling a confirmed binding is."""
    user = person(request)
    found = access.get_binding(user, pk, access.CONFIRM)
    form = ConfirmForm(queries.candidates(found), True, request.POST or None)
    back = f"{reverse('residents:see_bindings')}?state={queries.UNLINKED}"
    note = (
        f"{found.account.phone_masked}，{found}，身份为{found.get_relation_display()}，"
        f"确认时还没有房屋清册。请核对后选定房屋；之后按它现在的业主认定能否投票。"
    )
    page = Page("对应房屋", "对应", back, "居民绑定", f"已对应房屋：{found}。", note)
    return asked(
        request, form, page,
        lambda: services.link_binding(
            binding=found, dwelling=form.cleaned_data["dwelling"], by=user, now=clock.now(),
            checked=form.cleaned_data.get("checked", ""),
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def return_binding(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a request with the reason."""
    user = person(request)
    found = access.get_binding(user, pk, access.CONFIRM)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            services.return_binding(binding=found, why=form.cleaned_data["why"], by=user, now=clock.now())
        except services.RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"已退回：{found}。")
            return redirect("residents:see_bindings")
    context = {"form": form, "binding": found}
    return render(request, "residents/return_binding.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def revoke_binding(request: HttpRequest, pk: int) -> HttpResponse:
    """End a confirmed binding with the reason."""
    user = person(request)
    found = access.get_binding(user, pk, access.CONFIRM)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            services.revoke_binding(binding=found, why=form.cleaned_data["why"], by=user, now=clock.now())
        except services.RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"已撤销：{found}。")
            return redirect("residents:see_bindings")
    context = {"form": form, "binding": found}
    return render(request, "residents/revoke_binding.html", context, status=422 if form.errors else 200)

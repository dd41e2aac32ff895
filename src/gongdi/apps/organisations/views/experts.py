"""Pages of the expert library and the standby pool of firms."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.organisations import access, pool_services, queries
from gongdi.apps.organisations.forms import EntryForm, RecordForm, WhyForm
from gongdi.apps.organisations.models import PoolEntry
from gongdi.web import clock
from gongdi.web.asking import Page, asked

PER_PAGE = 50


@require_GET
def see_entries(request: HttpRequest) -> HttpResponse:
    """The experts and firms, by kind and state."""
    user = person(request)
    require(user, access.SEE)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = queries.entries(access.visible_entries(user), kind, state)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": PoolEntry.Kind.choices,
        "kind": kind,
        "states": PoolEntry.State.choices,
        "state": state,
        "base_query": f"kind={kind}&state={state}",
        "today": clock.today(),
        "may_keep": user.may_anywhere(access.KEEP_EXPERTS),
    }
    return render(request, "organisations/entries.html", context)


@require_GET
def see_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An expert or firm with its record."""
    user = person(request)
    entry = access.get_entry(user, pk)
    context = {
        "entry": entry,
        "records": entry.records.select_related("compound", "recorded_by"),
        "usable": entry.usable_on(clock.today()),
        "may_keep": entry.state != PoolEntry.State.REMOVED and user.may(access.KEEP_EXPERTS, entry.place),
    }
    return render(request, "organisations/entry.html", context)


@require_http_methods(["GET", "POST"])
def admit_entry(request: HttpRequest) -> HttpResponse:
    """Admit an expert or a firm."""
    user = person(request)
    require(user, access.KEEP_EXPERTS)
    form = EntryForm(user, request.POST or None, initial={"since": clock.today()})
    page = Page("入库", "入库", reverse("organisations:see_entries"), "专家和备选库", "已入库。")
    return asked(
        request, form, page, lambda: pool_services.admit_entry(columns=form.columns(), by=user, now=clock.now())
    )


@require_http_methods(["GET", "POST"])
def record_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep works done or an evaluation."""
    user = person(request)
    entry = access.get_entry(user, pk, access.KEEP_EXPERTS)
    form = RecordForm(user, request.POST or None, initial={"on": clock.today()})
    return asked(
        request, form, Page(f"登记“{entry}”的业绩或评价", "登记", _of(entry), entry.name, "已登记。"),
        lambda: pool_services.record_entry(entry=entry, by=user, now=clock.now(), **form.cleaned_data),
    )  # fmt: skip


def _of(entry: PoolEntry) -> str:
    return reverse("organisations:see_entry", args=[entry.pk])


def _stand(request: HttpRequest, pk: int, word: str, service: Callable[..., None]) -> HttpResponse:
    user = person(request)
    entry = access.get_entry(user, pk, access.KEEP_EXPERTS)
    form = WhyForm(request.POST or None)
    page = Page(f"{word}“{entry}”", word, _of(entry), entry.name, f"已{word}，理由记入记录。")
    return asked(request, form, page, lambda: service(entry=entry, by=user, now=clock.now(), **form.cleaned_data))


@require_http_methods(["GET", "POST"])
def suspend_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend an expert or firm."""
    return _stand(request, pk, "暂停", pool_services.suspend_entry)


@require_http_methods(["GET", "POST"])
def restore_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a suspended expert or firm be chosen again."""
    return _stand(request, pk, "恢复", pool_services.restore_entry)


@require_http_methods(["GET", "POST"])
def remove_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an expert or firm off the pool."""
    return _stand(request, pk, "移出", pool_services.remove_entry)

"""Pages of a resident: my dwellings, asking for one, giving one up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.organisations.contacts import whom_to_ask_of
from gongdi.apps.residents import access, queries, services
from gongdi.apps.residents.access import resident, resident_page
from gongdi.apps.residents.forms import BindingForm
from gongdi.web import clock
from gongdi.web.panels import panels


@require_GET
@resident_page
def see_home(request: HttpRequest) -> HttpResponse:
    """What waits for me, my dwellings and where their binding stands, the ways on, and how to do it on paper."""
    account = resident(request).account
    bindings = queries.own_bindings(account)
    context = {
        "account": account,
        "bindings": bindings,
        "others": queries.other_owners(account, bindings),
        "communities": queries.communities_of(bindings),
        "contacts": whom_to_ask_of(each.compound for each in bindings),
        "now": panels.rendered("resident_now", request, account),
        "ways": panels.rendered("resident", request, account),
    }
    return render(request, "residents/home.html", context)


@require_http_methods(["GET", "POST"])
@resident_page
def ask_binding(request: HttpRequest) -> HttpResponse:
    """Ask for a dwelling to be bound."""
    form = BindingForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_binding(account=resident(request).account, **form.cleaned_data, now=clock.now())
        except services.RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "已提交，请等社区确认。")
            return redirect("residents:see_home")
    return render(request, "residents/ask_binding.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@resident_page
def end_binding(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a binding up."""
    found = access.get_own_binding(resident(request).account, pk)
    services.end_binding(binding=found, now=clock.now())
    messages.success(request, "已解除。")
    return redirect("residents:see_home")

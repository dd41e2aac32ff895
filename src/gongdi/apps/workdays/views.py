"""Pages of the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.workdays import services
from gongdi.apps.workdays.forms import YearForm
from gongdi.apps.workdays.known import calendar
from gongdi.web import clock

ENTER = "workdays.enter_year"


@require_http_methods(["GET", "POST"])
def enter_year(request: HttpRequest) -> HttpResponse:
    """The years known, and the form that enters one."""
    user = person(request)
    require(user, ENTER)
    form = YearForm(calendar().years, request.POST or None, initial={"year": max(calendar().years) + 1})
    if form.is_valid():
        services.enter_year(**form.cleaned_data, by=user, now=clock.now())
        messages.success(request, f"{form.cleaned_data['year']} 年的节假日安排已录入。")
        return redirect("workdays:enter_year")
    years = sorted(calendar().years.values(), key=lambda row: -row.year)[:6]
    context = {"form": form, "years": years}
    return render(request, "workdays/years.html", context, status=422 if form.errors else 200)

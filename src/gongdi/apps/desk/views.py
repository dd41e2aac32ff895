"""The start page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.accounts.access import person
from gongdi.apps.desk import queries
from gongdi.web import clock
from gongdi.web.duties import duties


@require_GET
def see_desk(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    context = {"duties": duties.of(user, now), "today": clock.today(), "pool": queries.pool_summary(user)}
    return render(request, "desk/desk.html", context)

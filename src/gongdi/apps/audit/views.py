"""Pages of the chain."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.audit import access, queries


@require_GET
def see_events(request: HttpRequest) -> HttpResponse:
    access.require_reader(request)
    verb, words = request.GET.get("verb", ""), request.GET.get("q", "").strip()
    page = Paginator(queries.all_events(verb=verb, words=words), 50).get_page(request.GET.get("page"))
    context = {"page": page, "verbs": queries.verbs_used(), "verb": verb, "q": words}
    context["base_query"] = urlencode({key: value for key, value in (("verb", verb), ("q", words)) if value})
    return render(request, "audit/events.html", context)


@require_GET
def verify_chain(request: HttpRequest) -> HttpResponse:
    access.require_reader(request)
    return render(request, "audit/verdict.html", {"verdict": queries.verify_chain()})

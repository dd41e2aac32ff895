"""A password that somebody else made must be changed before anything else is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OPEN = {"accounts:change_password", "accounts:sign_out", "accounts:sign_in", "see_health"}


class ChangePasswordFirst:
    """Leads a person with a password from another's hand to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead away from every other page."""
        match = request.resolver_match
        must = getattr(request.user, "must_change_password", False)
        if not must or match is None or match.view_name in OPEN:
            return None
        messages.warning(request, "这是别人替您设置的口令，请先改成自己的口令再办理其他事项。")
        return redirect("accounts:change_password")

"""What stands before every page of a signed-in person: a live session, a password of their own, a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongdi.apps.accounts import sessions
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.password_rules import is_stale
from gongdi.apps.accounts.permissions import ADMINISTRATORS
from gongdi.apps.accounts.second_factor import is_enrolled
from gongdi.web import clock

OPEN = {"accounts:change_password", "accounts:sign_out", "accounts:sign_in", "see_health", "set_writing"}
ENROLMENT = {
    "accounts:see_second_factor",
    "accounts:add_factor_app",
    "accounts:add_factor_key",
    "accounts:renew_recovery_codes",
}


def needs_second_factor(person: User) -> bool:
    """Whether the person's posts (or the setting, for everybody) ask for a second factor."""
    if settings.SECOND_FACTOR_FOR == "all":
        return True
    return any(post.kind in ADMINISTRATORS for post in person.held_posts)


class _Gate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)


class KeepSession(_Gate):
    """Ends sessions that have rested too long, lasted too long, or were ended elsewhere."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the sign-in page with the reason."""
        if request.user.is_authenticated:
            why = sessions.why_over(request, clock.now())
            if why is not None:
                logout(request)
                query = {"why": why} | ({"next": request.get_full_path()} if request.method == "GET" else {})
                return redirect(f"{reverse('accounts:sign_in')}?{urlencode(query)}")
        return self.get_response(request)


class FirstThingsFirst(_Gate):
    """Leads a person with a password from another's hand, or a stale one, or without the second factor that their post
    needs, to the page that mends it."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead away from every other page."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or match is None or match.view_name in OPEN:
            return None
        if user.must_change_password:
            messages.warning(request, "这是别人替您设置的口令，请先改成自己的口令再办理其他事项。")
            return redirect("accounts:change_password")
        if is_stale(user, clock.now()):
            messages.warning(request, f"口令已使用超过 {settings.PASSWORD_DAYS} 天，请先修改再办理其他事项。")
            return redirect("accounts:change_password")
        if match.view_name not in ENROLMENT and needs_second_factor(user) and not is_enrolled(user):
            messages.warning(request, "您的岗位登录须有第二要素，请先绑定再办理其他事项。")
            return redirect("accounts:see_second_factor")
        return None

"""Pages of one's own account: password, second factor, sessions."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts import access, queries, second_factor, security_services, services, sessions
from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.forms import CodeForm, KeyForm, PasswordForm
from gongdi.apps.accounts.middleware import needs_second_factor
from gongdi.web import clock

SECRET = "accounts.new_secret"


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password."""
    user = person(request)
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        services.change_password(by=user, password=form.cleaned_data["new"], now=clock.now())
        update_session_auth_hash(request, user)
        messages.success(request, "口令已修改，下次登录请用新口令。")
        return redirect("desk:see_desk")
    context = {"form": form, "days": settings.PASSWORD_DAYS}
    return render(request, "accounts/change_password.html", context, status=422 if form.errors else 200)


@require_GET
def see_account(request: HttpRequest) -> HttpResponse:
    """One's posts, second factors and sessions."""
    user = person(request)
    context = {
        "authorities": user.authorities,
        "factors": second_factor.factors_of(user),
        "codes_left": second_factor.codes_left(user),
        "needed": needs_second_factor(user),
        "sessions": [(each, sessions.agent_word(each.agent)) for each in queries.open_sessions(user)],
        "present": sessions.present(request),
        "idle": settings.SESSION_IDLE_MINUTES,
    }
    return render(request, "accounts/account.html", context)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    present = sessions.present(request)
    count = security_services.end_other_sessions(by=person(request), present=present, now=clock.now())
    messages.success(request, f"已结束其他 {count} 个会话。" if count else "没有其他会话。")
    return redirect("accounts:see_account")


@require_GET
def see_second_factor(request: HttpRequest) -> HttpResponse:
    """One's second factors, and how to add one."""
    user = person(request)
    factors = second_factor.factors_of(user)
    context = {
        "factors": factors,
        "has_app": any(each.type == second_factor.Type.TOTP for each in factors),
        "codes_left": second_factor.codes_left(user),
        "needed": needs_second_factor(user),
    }
    return render(request, "accounts/second_factor.html", context)


def _codes(request: HttpRequest, codes: list[str], text: str) -> HttpResponse:
    if not codes:
        messages.success(request, text)
        return redirect("accounts:see_second_factor")
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "text": text})


@never_cache
@require_http_methods(["GET", "POST"])
def add_factor_app(request: HttpRequest) -> HttpResponse:
    """Scan the secret, type the first code; then the recovery codes, this once."""
    user = person(request)
    secret = request.session.get(SECRET) or second_factor.new_secret()
    request.session[SECRET] = secret
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            code = form.cleaned_data["code"]
            codes = security_services.add_factor_app(by=user, secret=secret, code=code, now=clock.now())
        except RefusedError as fault:
            form.add_error("code", str(fault))
        else:
            del request.session[SECRET]
            return _codes(request, codes, "动态口令已绑定，下次登录时要用。")
    # The picture is made of the secret by segno; nothing of it was typed by anybody.
    picture = mark_safe(second_factor.secret_picture(user, secret))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "picture": picture, "secret": spaced}
    return render(request, "accounts/add_factor_app.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def add_factor_key(request: HttpRequest) -> HttpResponse:
    """Add a security key: the page carries the challenge, a script asks the key, the form brings its answer."""
    user = person(request)
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            codes = security_services.add_factor_key(by=user, **form.cleaned_data, now=clock.now())
        except RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            return _codes(request, codes, "安全密钥已绑定，下次登录时可用。")
    challenge: dict[str, Any] = second_factor.ask_for_new_key(user)
    context = {"form": form, "challenge": json.loads(json.dumps(challenge, default=dict))}
    return render(request, "accounts/add_factor_key.html", context, status=422 if form.errors else 200)


@require_POST
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one second factor off."""
    user = person(request)
    found = access.get_factor(user, pk)
    try:
        needed = needs_second_factor(user)
        security_services.remove_factor(factor=found, by=user, needed=needed, now=clock.now())
        messages.success(request, "已解除。")
    except RefusedError as fault:
        messages.error(request, str(fault))
    return redirect("accounts:see_second_factor")


@never_cache
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    user = person(request)
    if not second_factor.is_enrolled(user):
        messages.error(request, "请先绑定动态口令或安全密钥，恢复码随之生成。")
        return redirect("accounts:see_second_factor")
    codes = security_services.renew_recovery_codes(by=user, now=clock.now())
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "text": "已生成新的恢复码，旧的作废。"})

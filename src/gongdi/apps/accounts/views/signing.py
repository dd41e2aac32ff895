"""Pages: signing in by password or by the city's sign-on, the second factor, signing out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts import access, second_factor, services, sessions, sign_on
from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.forms import CodeForm, SignInForm
from gongdi.apps.accounts.models import User
from gongdi.web import clock, origin
from gongdi.web.ways import own_address

PENDING = "accounts.pending"
PENDING_FOR = timedelta(minutes=5)


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _locked_text(until: datetime) -> str:
    return f"连续多次输错，已暂停登录至 {timezone.localtime(until):%H:%M}。急用请联系安全管理员解除锁定。"


def _enter(request: HttpRequest, found: services.SignIn, way: str, wanted: str) -> HttpResponse:
    """Begin the session of somebody who has proved all that is asked, or lead on to the second factor."""
    assert found.person is not None
    if found.second_factor:
        request.session[PENDING] = [found.person.pk, clock.now().isoformat(), way, wanted]
        return redirect("accounts:prove_second_factor")
    request.session.pop(PENDING, None)
    request.way_in = way  # type: ignore[attr-defined]
    login(request, found.person, backend="django.contrib.auth.backends.ModelBackend")
    if found.previous is not None:
        last = f"上次登录：{timezone.localtime(found.previous):%Y-%m-%d %H:%M}。"
        failed = f"此后有 {found.failures} 次登录失败，如非本人操作请修改口令并告知安全管理员。"
        (messages.warning if found.failures else messages.info)(request, last + (failed if found.failures else ""))
    return redirect(own_address(request, wanted, str(settings.LOGIN_REDIRECT_URL)))


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the way to the city's sign-on."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        found = services.sign_in(**form.cleaned_data, address=origin.address_of(request), now=clock.now())
        if found.person is not None:
            return _enter(request, found, "password", _wanted(request))
        if found.locked_until is not None:
            form.add_error(None, _locked_text(found.locked_until))
        else:
            form.add_error(None, "登录名或口令不对。请检查大小写后重新输入；连续输错五次将暂停登录十五分钟。")
    context: dict[str, Any] = {"form": form, "next": _wanted(request)}
    context["why"] = sessions.REASONS.get(request.GET.get("why", ""), "")
    context["sign_on"] = settings.SIGN_ON_NAME if sign_on.is_configured() else ""
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def _pending(request: HttpRequest) -> tuple[User, str, str] | None:
    """Who has passed the first step in this session, how, and where they were going; None when nobody, or long ago."""
    found = request.session.get(PENDING)
    if not found or clock.now() - datetime.fromisoformat(found[1]) > PENDING_FOR:
        return None
    who = access.person_in_use(found[0])
    return (who, found[2], found[3]) if who is not None else None


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def prove_second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: a code, a recovery code, or a security key."""
    pending = _pending(request)
    if pending is None:
        return redirect("accounts:sign_in")
    who, way, wanted = pending
    factors = {str(each.type) for each in second_factor.factors_of(who)}
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code, address = form.cleaned_data["code"], origin.address_of(request)
        found = services.prove_second_factor(person=who, code=code, address=address, now=clock.now())
        if found.person is not None:
            return _enter(request, found, way, wanted)
        fault = "动态口令不对或已用过。请等手机刷新出新的六位数字后再输入，也可用恢复码。"
        form.add_error("code", _locked_text(found.locked_until) if found.locked_until else fault)
    context = {"form": form, "has_app": "totp" in factors, "has_key": "webauthn" in factors}
    return render(request, "accounts/prove_second_factor.html", context, status=422 if form.errors else 200)


@never_cache
@login_not_required
@require_POST
def prove_key(request: HttpRequest) -> HttpResponse:
    """Talk with a security key: first the challenge, then the key's answer (JSON both ways)."""
    pending = _pending(request)
    if pending is None:
        return JsonResponse({"fault": "登录已过期，请重新输入口令。"}, status=403)
    who, way, wanted = pending
    credential = access.posted_credential(request)
    if credential is None:
        return JsonResponse(second_factor.ask_for_key(who))
    address = origin.address_of(request)
    found = services.prove_second_factor(person=who, credential=credential, address=address, now=clock.now())
    if found.person is None:
        fault = (
            _locked_text(found.locked_until)
            if found.locked_until
            else "这把安全密钥没有通过核验，请重试或改用动态口令。"
        )
        return JsonResponse({"fault": fault}, status=422)
    return JsonResponse({"go": _enter(request, found, way, wanted).headers["Location"]})


@login_not_required
@require_GET
def start_sign_on(request: HttpRequest) -> HttpResponse:
    """To the city's own sign-on."""
    if not sign_on.is_configured():
        raise Http404
    try:
        return sign_on.begin(request, _wanted(request))
    except sign_on.SignOnFault as fault:
        return _no_sign_on(request, str(fault), 503)


@never_cache
@login_not_required
@require_GET
def finish_sign_on(request: HttpRequest) -> HttpResponse:
    """Back from the city's own sign-on."""
    if not sign_on.is_configured():
        raise Http404
    try:
        identity = sign_on.finish(request)
    except sign_on.SignOnFault as fault:
        return _no_sign_on(request, str(fault), 403)
    found = services.sign_on(
        issuer=identity.issuer, subject=identity.subject, address=origin.address_of(request), now=clock.now()
    )
    if found.person is None:
        text = "您的统一身份还没有绑定到本系统的人员，不能登录。请联系本单位系统管理员，把下面的标识告诉他办理绑定。"
        return _no_sign_on(request, text, 403, identity.subject)
    return _enter(request, found, "sign_on", identity.next_page)


def _no_sign_on(request: HttpRequest, text: str, status: int, subject: str = "") -> HttpResponse:
    return render(request, "accounts/no_sign_on.html", {"text": text, "subject": subject}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    now = clock.now()
    services.sign_out(by=person(request), now=now)
    sessions.finish(request, now)
    logout(request)
    return redirect("accounts:sign_in")

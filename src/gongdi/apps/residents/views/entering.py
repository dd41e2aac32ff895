"""Pages: coming in with a one-time code, leaving, the size of the type."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongdi.apps.residents import access, services
from gongdi.apps.residents.forms import CodeForm, PhoneForm
from gongdi.apps.residents.gateways import GatewayFault, gateway
from gongdi.apps.residents.large_type import COOKIE as TYPE_COOKIE
from gongdi.web import clock, origin
from gongdi.web.ways import own_address

_YEAR = 365 * 24 * 3600


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """The number; a code goes out, and the page for it follows."""
    way = gateway()
    form = PhoneForm(request.POST or None, initial={"back": request.GET.get("back", "")})
    if way is None:
        return render(request, "residents/closed.html", status=503 if request.method == "POST" else 200)
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            sent, code = services.send_code(phone=phone, address=origin.address_of(request), now=clock.now())
        except services.RefusedError as fault:
            form.add_error("phone", str(fault))
            return render(request, "residents/ask_code.html", {"form": form}, status=422)
        try:
            way.send(phone, code)
        except GatewayFault:
            services.drop_code(sent=sent, now=clock.now())
            form.add_error(None, "短信没有发出去，请一分钟后再试，或到社区居委会办理。")
            return render(request, "residents/ask_code.html", {"form": form}, status=503)
        context = {
            "form": CodeForm(initial={"phone": phone, "back": form.cleaned_data["back"]}),
            "masked": sent.phone_masked,
        }
        context["shown"] = code if way.shows_code else ""
        return render(request, "residents/enter.html", context)
    return render(request, "residents/ask_code.html", {"form": form}, status=422 if form.errors else 200)


def _back(request: HttpRequest, back: str) -> str:
    """The resident's page that was wanted before coming in; their home where it is none."""
    return own_address(request, back if back.startswith("/my/") else "", "/my/")


@never_cache
@login_not_required
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """The code; the resident is in."""
    form = CodeForm(request.POST)
    if form.is_valid():
        given = {"phone": form.cleaned_data["phone"], "code": form.cleaned_data["code"]}
        found = services.enter(**given, address=origin.address_of(request), now=clock.now())
        if found.token:
            response = redirect(_back(request, form.cleaned_data["back"]))
            response.set_cookie(
                access.COOKIE,
                found.token,
                max_age=int(access.LASTS.total_seconds()),
                path="/my/",
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return response
        form.add_error("code", found.fault)
    return render(request, "residents/enter.html", {"form": form}, status=422)


@require_POST
@access.resident_page
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    services.leave(session=access.resident(request), now=clock.now())
    response = redirect("residents:ask_code")
    response.delete_cookie(access.COOKIE, path="/my/")
    return response


@login_not_required
@require_POST
def set_type(request: HttpRequest) -> HttpResponse:
    """Large type (长辈版) on or off, kept for a year."""
    response = redirect(own_address(request, request.POST.get("next", ""), "/my/"))
    large = "1" if request.POST.get("large") == "1" else "0"
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(TYPE_COOKIE, large, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response

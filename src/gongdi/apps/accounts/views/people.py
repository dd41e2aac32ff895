"""Pages of the people: for the system administrator (accounts) and the security administrator (security, attempts)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts import access, queries, security_services, services
from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.forms import BindingForm, PersonForm, WhyForm
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.sign_on import is_configured
from gongdi.web import clock

KEEP, SECURE = "accounts.keep_people", "accounts.keep_security"


@require_GET
def see_people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what each kind of administrator may do to them."""
    user = person(request)
    access.require(user, "accounts.see_people")
    words = request.GET.get("q", "").strip()
    page = Paginator(queries.people(words), 50).get_page(request.GET.get("page"))
    queries.tell_ended(page)
    context = {"page": page, "locked": queries.locked_names(clock.now()), "q": words, "today": clock.today()}
    context |= {"may_keep": user.may_anywhere(KEEP), "may_post": user.may_anywhere("accounts.keep_posts")}
    context |= {"may_secure": user.may_anywhere(SECURE), "sign_on": is_configured()}
    context["base_query"] = urlencode({"q": words} if words else {})
    return render(request, "accounts/people.html", context)


@require_GET
def see_attempts(request: HttpRequest) -> HttpResponse:
    """Attempts to sign in, for the security and the audit administrator."""
    access.require(person(request), "accounts.see_attempts")
    words, failed = request.GET.get("q", "").strip(), bool(request.GET.get("failed"))
    page = Paginator(queries.attempts(words, failed), 50).get_page(request.GET.get("page"))
    asked = {key: value for key, value in (("q", words), ("failed", "1" if failed else "")) if value}
    context = {"page": page, "q": words, "failed": failed, "base_query": urlencode(asked)}
    return render(request, "accounts/attempts.html", context)


@require_POST
def unlock_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the failures of a name."""
    found = access.get_person(person(request), pk)
    access.require(person(request), SECURE)
    services.unlock_person(person=found, by=person(request), now=clock.now())
    messages.success(request, f"已解除 {found.masked_name} 的登录锁定。")
    return redirect("accounts:see_people")


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password, shown this once."""
    found = access.get_person(person(request), pk)
    access.require(person(request), KEEP)
    password = services.new_password()
    services.reset_password(person=found, password=password, by=person(request), now=clock.now())
    context = {"found": found, "password": password}
    return render(request, "accounts/new_password.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person; their password is shown this once, and the security administrator gives them a post."""
    user = person(request)
    access.require(user, KEEP)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        password = services.new_password()
        found = services.add_person(**form.cleaned_data, password=password, by=user, now=clock.now())
        context = {"found": found, "password": password, "is_new": True}
        return render(request, "accounts/new_password.html", context)
    context = {"form": form, "title": "新增人员"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


def _with_reason(
    request: HttpRequest, pk: int, permission: str, title: str, do: Callable[[User, str], object], done: str
) -> HttpResponse:
    """A page that asks for the reason, does it, and says so; a refusal is told above the form."""
    user = person(request)
    found = access.get_person(user, pk)
    access.require(user, permission)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            do(found, form.cleaned_data["why"])
        except RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, done.format(found.masked_name))
            return redirect("accounts:see_people")
    context = {"form": form, "title": f"{title}：{found.masked_name}（{found.username}）"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def disable_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a person out at once."""

    def do(found: User, why: str) -> None:
        security_services.disable_person(person=found, why=why, by=person(request), now=clock.now())

    return _with_reason(request, pk, KEEP, "停用", do, "已停用 {}，其会话已全部结束。")


@require_http_methods(["GET", "POST"])
def enable_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person in again."""

    def do(found: User, why: str) -> None:
        security_services.enable_person(person=found, why=why, by=person(request), now=clock.now())

    return _with_reason(request, pk, KEEP, "启用", do, "已启用 {}。")


@require_http_methods(["GET", "POST"])
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factors off somebody who lost theirs."""

    def do(found: User, why: str) -> None:
        security_services.reset_second_factor(person=found, why=why, by=person(request), now=clock.now())

    done = "已重置 {} 的第二要素，下次登录只凭口令，岗位需要的须重新绑定。"
    return _with_reason(request, pk, SECURE, "重置第二要素", do, done)


@require_http_methods(["GET", "POST"])
def bind_sign_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind the identity of the city's sign-on."""
    user = person(request)
    found = access.get_person(user, pk)
    access.require(user, KEEP)
    form = BindingForm(request.POST or None)
    if form.is_valid():
        try:
            subject, issuer = form.cleaned_data["subject"], settings.SIGN_ON_ISSUER
            security_services.bind_sign_on(person=found, issuer=issuer, subject=subject, by=user, now=clock.now())
        except RefusedError as fault:
            form.add_error("subject", str(fault))
        else:
            messages.success(request, f"已绑定 {found.masked_name} 的统一身份。")
            return redirect("accounts:see_people")
    context = {"form": form, "title": f"绑定统一身份：{found.masked_name}（{found.username}）"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_POST
def unbind_sign_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the identity of the city's sign-on off."""
    found = access.get_person(person(request), pk)
    access.require(person(request), KEEP)
    security_services.unbind_sign_on(person=found, by=person(request), now=clock.now())
    messages.success(request, f"已解除 {found.masked_name} 的统一身份绑定。")
    return redirect("accounts:see_people")

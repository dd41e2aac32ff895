"""Pages: sign in and out, one's own password, the people."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts import access, queries, services
from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.forms import EndPostForm, PasswordForm, PersonForm, PostForm, SignInForm
from gongdi.apps.accounts.joining import give_post, join
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.reaches import reaches
from gongdi.web import clock


def _next_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        found = services.sign_in(**form.cleaned_data, address=request.META.get("REMOTE_ADDR", ""), now=clock.now())
        if found.person is not None:
            login(request, found.person, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(_next_page(request))
        if found.locked_until is not None:
            until = timezone.localtime(found.locked_until)
            form.add_error(None, f"连续多次输错，已暂停登录至 {until:%H:%M}。急用请联系系统管理员解除锁定。")
        else:
            form.add_error(None, "登录名或口令不对。请检查大小写后重新输入；连续输错五次将暂停登录十五分钟。")
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    services.sign_out(by=person(request), now=clock.now())
    logout(request)
    return redirect("accounts:sign_in")


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        services.change_password(by=user, password=form.cleaned_data["new"], now=clock.now())
        update_session_auth_hash(request, user)
        messages.success(request, "口令已修改，下次登录请用新口令。")
        return redirect("desk:see_desk")
    return render(request, "accounts/change_password.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def see_people(request: HttpRequest) -> HttpResponse:
    access.require(person(request), "accounts.see_people")
    context = {"people": queries.people(), "locked": queries.locked_names(clock.now())}
    return render(request, "accounts/people.html", context)


@require_POST
def unlock_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.get_person(person(request), pk)
    access.require(person(request), "accounts.keep_people")
    services.unlock_person(person=found, by=person(request), now=clock.now())
    messages.success(request, f"已解除 {found.masked_name} 的登录锁定。")
    return redirect("accounts:see_people")


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.get_person(person(request), pk)
    access.require(person(request), "accounts.keep_people")
    password = services.new_password()
    services.reset_password(person=found, password=password, by=person(request), now=clock.now())
    context = {"found": found, "password": password}
    return render(request, "accounts/new_password.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person with a first post; their password is shown this once."""
    user = person(request)
    access.require(user, "accounts.keep_people")
    form = PersonForm(request.POST or None)
    if form.is_valid():
        found, password = join(**form.cleaned_data, by=user, now=clock.now())
        return render(request, "accounts/new_password.html", {"found": found, "password": password})
    context = {"form": form, "places": reaches.all(), "title": "新增人员"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a further post."""
    user = person(request)
    found = access.get_person(user, pk)
    access.require(user, "accounts.keep_people")
    form = PostForm(request.POST or None)
    if form.is_valid():
        post = give_post(holder=found, **form.cleaned_data, by=user, now=clock.now())
        messages.success(request, f"已任命 {found.masked_name} 为{post}。")
        return redirect("accounts:see_people")
    context = {"form": form, "places": reaches.all(), "title": f"{found.masked_name}：任命岗位"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post, with the reason; nobody shuts themselves out."""
    user = person(request)
    post = access.get_post(user, pk)
    form = EndPostForm(request.POST or None)
    if form.is_valid() and post.holder_id == user.pk and post.kind == PostKind.ADMINISTRATOR:
        form.add_error(None, "不能终止自己的系统管理员岗位。请由另一位系统管理员办理。")
    if form.is_valid():
        services.end_post(post=post, why=form.cleaned_data["why"], by=user, now=clock.now())
        messages.success(request, f"已终止 {post.holder.masked_name} 的岗位：{post}。")
        return redirect("accounts:see_people")
    context = {"form": form, "post": post}
    return render(request, "accounts/end_post.html", context, status=422 if form.errors else 200)

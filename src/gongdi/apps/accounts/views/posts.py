"""Pages of the posts: appointing, ending, the compounds of a tied post, handing a post to another for a time."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts import access, post_services, queries
from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.forms import DelegationForm, EndPostForm, MovePostForm, ObjectsForm, PostForm, WhyForm
from gongdi.apps.accounts.joining import give_post
from gongdi.apps.accounts.permissions import ADMINISTRATORS
from gongdi.apps.accounts.reaches import reaches
from gongdi.web import clock

POSTS = "accounts.keep_posts"


@require_http_methods(["GET", "POST"])
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    user = person(request)
    found = access.get_person(user, pk)
    access.require(user, POSTS)
    form = PostForm(found, request.POST or None)
    if form.is_valid():
        try:
            post = give_post(holder=found, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"已任命 {found.masked_name} 为{post}。")
            return redirect("accounts:see_people")
    context = {"form": form, "places": reaches.all(), "title": f"{found.masked_name}：任命岗位"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post, with the reason; no administrator shuts themselves out."""
    user = person(request)
    post = access.get_post(user, pk)
    form = EndPostForm(request.POST or None)
    if form.is_valid() and post.holder_id == user.pk and post.kind in ADMINISTRATORS:
        form.add_error(None, f"不能终止自己的{post.get_kind_display()}岗位。请由另一位安全管理员办理。")
    if form.is_valid():
        post_services.end_post(post=post, why=form.cleaned_data["why"], by=user, now=clock.now())
        messages.success(request, f"已终止 {post.holder.masked_name} 的岗位：{post}。")
        return redirect("accounts:see_people")
    context = {"form": form, "post": post}
    return render(request, "accounts/end_post.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def move_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post another place; when the old one is no more, what it became is suggested."""
    user = person(request)
    post = access.get_post(user, pk)
    today = reaches.ended([post.place]).get(post.place)
    form = MovePostForm(request.POST or None, initial={"place": today.code if today is not None else ""})
    if form.is_valid():
        place = form.cleaned_data["place"]
        try:
            moved = post_services.move_post(
                post=post, place=place, place_name=reaches.name_of(place) or place, why=form.cleaned_data["why"],
                by=user, now=clock.now(),
            )  # fmt: skip
        except RefusedError as fault:
            form.add_error("place", str(fault))
        else:
            messages.success(request, f"{post.holder.masked_name} 的岗位已调整为{moved}。")
            return redirect("accounts:see_people")
    note = f"原管辖的“{post.place_name}”{today.words}。" if today is not None else ""
    context = {
        "form": form, "places": reaches.all(), "note": note,
        "title": f"{post.holder.masked_name}（{post}）：调整管辖范围",
    }  # fmt: skip
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def tie_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the compounds of a tied post."""
    user = person(request)
    post = access.get_tied_post(user, pk)
    form = ObjectsForm(post.place, request.POST or None, initial={"objects": queries.tied_names(post)})
    if form.is_valid():
        post_services.tie_post(post=post, **form.cleaned_data, by=user, now=clock.now())
        messages.success(request, f"已调整 {post.holder.masked_name} 所管的小区。")
        return redirect("accounts:see_people")
    context = {"form": form, "title": f"{post.holder.masked_name}（{post}）：所管小区"}
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)


@require_GET
def see_delegations(request: HttpRequest) -> HttpResponse:
    """What one handed out and was handed; everything for the one who keeps posts."""
    user = person(request)
    page = Paginator(queries.delegations(user), 50).get_page(request.GET.get("page"))
    rows = [(each, each.state_on(clock.today())) for each in page]
    may_withdraw = user.may_anywhere(POSTS)
    context = {"page": page, "rows": rows, "posts": queries.delegable_posts(user), "keeper": may_withdraw}
    return render(request, "accounts/delegations.html", context)


@require_http_methods(["GET", "POST"])
def delegate_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a post to another person for a time."""
    user = person(request)
    post = access.get_post_to_delegate(user, pk)
    form = DelegationForm(post, clock.today(), request.POST or None, initial={"starts_on": clock.today()})
    if form.is_valid():
        try:
            made = post_services.delegate_post(post=post, **form.cleaned_data, by=user, now=clock.now())
        except RefusedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"已委托 {made.to.masked_name} 代理：{made}。")
            return redirect("accounts:see_delegations")
    context = {"form": form, "post": post}
    return render(request, "accounts/delegate_post.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation back before its end."""
    user = person(request)
    found = access.get_delegation(user, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        post_services.withdraw_delegation(delegation=found, why=why, by=user, now=clock.now())
        messages.success(request, f"已撤回 {found.to.masked_name} 的代理。")
        return redirect("accounts:see_delegations")
    context = {
        "form": form,
        "title": f"撤回代理：{found.to.masked_name}，{found}",
        "back": reverse("accounts:see_delegations"),
    }
    return render(request, "accounts/person_form.html", context, status=422 if form.errors else 200)

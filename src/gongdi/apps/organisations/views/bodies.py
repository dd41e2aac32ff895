"""Pages of bodies, their members and the leaders in charge of areas."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.organisations import access, queries, services
from gongdi.apps.organisations.forms import BodyForm, CorrectBodyForm, EndForm, LeaderForm, MemberForm, WhyForm
from gongdi.apps.organisations.models import Body
from gongdi.apps.organisations.sources import ROLE_WORDS, governing, template_of
from gongdi.apps.places.models import Compound
from gongdi.apps.places.queries import county_of
from gongdi.web import clock
from gongdi.web.asking import Page, asked

A_PAGE = 50
"""Bodies on a page."""


@require_GET
def see_bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of the person's places as a tree, or flat when narrowed."""
    user = person(request)
    require(user, access.SEE)
    kind, words = request.GET.get("kind", ""), request.GET.get("words", "").strip()
    county = county_of(user, access.KEEP)
    lines = list(queries.tree(access.visible_bodies(user), kind, words))
    context = {
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "base_query": urlencode({"kind": kind, "words": words}),
        "kinds": Body.Kind.choices,
        "kind": kind,
        "words": words,
        "may_keep": user.may_anywhere(access.KEEP),
        "may_set_up": county is not None and user.may(access.KEEP, county.code),
    }
    return render(request, "organisations/bodies.html", context)


@require_GET
def see_body(request: HttpRequest, pk: int) -> HttpResponse:
    """A body: its duties, members, parts, cross-appointments, and who must be in it."""
    user = person(request)
    body = access.get_body(user, pk)
    members, former = queries.members_of(body)
    pack = governing.pack_of(body.place)
    beside = queries.bodies_of(body.compound) if body.compound is not None and pack is not None else []
    required = queries.required_of(beside, pack[0]) if pack is not None and beside else []
    context = {
        "body": body,
        "members": members,
        "today": clock.today(),
        "former": former,
        "roles": ROLE_WORDS,
        "parts": body.parts.filter(until=None),
        "crossings": queries.crossings_of(body, access.visible_bodies(user)),
        "required": [each for each in required if each.body is not None and each.body.pk == body.pk],
        "may_keep": body.until is None and user.may(access.KEEP, body.place),
    }
    return render(request, "organisations/body.html", context)


def _bodies() -> tuple[str, str]:
    return reverse("organisations:see_bodies"), "机构与机制"


def _add(request: HttpRequest, user: User, compound: Compound | None, back: tuple[str, str]) -> HttpResponse:
    initial: dict[str, Any] = {"kind": request.GET.get("kind", "")}
    if compound is not None:
        word = dict(Body.Kind.choices).get(initial["kind"], "")
        initial["name"] = f"{compound.name}{word}" if word else ""
    form = BodyForm(user, compound, request.POST or None, initial=initial)
    page = Page("登记机构", "登记", *back, "机构已登记。", str(compound or ""))
    return asked(request, form, page, lambda: services.add_body(columns=form.columns(), by=user, now=clock.now()))


@require_http_methods(["GET", "POST"])
def add_body(request: HttpRequest) -> HttpResponse:
    """Register a body at a place."""
    user = person(request)
    require(user, access.KEEP)
    return _add(request, user, None, _bodies())


@require_http_methods(["GET", "POST"])
def add_compound_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a body of a compound."""
    user = person(request)
    compound = access.compound_for(user, pk, access.KEEP)
    return _add(request, user, compound, (reverse("places:see_compound", args=[pk]), compound.name))


@require_http_methods(["GET", "POST"])
def set_up_bodies(request: HttpRequest) -> HttpResponse:
    """Set up the bodies that the policy in force asks for."""
    user = person(request)
    require(user, access.KEEP)
    county = county_of(user, access.KEEP)
    if county is None:
        raise Http404
    require(user, access.KEEP, county.code)
    pack = governing.pack_of(county.code)
    form = WhyForm({"why": "按模板"}) if request.method == "POST" else None
    rows = template_of(pack[0]) if pack is not None else []
    page = Page(f"按模板建立{county}的机构", "建立", *_bodies(), "机构已按模板建立。")
    if form is not None:
        return asked(request, form, page, lambda: services.set_up_bodies(county=county, by=user, now=clock.now()))
    context = {"page": page, "rows": rows, "pack": pack, "mechanism": queries.mechanism_of(pack[0]) if pack else []}
    return render(request, "organisations/set_up.html", context)


@require_http_methods(["GET", "POST"])
def correct_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is kept of a body."""
    user = person(request)
    body = access.get_body(user, pk, access.KEEP)
    form = CorrectBodyForm(user, body, request.POST or None)

    def do() -> None:
        columns = dict(form.cleaned_data)
        services.correct_body(body=body, why=columns.pop("why"), columns=columns, by=user, now=clock.now())

    return asked(request, form, Page(f"更正“{body}”", "保存", _of(body), body.name, "已更正。"), do)


def _of(body: Body) -> str:
    return reverse("organisations:see_body", args=[body.pk])


@require_http_methods(["GET", "POST"])
def end_body(request: HttpRequest, pk: int) -> HttpResponse:
    """End a body as of a day."""
    user = person(request)
    body = access.get_body(user, pk, access.KEEP)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    page = Page(f"撤销“{body}”", "撤销", _of(body), body.name, "机构已撤销，记录保留。")
    return asked(
        request, form, page, lambda: services.end_body(body=body, by=user, now=clock.now(), **form.cleaned_data)
    )


@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person or another body a post in a body."""
    user = person(request)
    body = access.get_body(user, pk, access.KEEP)
    form = MemberForm(user, request.POST or None)

    def do() -> None:
        data = form.cleaned_data
        services.add_member(
            body=body, title=data["title"], who=form.who(), member_body=data["member_body"], role=data["role"],
            since=data["since"], by=user, now=clock.now(),
        )  # fmt: skip

    return asked(request, form, Page(f"增加“{body}”的成员", "增加", _of(body), body.name, "成员已增加。"), do)


@require_http_methods(["GET", "POST"])
def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post in a body."""
    user = person(request)
    member = access.get_member(user, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    page = Page(f"免去{member.who}的{member.title}", "免去", _of(member.body), member.body.name, "已免去。")
    return asked(
        request, form, page, lambda: services.end_member(member=member, by=user, now=clock.now(), **form.cleaned_data)
    )


@require_GET
def see_leaders(request: HttpRequest) -> HttpResponse:
    """The leaders in charge of areas."""
    user = person(request)
    require(user, access.SEE)
    visible, today = access.visible_leaders(user), clock.today()
    context = {
        "rows": queries.leaders(visible, today),
        "former": queries.former_leaders(visible, today),
        "may_keep": user.may_anywhere(access.KEEP),
    }
    return render(request, "organisations/leaders.html", context)


def _leaders() -> tuple[str, str]:
    return reverse("organisations:see_leaders"), "领导包片"


@require_http_methods(["GET", "POST"])
def assign_leader(request: HttpRequest) -> HttpResponse:
    """Put a leader in charge of a division or a compound."""
    user = person(request)
    require(user, access.KEEP)
    form = LeaderForm(user, request.POST or None)

    def do() -> None:
        data = form.cleaned_data
        services.assign_leader(
            division=data["division"], compound=data["compound"], title=data["title"], who=form.who(), by=user,
            now=clock.now(),
        )  # fmt: skip

    return asked(
        request,
        form,
        Page("确定包片领导", "确定", *_leaders(), "包片领导已确定；此前由别人包的，到昨天为止，列在“曾任”里。"),
        do,
    )


@require_http_methods(["GET", "POST"])
def end_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a leader off an area."""
    user = person(request)
    leader = access.get_leader(user, pk)
    form = WhyForm(request.POST or None)
    page = Page(f"取消“{leader.place_name}”的包片", "取消包片", *_leaders(), "包片已取消。")
    return asked(
        request, form, page, lambda: services.end_leader(leader=leader, by=user, now=clock.now(), **form.cleaned_data)
    )

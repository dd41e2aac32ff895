"""Pages of the office: notices, one notice, drafting and correcting it, its board copy."""

from __future__ import annotations

from typing import Any

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.notices import access, files, queries, services
from gongdi.apps.notices.forms import AboutForm, AttachForm, CorrectForm, DraftForm, PlaceDraftForm, WordsForm
from gongdi.apps.notices.kinds import CHOICES
from gongdi.apps.notices.models import Notice
from gongdi.apps.notices.subjects import subjects, written
from gongdi.apps.organisations.contacts import whom_to_ask
from gongdi.apps.places.access import get_compound
from gongdi.apps.places.models import Compound
from gongdi.web import clock
from gongdi.web.asking import Page, asked

PER_PAGE = 50


def page_of(notice: Notice) -> str:
    """The address of a notice's page."""
    return reverse("notices:see_notice", args=[notice.pk])


@require_GET
def see_notices(request: HttpRequest) -> HttpResponse:
    """The notices of the person's places."""
    user = person(request)
    require(user, access.SEE)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    rows = queries.listed(access.visible_notices(user), state, kind)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "states": Notice.State.choices, "state": state, "kinds": CHOICES, "kind": kind,
        "base_query": f"state={state}&kind={kind}", "may_keep": any(user.places_for(access.KEEP)),
    }  # fmt: skip
    return render(request, "notices/notices.html", context)


@require_GET
def see_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what it says, how it was posted, what was objected, what keeps it from being final."""
    user = person(request)
    notice = access.get_notice(user, pk)
    today = clock.today()
    published = notice.published_at is not None
    standing = notice.state in (Notice.State.PUBLISHED, Notice.State.ENDED)
    may = {name: user.may(permission, notice.place, notice.compound) for name, permission in (
        ("keep", access.KEEP), ("post", access.POST), ("enter", access.ENTER), ("answer", access.ANSWER),
    )}  # fmt: skip
    context = {
        "notice": notice, "shown": queries.shown(notice),
        "versions": queries.versions_of(access.visible_notices(user), notice),
        "listed": notice.listed.all(), "may": may, "published": published,
        # What residents wrote is for those who enter and answer it.
        "objections": queries.objections_of(notice) if may["enter"] or may["answer"] else None,
        "hindrances": queries.hindrances_of(notice, today) if standing else [],
        "lack": files.lack_of(notice) if notice.state == Notice.State.DRAFT else None,
        "about": subjects.address_of(user, notice.compound, notice.object_kind, notice.object_id),
        "over": notice.ends_on is not None and today > notice.ends_on,
    }  # fmt: skip
    return render(request, "notices/notice.html", context)


def _begun(request: HttpRequest, user: User, compound: Compound) -> dict[str, str]:
    """What the page is to begin with: the kind asked for, and the words of the object it is to be about."""
    kind, sent = request.GET.get("kind", ""), request.GET.get("about", "")
    known = {written(each): each for _, rows in subjects.listed(user, compound) for each in rows} if sent else {}
    found = {"kind": kind, "contact": str(whom_to_ask(compound) or "")[:200]}
    if sent not in known:
        return found
    begun = subjects.begin(user, known[sent], kind)
    return {**found, "about": sent, "title": begun.title[:100], "text": begun.text}


@require_http_methods(["GET", "POST"])
def draft_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a notice about a compound."""
    user = person(request)
    compound = get_compound(user, pk)
    require(user, access.KEEP, compound.place)
    form = DraftForm(user, compound, request.POST or None, initial=_begun(request, user, compound))
    back = reverse("places:see_compound", args=[pk])
    page = Page("起草公示", "保存草稿", back, compound.name, "草稿已保存。请添加附件，核对后发布。")
    return asked(
        request, form, page,
        lambda: services.draft_notice(
            kind=form.cleaned_data["kind"], words=form.words, where=compound, about=form.about, by=user,
            now=clock.now(),
        ),
        to=page_of,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def draft_place_notice(request: HttpRequest) -> HttpResponse:
    """Draft a notice about a street or county."""
    user = person(request)
    require(user, access.KEEP)
    form = PlaceDraftForm(user, request.POST or None)
    page = Page("起草公示", "保存草稿", reverse("notices:see_notices"), "公示", "草稿已保存。请添加附件，核对后发布。")

    def do() -> Notice:
        where = form.cleaned_data["division"]
        require(user, access.KEEP, where.code)
        return services.draft_notice(
            kind=form.cleaned_data["kind"], words=form.words, where=where, by=user, now=clock.now()
        )

    return asked(request, form, page, do, to=page_of)


@require_http_methods(["GET", "POST"])
def edit_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    known = WordsForm.known(notice)
    # A correction stays about what its first version was about.
    compound = notice.compound if notice.version == 1 else None
    if notice.object_id is not None:
        known["about"] = f"{notice.object_kind}:{notice.object_id}"
    form = AboutForm(user, compound, request.POST or None, initial=known)
    page = Page("修改草稿", "保存", page_of(notice), notice.title, "已保存。")
    return asked(
        request, form, page,
        lambda: services.edit_notice(notice=notice, words=form.words, about=form.about, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def correct_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a corrected version."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    form = CorrectForm(user, request.POST or None, initial=CorrectForm.known(notice))
    note = "更正后是新的一版：发布时旧版停止公示，公示期重新计算。附件会带过来，不对的在草稿页撤下。"
    page = Page("更正公示", "保存更正草稿", page_of(notice), notice.title, "更正草稿已保存，发布后生效。", note)
    return asked(
        request, form, page,
        lambda: services.correct_notice(
            notice=notice, words=form.words, why=form.cleaned_data["why"], by=user, now=clock.now()
        ),
        to=page_of,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def attach_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Put files to a draft."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    form = AttachForm(request.POST or None, request.FILES or None)
    page = Page("添加附件", "添加", page_of(notice), notice.title, "附件已添加。")

    def do() -> None:
        told = {"note": form.cleaned_data["note"], "part": form.cleaned_data["part"]}
        for file in form.cleaned_data["attached"]:
            services.attach_file(notice=notice, file=file, **told, by=user, now=clock.now())

    return asked(request, form, page, do)


def qr(text: str, scale: int) -> SafeString:
    """A QR code as a picture in the page."""
    # The picture is made of our own address by segno; nothing of it was typed by anybody.
    return mark_safe(segno.make(text, error="m").svg_inline(scale=scale, border=2, svgclass="g-qr", lineclass=None))


@require_GET
def print_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy for the board, A4 or A3, with the QR code of the public page."""
    notice = access.get_notice(person(request), pk)
    address = request.build_absolute_uri(reverse("notices:see_public_notice", args=[notice.code]))
    context: dict[str, Any] = {
        "notice": notice, "listed": notice.listed.all(), "size": "a3" if request.GET.get("size") == "a3" else "a4",
        "address": address, "picture": qr(address, 4), "shown": queries.shown(notice),
    }  # fmt: skip
    return render(request, "notices/board.html", context)

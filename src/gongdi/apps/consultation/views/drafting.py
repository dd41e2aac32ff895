"""Drafting a round: its window, the items of its menu, their prices and payers, photos, opening it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.consultation import access, queries, services
from gongdi.apps.consultation.forms.drafting import DiscardForm, DraftForm, ItemsForm, OpenForm, PhotoForm, PriceForm
from gongdi.apps.consultation.menu import choices_of, pledges_asked, who_pays
from gongdi.apps.consultation.models import Round
from gongdi.apps.consultation.presenting import PAYER_WORDS
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import prepare_upload
from gongdi.apps.places.access import get_compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.packs import governing
from gongdi.web import clock
from gongdi.web.asking import Page
from gongdi.web.asking import asked as form_page

DRAFT = Round.State.DRAFT.value
NO_PACK = "本地还没有设定适用的政策包，不能从菜单起草征询。请先由区住建局设定。"


@require_http_methods(["GET", "POST"])
def draft_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a round of a compound."""
    user = person(request)
    compound = get_compound(user, pk)
    require(user, access.KEEP, compound.place)
    ground = governing(compound.place)
    pledges = [each.value for each in pledges_asked(ground)] if ground else []
    initial = {"title": f"{compound}改造意愿征询", "since": clock.today(), "pledges": pledges}
    form = DraftForm(request.POST or None, initial=initial)
    if form.is_valid() and ground is None:
        form.add_error(None, NO_PACK)
    if form.is_valid() and ground is not None:
        made = services.draft_round(compound=compound, ground=ground, **form.cleaned_data, by=user, now=clock.now())
        return redirect("consultation:choose_items", pk=made.pk)
    context = {"form": form, "title": "起草意愿征询", "button": "下一步：选内容", "compound": compound}
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)


def _page(asked: Round, title: str, button: str, done: str, note: str = "") -> Page:
    return Page(title, button, reverse("consultation:see_round", args=[asked.pk]), asked.title, done, note)


@require_http_methods(["GET", "POST"])
def edit_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name, the window and what is asked beside the menu of a draft."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, DRAFT)
    initial = {"title": asked.title, "since": asked.since, "until": asked.until, "pledges": asked.pledges}
    form = DraftForm(request.POST or None, initial=initial)
    return form_page(
        request, form, _page(asked, "修改征询", "保存", "已保存。"),
        lambda: services.edit_round(round=asked, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def discard_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, DRAFT)
    form = DiscardForm(request.POST or None)
    note = "放弃后不能再改、不能开始；列表里留有记录。"
    return form_page(
        request, form, _page(asked, "放弃这份草稿", "放弃", "已放弃，没有征求过任何人。", note),
        lambda: services.discard_round(round=asked, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def choose_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the items of the menu from the catalogue of the policy in force."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, DRAFT)
    ground = governing(asked.compound.place)
    choices = choices_of(asked.compound, ground) if ground else []
    taken: dict[str, list[str]] = {}
    for row in asked.items.all():
        taken.setdefault(row.item_class, []).append(row.item)
    form = ItemsForm(choices, request.POST or None, initial=taken)
    if form.is_valid() and ground is not None:
        told = who_pays(asked.compound, ground)
        try:
            services.choose_items(
                round=asked, choices=form.chosen, shares=told.shares, source=told.source, by=user, now=clock.now()
            )
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("consultation:price_menu", pk=pk)
    context = {"form": form, "round": asked, "pack": ground.pack.document.title if ground else "", "no_pack": NO_PACK}
    return render(request, "consultation/items.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def price_menu(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the words, prices and payers of every item; all are kept together or none."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, DRAFT)
    ground = governing(asked.compound.place)
    items = list(asked.items.all())
    told = who_pays(asked.compound, ground) if ground else None
    forms = [PriceForm(row, request.POST or None, told) for row in items]
    problems: list[str] = []
    if request.method == "POST" and all([form.is_valid() for form in forms]) and forms:
        try:
            priced = [form.priced for form in forms]
            services.price_menu(round=asked, priced=priced, by=user, now=clock.now())
        except RefusedError as refused:
            problems.append(str(refused))
        else:
            messages.success(request, "菜单已保存。")
            return redirect("consultation:see_round", pk=pk)
    duties = [(PAYER_WORDS[payer.value], word, section) for payer, word, section in told.duties] if told else []
    faulty = [form for form in forms if form.errors]
    context = {
        "round": asked, "forms": forms, "faulty": faulty, "problems": problems, "duties": duties,
        "photos": queries.photos_of(items),
    }  # fmt: skip
    return render(request, "consultation/menu.html", context, status=422 if faulty or problems else 200)


@require_http_methods(["GET", "POST"])
def add_photo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put a photo of the compound's own in the place of an item's picture."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP)
    item = access.get_item(asked, number)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            file = prepare_upload(form.cleaned_data["file"], photo=True)
            services.add_photo(item=item, file=file, by=user, now=clock.now())
        except (RefusedFileError, RefusedError) as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"“{item}”的照片已换上。")
            return redirect("consultation:see_round", pk=pk)
    context = {"form": form, "title": f"给“{item}”配照片", "button": "上传", "round": asked, "upload": True}
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a round; from then on the menu does not change."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, DRAFT)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            services.open_round(round=asked, **form.cleaned_data, today=clock.today(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "征询已开始。请打印征询表送到各户，并张贴二维码。")
            return redirect("consultation:see_round", pk=pk)
    context = {
        "form": form, "title": "开始征询", "button": "开始征询", "round": asked,
        "told": "开始以后菜单不能再改；户数按今天的房屋清册固定。",
    }  # fmt: skip
    return render(request, "consultation/form.html", context, status=422 if form.errors else 200)

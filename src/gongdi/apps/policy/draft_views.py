"""Pages of drafts: download a pack as a workbook, upload it changed, see what is wrong, compare, discard."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy import access, services
from gongdi.apps.policy.drafts import Reading, checked, named, pack_of, read_draft, workbook_of, workbook_of_draft
from gongdi.apps.policy.forms import DraftForm
from gongdi.apps.policy.packs import library
from gongdi.exchange.problems import CannotReadError
from gongdi.web import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def see_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of the person's places, the packs to draft from, and the form that uploads one."""
    user = person(request)
    require(user, access.TRY)
    form = DraftForm(request.POST or None, request.FILES or None)
    reading: Reading | None = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            reading = read_draft(file.name, content)
        except CannotReadError as refused:
            form.add_error("file", str(refused))
        else:
            if reading.pack is not None:
                row = services.upload_draft(
                    file_name=file.name, digest=hashlib.sha256(content).hexdigest(),
                    title=reading.pack.document.title, texts=reading.texts,
                    place=sorted(user.places_for(access.TRY))[0], by=user, now=clock.now(),
                )  # fmt: skip
                messages.success(request, "草案已上传，可以与现行政策包对比。草案只用于对比，不用于判定。")
                return redirect("policy:see_draft", pk=row.pk)
    bad = bool(form.errors) or (reading is not None and reading.pack is None)
    context = {
        "form": form,
        "faults": reading.faults if reading else (),
        "drafts": access.visible_drafts(user),
        "packs": list(library().packs.items()),
    }
    return render(request, "policy/drafts.html", context, status=422 if bad else 200)


@require_GET
def see_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: what is still wrong in it, and the ways to compare it."""
    draft = access.get_draft(person(request), pk)
    reading = checked(named(draft.texts, draft.slug), draft.slug)
    context = {
        "draft": draft,
        "pack": pack_of(draft),
        "faults": reading.faults,
        "packs": list(library().packs.items()),
    }
    return render(request, "policy/draft.html", context)


@require_POST
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft away."""
    user = person(request)
    draft = access.get_draft(user, pk)
    try:
        services.discard_draft(draft=draft, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "草案已放弃。现行政策和判定没有任何改动。")
    return redirect("policy:see_drafts")


@require_GET
def export_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as a workbook, to go on with."""
    draft = access.get_draft(person(request), pk)
    content = workbook_of_draft(draft)
    if content is None:
        raise Http404
    return _download(content, draft.slug)


@require_GET
def export_pack(request: HttpRequest, slug: str) -> HttpResponse:
    """A pack in force as a workbook, to read or to draft from."""
    return _download(workbook_of(access.get_pack(person(request), slug)), slug)


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f"attachment; filename={name}.xlsx"}
    return HttpResponse(content, content_type=XLSX, headers=headers)

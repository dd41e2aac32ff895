"""The public page of a notice, opened by its code without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.files.serving import JPEG, kept_file, open_copy
from gongdi.apps.notices import access, queries
from gongdi.apps.notices.models import Notice
from gongdi.web import clock


@login_not_required
@require_GET
def see_public_notice(request: HttpRequest, code: str) -> HttpResponse:
    """What is published, until when, what was objected and answered, how to object."""
    return show_notice(request, access.get_public(code), own=False)


def show_notice(request: HttpRequest, notice: Notice, *, own: bool) -> HttpResponse:
    """The page of a published notice; `own` for whoever has come in, who goes back to their own notices.

    The cookie of residents goes to their own addresses alone, so that the address says which it is.
    """
    newer = queries.standing_version(notice) if notice.state == Notice.State.SUPERSEDED else None
    context = {
        "notice": notice, "newer": newer, "shown": queries.shown(notice), "listed": notice.listed.all(),
        "answers": queries.answered_in_public(notice), "today": clock.today(),
        "objecting": notice.state == Notice.State.PUBLISHED and notice.ends_on and clock.today() <= notice.ends_on,
        "own": own,
        "asking": notice.state in (Notice.State.PUBLISHED, Notice.State.ENDED, Notice.State.FINAL),
    }  # fmt: skip
    return render(request, "notices/public.html", context)


@login_not_required
@require_GET
def show_public_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """A file of a published notice; of a photo the copy without position and device."""
    return open_copy(access.get_public_file(code, pk))


@login_not_required
@require_GET
def show_public_thumbnail(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The thumbnail of a photo of a published notice, or the file itself when it is none."""
    row = access.get_public_file(code, pk)
    return kept_file(row.thumbnail_digest, JPEG, f"{pk}.jpg", inline=True) if row.is_photo else open_copy(row)

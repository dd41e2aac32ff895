"""Pages of attachments, and the files themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person
from gongdi.apps.files import access, services
from gongdi.apps.files.checking import PDF
from gongdi.apps.files.forms import OriginalForm, WithdrawForm
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.serving import JPEG, kept_file
from gongdi.web import clock


@require_GET
def see_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of an attachment, with the public copy of a photo."""
    user = person(request)
    row = access.get_attachment(user, pk)
    context = {
        "row": row,
        "may_see_original": row.is_photo and user.may(access.ORIGINAL, row.place),
        "may_withdraw": user.may(access.WITHDRAW, row.place),
        "form": OriginalForm(),
    }
    return render(request, "files/attachment.html", context)


def _photo(request: HttpRequest, pk: int) -> Attachment:
    row = access.get_attachment(person(request), pk)
    if not row.is_photo:
        raise Http404
    return row


@require_GET
def show_photo(request: HttpRequest, pk: int) -> FileResponse:
    """The public copy of a photo."""
    row = _photo(request, pk)
    return kept_file(row.public_digest, JPEG, f"{pk}.jpg", inline=True)


@require_GET
def show_thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """The thumbnail of a photo."""
    row = _photo(request, pk)
    return kept_file(row.thumbnail_digest, JPEG, f"{pk}-small.jpg", inline=True)


@require_GET
def download_attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A document as it came, or the public copy of a photo; only a PDF opens in the browser."""
    row = access.get_attachment(person(request), pk)
    if row.is_photo:
        return kept_file(row.public_digest, JPEG, f"{pk}.jpg", inline=False)
    return kept_file(row.digest, row.media_type, row.file_name, inline=row.media_type == PDF)


@require_POST
def see_original(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """A photo's original, for a stated purpose."""
    user = person(request)
    row = access.get_attachment(user, pk, access.ORIGINAL)
    form = OriginalForm(request.POST)
    if not form.is_valid():
        messages.error(request, "查看原件须写明用途。")
        return redirect("files:see_attachment", pk=pk)
    services.see_original(attachment=row, **form.cleaned_data, by=user, now=clock.now())
    return kept_file(row.digest, row.media_type, row.file_name, inline=False)


@require_http_methods(["GET", "POST"])
def withdraw_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an attachment, with the reason."""
    user = person(request)
    row = access.get_attachment(user, pk, access.WITHDRAW)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw_attachment(attachment=row, **form.cleaned_data, by=user, now=clock.now())
            messages.success(request, "附件已撤下，原件保留在记录里。")
        except services.RefusedError as refused:
            messages.error(request, str(refused))
        if row.compound_pk is None:
            return redirect("desk:see_desk")
        return redirect("places:see_compound", pk=row.compound_pk)
    return render(request, "files/withdraw.html", {"form": form, "row": row}, status=422 if form.errors else 200)

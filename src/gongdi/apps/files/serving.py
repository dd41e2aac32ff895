"""Kept files on their way to a browser."""

from __future__ import annotations

from django.http import FileResponse

from gongdi.apps.files.checking import PDF
from gongdi.apps.files.models import Attachment
from gongdi.web.uploads import path_of

JPEG = "image/jpeg"


def kept_file(digest: str, media_type: str, name: str, *, inline: bool) -> FileResponse:
    """A kept file, that the browser neither guesses about nor lets do anything."""
    response = FileResponse(
        path_of(digest).open("rb"), content_type=media_type, as_attachment=not inline, filename=name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def open_copy(row: Attachment) -> FileResponse:
    """What anybody may have of an attachment: the public copy of a photo or Word or Excel file, a PDF as it came."""
    if row.is_photo:
        return kept_file(row.public_digest, JPEG, f"{row.pk}.jpg", inline=True)
    return kept_file(row.public_digest or row.digest, row.media_type, row.file_name, inline=row.media_type == PDF)

"""Kept files on their way to a browser."""

from __future__ import annotations

import io
from typing import IO

from django.http import FileResponse, Http404

from gongdi.apps.files.checking import PDF, RefusedFileError
from gongdi.apps.files.documents import plain_document
from gongdi.apps.files.models import Attachment
from gongdi.web.uploads import path_of

JPEG = "image/jpeg"


def kept_file(digest: str, media_type: str, name: str, *, inline: bool) -> FileResponse:
    """A kept file, that the browser neither guesses about nor lets do anything."""
    return _as_response(path_of(digest).open("rb"), media_type, name, inline=inline)


def _as_response(content: IO[bytes], media_type: str, name: str, *, inline: bool) -> FileResponse:
    response = FileResponse(content, content_type=media_type, as_attachment=not inline, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def open_copy(row: Attachment) -> FileResponse:
    """What anybody may have of an attachment: the public copy of a photo or Word or Excel file, a PDF as it came.

    A Word or Excel file kept before copies were made gets its copy now, which is not kept: the record stays as it was.

    Raises:
        Http404: of such a file no copy can be made; the original is not given out instead.
    """
    if row.is_photo:
        return kept_file(row.public_digest, JPEG, f"{row.pk}.jpg", inline=True)
    if row.public_digest or row.media_type == PDF:
        digest = row.public_digest or row.digest
        return kept_file(digest, row.media_type, row.file_name, inline=row.media_type == PDF)
    try:
        copy = plain_document(path_of(row.digest).read_bytes(), row.media_type)
    except RefusedFileError as refused:
        raise Http404(str(refused)) from None
    return _as_response(io.BytesIO(copy), row.media_type, row.file_name, inline=False)

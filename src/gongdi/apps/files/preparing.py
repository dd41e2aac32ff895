"""A file before it is kept: checked, scanned, its copies made. Nothing stands on the disk until all of it is done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongdi.apps.files.checking import CheckedFile, RefusedFileError, check_file
from gongdi.apps.files.documents import plain_document
from gongdi.apps.files.photos import NOTHING_TAKEN, Taken, plain_copies, taken_of
from gongdi.apps.files.scanning import scan


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that may be kept, with the copies that anybody may have (a document has no thumbnail, a PDF no copy)."""

    content: bytes
    digest: str
    name: str
    about: CheckedFile
    taken: Taken = NOTHING_TAKEN
    public: bytes = b""
    thumbnail: bytes = b""


def prepare(content: bytes, name: str, *, photo: bool = False) -> ReadyFile:
    """Check a file that somebody sent and make its copies.

    Raises:
        RefusedFileError: it is not taken; the text says why and what to do.
    """
    about = check_file(content, photo=photo)
    scan(content)
    digest = hashlib.sha256(content).hexdigest()
    name = name.replace("\\", "/").rsplit("/", 1)[-1][-200:] or "未命名"
    if not about.is_photo:
        return ReadyFile(content, digest, name, about, public=plain_document(content, about.media_type))
    public, thumbnail = plain_copies(content)
    return ReadyFile(content, digest, name, about, taken_of(content), public, thumbnail)


def prepare_upload(file: UploadedFile[bytes], *, photo: bool = False) -> ReadyFile:
    """A file of a form, prepared; one that is far too large is not even read."""
    most = (
        settings.LARGEST_PHOTO
        if photo
        else max(settings.LARGEST_DOCUMENT, settings.LARGEST_PHOTO, settings.LARGEST_VIDEO)
    )
    if (file.size or 0) > most:
        limit = most // 1024 // 1024
        raise RefusedFileError(f"“{file.name}”超过上限 {limit} MB。请压缩或拆成几份后再传。")
    return prepare(file.read(), file.name or "", photo=photo)

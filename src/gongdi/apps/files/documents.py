"""Word and Excel files as anybody may have them: without author, company, and where their photos were taken.

The original is kept as it arrived. Of the file's parts only the properties, the names of those who wrote, commented and
changed it, and the pictures' metadata change; a PDF is given out as it came, since no library at hand rewrites one.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass

from gongdi.apps.files.authors import is_markup, without_authors
from gongdi.apps.files.checking import MOST_PARTS, MOST_UNPACKED, OFFICE, RefusedFileError
from gongdi.apps.files.pictures import plain_picture
from gongdi.apps.files.videos import plain_video

CORE, APP = "docProps/core.xml", "docProps/app.xml"
CUSTOM = "docProps/custom.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    CORE: _HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    APP: _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    CUSTOM: _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "word/people.xml": _HEAD + '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
}  # fmt: skip
"""Parts that tell who wrote a file, for whom, with which program: each is left there, and left empty."""
_EMPTY_BY_LOWER = {name.lower(): text.encode() for name, text in _EMPTY.items()}
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a part can carry: when somebody saved is nobody's business either."""
_DEEPEST = 3
"""Files within files, as a chart has its table; deeper ones are no ordinary document."""
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


def plain_document(content: bytes, media_type: str) -> bytes:
    """The copy of a document or a video that anybody may have; empty where it is given out as it came (PDF).

    Raises:
        RefusedFileError: it is damaged, locked, or holds a picture that cannot be written anew.
    """
    if media_type.startswith("video/"):
        return plain_video(content)
    if media_type not in OFFICE.values():
        return b""
    try:
        return plain_office(content)
    except _DAMAGED:
        raise RefusedFileError("文件打不开，可能加了密码或已损坏。请去掉密码，另存后再传。") from None


@dataclass(slots=True)
class _Left:
    """What may still be unpacked of one upload, the files in its files counted too."""

    parts: int = MOST_PARTS
    unpacked: int = MOST_UNPACKED

    def take(self, parts: list[zipfile.ZipInfo]) -> None:
        self.parts -= len(parts)
        self.unpacked -= sum(part.file_size for part in parts)
        if self.parts < 0 or self.unpacked < 0:
            raise RefusedFileError("文件连同嵌入的文件解开后过大。请去掉嵌入的文件，另存后再传。")


def plain_office(content: bytes) -> bytes:
    """A Word or Excel file without its properties and its authors, and without the metadata of the pictures in it.

    Raises:
        RefusedFileError: it holds a picture that cannot be written anew, or files within files within files.
    """
    return _plain_zip(content, 1, _Left())


def _plain_zip(content: bytes, depth: int, left: _Left) -> bytes:
    if depth > _DEEPEST:
        raise RefusedFileError("文件里嵌入的文件层数过多。请去掉嵌入的文件，另存后再传。")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        left.take(source.infolist())
        for part in source.infolist():
            data = _plain_part(part.filename, source.read(part), depth, left)
            copy.writestr(zipfile.ZipInfo(part.filename, _STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plain_part(name: str, data: bytes, depth: int, left: _Left) -> bytes:
    """A part by what it contains; its name counts only for the properties, which programs put under fixed names."""
    name = name.lower()
    if name in _EMPTY_BY_LOWER or name.endswith(".psmdcp"):
        return _EMPTY_BY_LOWER.get(name, _EMPTY[CORE].encode())
    if name.startswith("docprops/thumbnail"):
        return b""
    if data.startswith(b"PK\x03\x04"):
        return _plain_zip(data, depth + 1, left)
    if is_markup(data):
        return without_authors(data)
    picture = plain_picture(data)
    return data if picture is None else picture

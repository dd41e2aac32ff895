"""Word and Excel files as anybody may have them: without author, company, and where their photos were taken.

The original is kept as it arrived. Of the file's parts only the properties and the photos' metadata change; a PDF is
given out as it came, since no library at hand rewrites one.
"""

from __future__ import annotations

import io
import warnings
import zipfile

from PIL import Image

CORE, APP = "docProps/core.xml", "docProps/app.xml"
CUSTOM = "docProps/custom.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    CORE: _HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    APP: _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    CUSTOM: _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}  # fmt: skip
"""Parts that tell who wrote a file, for whom, with which program: each is left there, and left empty."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a part can carry: when somebody saved is nobody's business either."""


def plain_office(content: bytes) -> bytes:
    """A Word or Excel file without its properties, and without the metadata of the photos in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.infolist():
            name = part.filename
            data = _EMPTY[name].encode() if name in _EMPTY else _plain_part(name, source.read(part))
            copy.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plain_part(name: str, data: bytes) -> bytes:
    if "/media/" in name and name.lower().endswith((".jpg", ".jpeg")):
        return _plain_jpeg(data)
    return b"" if name.startswith("docProps/thumbnail") else data


def _plain_jpeg(data: bytes) -> bytes:
    """A JPEG with the same pixels, not compressed anew, without EXIF; left alone when it cannot be opened."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
                image.save(out, "JPEG", quality="keep", exif=b"", icc_profile=image.info.get("icc_profile"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return data
    return out.getvalue()

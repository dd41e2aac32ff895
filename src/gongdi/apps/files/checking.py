"""What a file is, told by its content and never by its name; what is refused is told why, and nothing of it is kept."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache

import puremagic
from django.conf import settings
from PIL import Image

MOST_PIXELS = 120_000_000
"""Pixels of a photo that is opened at all; the largest phones make about 108 million."""
MOST_PARTS, MOST_UNPACKED = 5_000, 400 * 1024 * 1024
OFFICE = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PDF = "application/pdf"
PHOTOS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
"""The library's name of a kind of photo, and its media type. MPO is a JPEG with further pictures behind the first."""
UNREADABLE = (
    OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, EOFError, NotImplementedError, struct.error,
    zlib.error, Image.DecompressionBombError,
)  # fmt: skip
"""What the library raises at a photo that is damaged or made to do damage."""
VIDEOS = {b"qt  ": "video/quicktime"}
"""The media type of a video by its brand; any other brand is MP4."""
_STILLS = (b"avif", b"avis", b"jxl ", b"crx ")
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")


class RefusedFileError(Exception):
    """A file that is not taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file turned out to be; for a photo its size in pixels as stored."""

    is_photo: bool
    media_type: str
    width: int | None = None
    height: int | None = None


@cache
def photo_formats() -> tuple[str, ...]:
    """The kinds of photo that can be opened here; HEIC only where the library reads it."""
    Image.init()
    return tuple(name for name in PHOTOS if name in Image.OPEN)


def check_file(content: bytes, *, photo: bool = False) -> CheckedFile:
    """What the content is; with `photo`, nothing but a photo will do.

    Raises:
        RefusedFileError: it is of no kind that is taken, too large, damaged, or dangerous to open.
    """
    if not content:
        raise RefusedFileError("文件是空的。请重新选择；刚拍的照片请等它保存完再选。")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS and "HEIF" not in photo_formats():
        raise RefusedFileError("这是 HEIC 照片，这里打不开。请在手机相机设置中选“兼容性最佳”，或另存为 JPEG 后再传。")
    if _looks_like_photo(content):
        return _checked_photo(content)
    if photo:
        raise RefusedFileError("这不是照片。请选择 JPEG、PNG 或 WebP 照片。")
    if content[4:8] == b"ftyp":
        _refuse_large(content, settings.LARGEST_VIDEO, "录像", "请剪短，或用手机调低清晰度后再传。")
    else:
        _refuse_large(content, settings.LARGEST_DOCUMENT, "文件", "请拆成几份，或压缩其中的图片后再传。")
    if content[4:8] == b"ftyp" and content[8:12] not in _STILLS:
        return CheckedFile(False, VIDEOS.get(content[8:12], "video/mp4"))
    if content.startswith(b"%PDF-"):
        return CheckedFile(False, PDF)
    if content.startswith(b"PK\x03\x04"):
        return CheckedFile(False, _office_type(content))
    raise RefusedFileError(
        f"不收{_told(content)}。请上传照片（JPEG、PNG、WebP）、录像（MP4、MOV）、PDF、.xlsx 或 .docx。"
    )


def _refuse_large(content: bytes, most: int, word: str, remedy: str) -> None:
    if len(content) > most:
        size, limit = len(content) / 1024 / 1024, most // 1024 // 1024
        raise RefusedFileError(f"{word}有 {size:.1f} MB，超过上限 {limit} MB。{remedy}")


def _looks_like_photo(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS)
    )


def _checked_photo(content: bytes) -> CheckedFile:
    _refuse_large(content, settings.LARGEST_PHOTO, "照片", "请用手机自带的相机重拍，或调低分辨率后再传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=photo_formats()) as image:
                width, height, kind = image.width, image.height, image.format or ""
                if width * height > MOST_PIXELS:
                    raise RefusedFileError(f"照片有 {width}×{height} 像素，过大。请缩小后再传。")
                image.verify()
    except RefusedFileError:
        raise
    except UNREADABLE:
        raise RefusedFileError("照片打不开，可能没有传完或已损坏。请重新选择或重拍。") from None
    if kind not in PHOTOS:
        raise RefusedFileError("不收这种照片。请另存为 JPEG、PNG 或 WebP 后再传。")
    return CheckedFile(True, PHOTOS[kind], width, height)


def _office_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise RefusedFileError("文件已损坏，打不开。请用 Excel、Word 或 WPS 另存后再传。") from None
    names = {part.filename for part in parts}
    found = next((kind for name, kind in OFFICE.items() if name in names), None)
    if found is None:
        raise RefusedFileError("不收压缩包。请解压后逐个上传。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RefusedFileError("文件解开后过大，不是正常的文档。请另存后再传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFileError("文件带有宏，不收。请另存为不含宏的 .xlsx 或 .docx 后再传。")
    return found


def _told(content: bytes) -> str:
    """The kind of a refused file in words, as far as it can be told."""
    try:
        found = puremagic.magic_string(content[: 64 * 1024])
    except (puremagic.PureError, ValueError):
        return "这种文件"
    extension = found[0].extension if found else ""
    return f"{extension} 文件" if extension else "这种文件"

"""Pictures inside a document, written anew without what they tell of camera, place, time and person."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import ExifTags, Image, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile

from gongdi.apps.files.checking import MOST_PIXELS, UNREADABLE, RefusedFileError

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split()
)  # fmt: skip
"""What a PNG needs to be drawn; every other chunk (text, time, EXIF) is left out."""
_NEEDED = ("icc_profile", "transparency", "dpi", "duration", "loop", "disposal", "background")
_JPEG, _TIFF = b"\xff\xd8\xff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_NOT_WRITTEN = (b"II\xbc\x01", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51")
"""JPEG XR and JPEG 2000: may carry EXIF, and nothing here writes them anew."""
_OPENED = ("PNG", "WEBP", "TIFF", "GIF", "AVIF")


def plain_picture(data: bytes) -> bytes | None:
    """The picture without EXIF, position, comment and text, told by its content; None where the data is no picture.

    Raises:
        RefusedFileError: it is a picture or film that cannot be written anew.
    """
    if not _is_picture(data):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if data.startswith(_PNG):
                return _plain_png(data)
            return _plain_jpeg(data) if data.startswith(_JPEG) else _plain_other(data)
    except RefusedFileError:
        raise
    except UNREADABLE:
        raise RefusedFileError(
            "文件里有一张图片打不开或格式特殊，无法去掉其中的拍摄地点等信息。请换成 JPEG 或 PNG 图片，另存后再传。"
        ) from None


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith((_JPEG, _PNG, b"GIF8", *_TIFF, *_NOT_WRITTEN))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or data[4:8] == b"ftyp"  # HEIC, AVIF and films, which tell the place as well
    )


def _plain_png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if len(kind) < 4 or end > len(data):
            raise ValueError("the picture ends early")
        if kind in _PNG_CHUNKS:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _plain_jpeg(data: bytes) -> bytes:
    """The same pixels with the same tables; of a multi-picture file (MPO) the first picture, which is the one shown."""
    out = io.BytesIO()
    with JpegImageFile(io.BytesIO(data)) as image:
        _refuse_huge(image.width * image.height)
        exif = _upright(image)
        needed = _needed(image)
        image.info.clear()
        image.save(out, "JPEG", quality="keep", exif=exif, comment=b"", xmp=b"", **needed)
    return out.getvalue()


def _plain_other(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=_OPENED) as image:
        kind, count = image.format or "", getattr(image, "n_frames", 1)
        _refuse_huge(image.width * image.height * count)
        options: dict[str, Any] = {}
        if kind in ("WEBP", "AVIF"):
            options = {"quality": 90, "exif": _upright(image), "xmp": b""}
            if kind == "WEBP":
                options["lossless"] = b"VP8L" in data
        elif kind == "TIFF":
            options = {"compression": "tiff_adobe_deflate", "exif": _upright(image) or Image.Exif()}
        frames = []
        for frame in ImageSequence.Iterator(image):
            copy = frame.copy()  # knows nothing of the tags of the file
            copy.info.clear()
            copy.info.update(_needed(frame))
            frames.append(copy)
    if count > 1:
        options |= {"save_all": True, "append_images": frames[1:]}
    frames[0].save(out, kind, **options)
    return out.getvalue()


def _needed(image: Image.Image) -> dict[str, Any]:
    return {key: image.info[key] for key in _NEEDED if image.info.get(key) is not None}


def _upright(image: Image.Image) -> bytes:
    """EXIF that says nothing but which side is up; empty where the picture stands upright."""
    side = image.getexif().get(ExifTags.Base.Orientation)
    if side not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = side
    return exif.tobytes()


def _refuse_huge(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise RefusedFileError("文件里有一张图片的像素过多。请把图片缩小，另存后再传。")

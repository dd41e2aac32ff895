"""Photos: what the record keeps of them (when, where), and the copies that betray neither."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone as zones
from PIL import ExifTags, Image, ImageOps

from gongdi.apps.files.checking import UNREADABLE, RefusedFileError, photo_formats

PUBLIC_SIDE, THUMBNAIL_SIDE = 1600, 320
"""The longest side of the public copy and of the thumbnail, in pixels."""
_QUALITY = 82
_SIX_DECIMALS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Taken:
    """When and where a photo was taken, as its EXIF says; decimal degrees (WGS 84), None where it says nothing."""

    at: datetime | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None


NOTHING_TAKEN = Taken()
"""What a document, or a photo that says nothing, tells."""


def taken_of(content: bytes) -> Taken:
    """When and where a photo was taken; what cannot be read is left out, since cameras write much nonsense."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=photo_formats()) as image:
                exif = image.getexif()
                detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except UNREADABLE:
        return Taken()
    base = ExifTags.Base
    stamp = detail.get(base.DateTimeOriginal) or detail.get(base.DateTimeDigitized) or exif.get(base.DateTime)
    gps = ExifTags.GPS
    longitude = _degrees(place.get(gps.GPSLongitude), place.get(gps.GPSLongitudeRef), 180)
    latitude = _degrees(place.get(gps.GPSLatitude), place.get(gps.GPSLatitudeRef), 90)
    if longitude is None or latitude is None:
        longitude = latitude = None
    return Taken(_moment(stamp, detail.get(base.OffsetTimeOriginal)), longitude, latitude)


def _moment(stamp: Any, offset: Any) -> datetime | None:
    """A camera's time; in the time zone of the office unless the photo names another."""
    try:
        told = datetime.strptime(str(stamp).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 -- the zone follows
    except ValueError:
        return None
    text = str(offset or "").strip("\0 ")
    if len(text) == 6 and text[0] in "+-" and text[1:3].isdigit() and text[4:].isdigit():
        shift = timedelta(hours=int(text[1:3]), minutes=int(text[4:])) * (-1 if text[0] == "-" else 1)
        if abs(shift) < timedelta(hours=24):
            return told.replace(tzinfo=timezone(shift))
    return told.replace(tzinfo=zones.get_default_timezone())


def _degrees(parts: Any, side: Any, most: int) -> Decimal | None:
    try:
        hours, minutes, seconds = (Decimal(part.numerator) / Decimal(part.denominator) for part in parts)
    except (TypeError, ValueError, AttributeError, InvalidOperation, ZeroDivisionError):
        return None
    found = (hours + minutes / 60 + seconds / 3600).quantize(_SIX_DECIMALS)
    if not 0 <= found <= most or found == 0:
        return None
    letter = side.decode("ascii", "replace") if isinstance(side, bytes) else str(side)
    return -found if letter.strip("\0 ").upper() in ("S", "W") else found


def plain_copies(content: bytes) -> tuple[bytes, bytes]:
    """The public copy and the thumbnail: turned upright, made small, written anew as JPEG without any metadata.

    Raises:
        RefusedFileError: the photo is damaged further in than its head showed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=photo_formats()) as image:
                image.draft("RGB", (PUBLIC_SIDE, PUBLIC_SIDE))
                upright = _on_white(ImageOps.exif_transpose(image))
                return _small(upright, PUBLIC_SIDE), _small(upright, THUMBNAIL_SIDE)
    except UNREADABLE:
        raise RefusedFileError("照片打不开，可能没有传完或已损坏。请重新选择或重拍。") from None


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return image.convert("RGB")


def _small(image: Image.Image, side: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((side, side))
    copy.info.clear()
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()

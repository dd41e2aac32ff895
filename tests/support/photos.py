"""Photos and documents for tests, made up on the spot."""

from __future__ import annotations

import io
import zipfile

from PIL import ExifTags, Image, TiffImagePlugin

from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import prepare
from gongdi.apps.files.services import AttachedTo, keep_attachment
from tests.support.world import NOW, World

Rational = TiffImagePlugin.IFDRational


def photo(width: int = 2400, height: int = 1800, *, exif: bool = True, orientation: int = 1, shade: int = 90) -> bytes:
    """A JPEG as a phone makes it: taken at 2027-02-20 09:15:30 at 29.882, 121.551 unless without EXIF."""
    image = Image.new("RGB", (width, height), (shade, 140, 120))
    tags = Image.Exif()
    if exif:
        tags[ExifTags.Base.Orientation] = orientation
        tags[ExifTags.Base.Make] = "某牌手机"
        tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2027:02:20 09:15:30"
        place = tags.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        place[ExifTags.GPS.GPSLatitude] = (Rational(29), Rational(52), Rational(5520, 100))
        place[ExifTags.GPS.GPSLongitude] = (Rational(121), Rational(33), Rational(360, 100))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70, exif=tags)
    return out.getvalue()


def multi_picture(exif: bytes = b"") -> bytes:
    """A JPEG with a second picture behind the first (MPO), as many phones make them."""
    first = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")], exif=exif)
    return out.getvalue()


def office(name: str, *more: str) -> bytes:
    """A zip with a part of that name, as Excel and Word files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in (name, *more):
            archive.writestr(part, "<x/>")
    return out.getvalue()


def attach(world: World, compound: str = "梅堰新村", content: bytes | None = None) -> Attachment:
    """A photo about a compound."""
    row = world.compounds[compound]
    to = AttachedTo(row._meta.label_lower, row.pk, row.name, row.place, row.pk)
    file = prepare(content or photo(320, 240), "东门.jpg")
    return keep_attachment(file=file, to=to, by=world.people["community_worker"], now=NOW)

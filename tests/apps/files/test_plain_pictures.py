"""A picture in a document loses what it tells, whatever its name; one that cannot lose it keeps the document out."""

import io
import zipfile

import pytest
from PIL import ExifTags, Image, ImageChops, PngImagePlugin

from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.documents import _Left, _plain_zip, plain_office
from gongdi.apps.files.pictures import plain_picture
from gongdi.apps.files.preparing import prepare
from tests.support.photos import multi_picture, photo

SECRET = b"GPS-SECRET"


def exif(side: int = 1) -> bytes:
    told = Image.Exif()
    told[ExifTags.Base.Make], told[ExifTags.Base.Orientation] = SECRET.decode(), side
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET.decode()
    return told.tobytes()


def picture(kind: str, **options: object) -> bytes:
    image = Image.linear_gradient("L").resize((60, 40)).convert("P" if kind == "GIF" else "RGB")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return picture("PNG", pnginfo=text, exif=exif()) + SECRET


TELLING = {
    "one.jfif": picture("JPEG", exif=exif(), comment=SECRET, xmp=SECRET),
    "two.jpeg": multi_picture(exif=exif()),
    "three.png": png(),
    "four.webp": picture("WEBP", exif=exif(), xmp=SECRET),
    "five.webp": picture("WEBP", exif=exif(), lossless=True),
    "six.tiff": picture("TIFF", exif=exif(), description=SECRET.decode(), tiffinfo={700: SECRET, 34377: SECRET}),
    "seven.gif": picture("GIF", comment=SECRET),
    "eight.bin": picture("JPEG", exif=exif()),
}


def document(**media: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w>改造方案</w>")
        for name, data in media.items():
            archive.writestr(f"word/media/{name}", data)
    return out.getvalue()


def media(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"word/media/{name}")


@pytest.mark.parametrize("name", TELLING)
def test_a_picture_of_any_kind_and_name_tells_nothing_and_looks_the_same(name: str) -> None:
    before = TELLING[name]
    assert SECRET in before
    after = media(plain_office(document(**{name: before})), name)
    assert SECRET not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert not new.getexif().get(ExifTags.Base.Make)
        assert not {"exif", "xmp", "comment"} & {key for key, value in new.info.items() if value}
        assert old.size == new.size
        difference = ImageChops.difference(old.convert("L"), new.convert("L"))
        assert max(shade for shade, count in enumerate(difference.histogram()) if count) <= 8


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_which_side_is_up_is_all_that_a_turned_picture_goes_on_telling(kind: str) -> None:
    after = plain_picture(picture(kind, exif=exif(side=6)))
    assert after
    assert SECRET not in after
    with Image.open(io.BytesIO(after)) as image:
        assert dict(image.getexif()) == {ExifTags.Base.Orientation: 6}


def test_a_picture_that_moves_goes_on_moving() -> None:
    frames = [Image.new("RGB", (20, 20), shade) for shade in ("red", "green", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=70)
        after = plain_picture(out.getvalue())
        assert after
        with Image.open(io.BytesIO(after)) as image:
            assert getattr(image, "n_frames", 1) == 3


@pytest.mark.parametrize(
    "data",
    [
        photo(64, 48)[:200],
        photo(640, 480)[:-3000],
        png()[:60],
        b"GIF89a" + b"\0" * 3,
        b"II*\0" + b"\xff" * 40,
        b"RIFF\x20\0\0\0WEBPVP8 " + b"\xff" * 20,
        b"\0\0\0\x18ftypheic" + b"\0" * 40,
        b"\0\0\0\x18ftypisom" + b"\0" * 40,
        b"II\xbc\x01" + b"\0" * 40,
    ],
)
def test_a_picture_that_cannot_be_written_anew_keeps_the_document_out(data: bytes) -> None:
    with pytest.raises(RefusedFileError, match="图片"):
        prepare(document(**{"image1.png": data}), "方案.docx")


def test_a_document_in_a_document_is_cleaned_as_well_and_not_without_end() -> None:
    nested = document(**{"one.jpeg": TELLING["one.jfif"]})
    assert SECRET in media(nested, "one.jpeg")
    inner = media(plain_office(document(**{"table.xlsx": nested})), "table.xlsx")
    assert SECRET not in media(inner, "one.jpeg")
    for _ in range(3):
        nested = document(**{"table.xlsx": nested})
    with pytest.raises(RefusedFileError, match="嵌入"):
        prepare(nested, "方案.docx")


def test_files_in_a_file_count_together_against_what_may_be_unpacked() -> None:
    inner = document(**{"one.bin": b"a" * 60_000})
    whole = document(**{"1.xlsx": inner, "2.xlsx": inner})
    with pytest.raises(RefusedFileError, match="过大"):
        _plain_zip(whole, 1, _Left(unpacked=100_000))
    assert _plain_zip(document(**{"1.xlsx": inner}), 1, _Left(unpacked=100_000))

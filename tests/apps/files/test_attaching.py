"""What is taken, what is refused and why, what the public copy tells, who sees what."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from PIL import Image

from gongdi.apps.audit.models import Event
from gongdi.apps.files.checking import RefusedFileError, check_file
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.photos import taken_of
from gongdi.apps.files.preparing import prepare
from gongdi.web.uploads import path_of
from tests.support.photos import attach, multi_picture, office, photo
from tests.support.responses import let_go
from tests.support.world import World

XLSX, DOCX = "xl/workbook.xml", "word/document.xml"


def png(size: tuple[int, int] = (40, 30), mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (10, 20, 30, 0) if mode == "RGBA" else 1).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (photo(64, 48), "image/jpeg"),
        (multi_picture(), "image/jpeg"),
        (png(), "image/png"),
        (b"%PDF-1.7\n%%EOF", "application/pdf"),
        (office(XLSX), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (office(DOCX), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_what_it_contains(content: bytes, media_type: str) -> None:
    assert check_file(content).media_type == media_type


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00" + b"\0" * 200, "不收"),
        (b"<html><script>alert(1)</script></html>", "不收"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不收"),
        (office("readme.txt"), "压缩包"),
        (office(XLSX, "xl/vbaProject.bin"), "宏"),
        (photo(64, 48)[:200], "打不开"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "打不开"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"PK\x03\x04nonsense", "损坏"),
    ],
)
def test_what_is_refused_is_told_why(content: bytes, told: str) -> None:
    with pytest.raises(RefusedFileError, match=told):
        prepare(content, "照片.jpg")


def test_a_picture_of_several_is_taken_and_its_copy_shows_the_first_alone() -> None:
    ready = prepare(multi_picture(), "手机.jpg", photo=True)
    with Image.open(io.BytesIO(ready.public)) as copy:
        assert copy.format == "JPEG"
        assert getattr(copy, "n_frames", 1) == 1


def test_a_kind_of_photo_that_nobody_thought_of_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdi.apps.files.checking.PHOTOS", {"JPEG": "image/jpeg", "PNG": "image/png"})
    monkeypatch.setattr("gongdi.apps.files.checking.photo_formats", lambda: ("JPEG",))
    with pytest.raises(RefusedFileError, match="不收这种照片"):
        check_file(multi_picture())


def test_a_document_is_no_photo() -> None:
    with pytest.raises(RefusedFileError, match="不是照片"):
        prepare(b"%PDF-1.7", "a.pdf", photo=True)


def test_a_photo_of_too_many_pixels_is_not_opened() -> None:
    with pytest.raises(RefusedFileError, match="像素"):
        check_file(png((20_000, 7_000), "1"))


def test_a_photo_cut_short_behind_its_head_is_refused() -> None:
    whole = photo(1200, 900)
    with pytest.raises(RefusedFileError):
        prepare(whole[: len(whole) // 2], "a.jpg")


def test_limits_of_size_are_settings(settings: LazySettings) -> None:
    settings.LARGEST_PHOTO = 100
    with pytest.raises(RefusedFileError, match="超过上限"):
        check_file(photo(64, 48))
    settings.LARGEST_DOCUMENT = 5
    with pytest.raises(RefusedFileError, match="超过上限"):
        check_file(b"%PDF-1.7")


def test_when_and_where_a_photo_was_taken_is_kept_for_the_record(world: World) -> None:
    row = attach(world, content=photo(640, 480))
    assert row.taken_at == datetime(2027, 2, 20, 9, 15, 30, tzinfo=timezone.get_default_timezone())
    assert (row.latitude, row.longitude) == (Decimal("29.882000"), Decimal("121.551000"))
    assert path_of(row.digest).read_bytes() == photo(640, 480)


def test_the_copies_betray_nothing_and_stand_upright() -> None:
    ready = prepare(photo(2400, 1200, orientation=6), "a.jpg")
    with Image.open(io.BytesIO(ready.public)) as copy:
        assert dict(copy.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(copy.info)
        assert copy.size == (800, 1600)
    with Image.open(io.BytesIO(ready.thumbnail)) as small:
        assert max(small.size) == 320
    assert taken_of(ready.public).at is None
    assert b"Exif" not in ready.public


def test_a_photo_without_exif_or_with_nonsense_is_taken_all_the_same() -> None:
    assert prepare(photo(64, 48, exif=False), "a.jpg").taken.at is None
    spoilt = photo(64, 48).replace(b"2027:02:20 09:15:30", b"0000:00:00 00:00:00")
    assert prepare(spoilt, "a.jpg").taken.at is None


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    def make(body: str) -> str:
        path = tmp_path / "scan.sh"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o700)
        return str(path)

    return make


def kept_files(settings: LazySettings) -> int:
    return sum(1 for _ in Path(settings.UPLOADS_DIR).glob("*/*"))


def test_a_scanner_that_refuses_keeps_the_file_out(
    world: World, settings: LazySettings, script: Callable[[str], str]
) -> None:
    before = kept_files(settings)
    settings.FILE_SCANNER = script("echo Eicar-Test FOUND; exit 1")
    with pytest.raises(RefusedFileError, match="Eicar-Test FOUND"):
        attach(world, content=photo(64, 48, shade=7))
    settings.FILE_SCANNER = script("exit 2")
    with pytest.raises(RefusedFileError, match="暂时不能用"):
        attach(world, content=photo(64, 48, shade=7))
    settings.FILE_SCANNER = "/no/such/scanner"
    with pytest.raises(RefusedFileError, match="暂时不能用"):
        attach(world, content=photo(64, 48, shade=7))
    assert kept_files(settings) == before
    assert not Attachment.objects.exists()


def refuse(path: Path) -> str:
    return f"{len(path.read_bytes())} 字节"


def test_a_scanner_may_be_a_command_or_a_callable(settings: LazySettings, script: Callable[[str], str]) -> None:
    settings.FILE_SCANNER = script('test -s "$1"')
    assert prepare(photo(64, 48), "a.jpg").digest
    settings.FILE_SCANNER = f"{__name__}.refuse"
    with pytest.raises(RefusedFileError, match="字节"):
        prepare(photo(64, 48), "a.jpg")


def test_a_photo_is_shown_as_its_public_copy_with_safe_headers(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row = attach(world)
    answer = signed_in("city_viewer").get(f"/files/{row.pk}/photo/")
    assert answer.getvalue() == path_of(row.public_digest).read_bytes()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    page = signed_in("city_viewer").get(f"/files/{row.pk}/").content.decode()
    assert "121.551" not in page
    assert "121.551" in signed_in("street_clerk").get(f"/files/{row.pk}/").content.decode()


def test_the_original_needs_a_purpose_and_leaves_an_event(world: World, signed_in: Callable[[str], Client]) -> None:
    row, clerk = attach(world), signed_in("street_clerk")
    assert clerk.post(f"/files/{row.pk}/original/", {"why": ""}).status_code == 302
    assert not Event.objects.filter(verb="files.see_original").exists()
    answer = clerk.post(f"/files/{row.pk}/original/", {"why": "核对地点"})
    assert answer.getvalue() == path_of(row.digest).read_bytes()  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Event.objects.get(verb="files.see_original").why == "核对地点"


def test_a_document_is_sent_to_be_kept_and_only_a_pdf_opens(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("auditor")
    for content, way in ((b"%PDF-1.7 x", "inline"), (office(DOCX), "attachment")):
        row = attach(world, content=content)
        answer = client.get(f"/files/{row.pk}/download/")
        assert answer.getvalue() == content  # type: ignore[attr-defined]
        let_go(answer)
        assert answer.headers["Content-Disposition"].startswith(way)
        assert client.get(f"/files/{row.pk}/photo/").status_code == 404


def test_a_withdrawn_photo_is_shown_to_nobody_and_stays_on_record(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row, worker = attach(world), signed_in("community_worker")
    assert worker.post(f"/files/{row.pk}/withdraw/", {"why": "拍到了住户"}).status_code == 302
    assert worker.get(f"/files/{row.pk}/photo/").status_code == 404
    assert signed_in("auditor").get(f"/files/{row.pk}/").status_code == 404
    assert path_of(row.digest).exists()


def test_the_page_of_a_compound_shows_its_photos(world: World, signed_in: Callable[[str], Client]) -> None:
    row, compound = attach(world), world.compounds["梅堰新村"]
    page = signed_in("owners_committee").get(f"/compounds/{compound.pk}/").content.decode()
    assert f"/files/{row.pk}/thumbnail/" in page

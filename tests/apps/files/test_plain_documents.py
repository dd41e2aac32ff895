"""What anybody gets of a Word or Excel file tells nothing of who wrote it and where its photos were taken."""

import io
import zipfile
from contextlib import closing

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, Http404
from PIL import Image

from gongdi.apps.files.checking import RefusedFileError, check_file
from gongdi.apps.files.documents import plain_office
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import prepare
from gongdi.apps.files.serving import open_copy
from gongdi.apps.notices import services
from gongdi.web.uploads import keep_file, path_of
from tests.support import notices
from tests.support.notices import clerk
from tests.support.photos import attach, photo
from tests.support.world import World

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE = f'<cp:coreProperties xmlns:cp="{NAMESPACE}"><cp:lastModifiedBy>王小明</cp:lastModifiedBy></cp:coreProperties>'
TOLD = ("王小明", "某某设计院")


def whole(response: FileResponse) -> bytes:
    """All that is sent. Closing an answer ends the connection as at the end of a request, which a test's own goes on
    to need; so the signal is held back, as Django's test client does."""
    request_finished.disconnect(close_old_connections)
    try:
        with closing(response):
            return b"".join(response)
    finally:
        request_finished.connect(close_old_connections)


def document(**more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w>改造方案</w>")
        archive.writestr("docProps/core.xml", CORE)
        archive.writestr("docProps/app.xml", "<Properties><Company>某某设计院</Company></Properties>")
        archive.writestr("docProps/custom.xml", "<Properties>王小明</Properties>")
        for name, data in more.items():
            archive.writestr(f"word/media/{name}.jpeg", data)
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def test_the_copy_says_the_same_and_names_nobody() -> None:
    plain = parts(plain_office(document()))
    assert plain["word/document.xml"] == "<w>改造方案</w>".encode()
    assert set(plain) == set(parts(document()))
    told = b"".join(plain.values()).decode()
    assert not any(word in told for word in TOLD)
    assert not check_file(plain_office(document())).is_photo


def test_a_photo_in_it_keeps_its_pixels_and_loses_its_place() -> None:
    taken = photo(64, 48)
    with Image.open(io.BytesIO(taken)) as image:
        assert image.getexif()
        before = image.tobytes()
    plain = parts(plain_office(document(one=taken)))
    with Image.open(io.BytesIO(plain["word/media/one.jpeg"])) as image:
        assert not image.getexif()
        assert image.tobytes() == before


def test_a_notice_gives_out_the_copy_and_the_original_is_kept(world: World) -> None:
    notice = notices.drafted(world)
    row = services.attach_file(notice=notice, file=prepare(document(), "方案.docx"), note="", **clerk(world))
    given = whole(open_copy(row))
    assert not any(word.encode() in b"".join(parts(given).values()) for word in TOLD)
    assert path_of(Attachment.objects.get().digest).read_bytes() == document()


def test_a_document_that_cannot_be_opened_is_refused_and_told_why() -> None:
    whole = bytearray(document())
    # The first part's own head is spoiled; the list of parts at the end still reads.
    whole[0:4] = b"PK\x03\x04"
    whole[14:22] = b"\xff" * 8
    whole[40:44] = b"\x00" * 4
    with pytest.raises(RefusedFileError, match="打不开"):
        prepare(bytes(whole), "坏.docx")


def test_a_document_with_a_spoiled_stream_is_refused_in_words() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w>改造方案</w>" * 200)
    whole = bytearray(out.getvalue())
    start = 30 + len("word/document.xml")
    whole[start : start + 8] = b"\xff" * 8
    with pytest.raises(RefusedFileError, match="打不开"):
        prepare(bytes(whole), "坏.docx")


def test_a_document_kept_before_copies_were_made_is_not_given_out_as_it_came(world: World) -> None:
    notice = notices.drafted(world)
    row = services.attach_file(notice=notice, file=prepare(document(), "方案.docx"), note="", **clerk(world))
    row.public_digest = ""
    response = open_copy(row)
    assert response.headers["Content-Disposition"].startswith("attachment")
    given = whole(response)
    assert given == plain_office(document())


def test_one_of_which_no_copy_can_be_made_is_not_given_out_at_all(world: World) -> None:
    row = attach(world, content=document())
    spoiled = document(one=photo(64, 48)[:200])
    row.public_digest, row.digest = "", keep_file([spoiled]).digest
    with pytest.raises(Http404, match="图片"):
        open_copy(row)

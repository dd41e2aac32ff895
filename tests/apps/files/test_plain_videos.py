"""What anybody gets of a video tells nothing of where, when and with what it was made, and still is the same video."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.files.checking import RefusedFileError, check_file
from gongdi.apps.files.preparing import prepare
from gongdi.apps.files.videos import plain_video

PLACE, DEVICE, MOMENT = b"+29.8819+121.5522/", b"Phone Of Somebody 12", 3_800_000_000
PICTURES, POSITIONS = b"PICTURE-ONE.PICTURE-TWO.", b"29.8819,121.5522;29.8820,121.5523;"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    return box(kind, bytes([version, 0, 0, 0]), *parts)


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def track(handler: bytes, offset: int, sizes: tuple[int, ...], *, wide: bool = False) -> bytes:
    """A track of one chunk."""
    chunks = full(b"co64", numbers(1), struct.pack(">Q", offset)) if wide else full(b"stco", numbers(1, offset))
    table = box(
        b"stbl", full(b"stsc", numbers(1, 1, len(sizes), 1)), full(b"stsz", numbers(0, len(sizes), *sizes)), chunks
    )
    head = full(b"tkhd", numbers(MOMENT, MOMENT, 1))
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">QQ", MOMENT, MOMENT), numbers(600, 0), version=1),
        full(b"hdlr", numbers(0), handler, b"name\0"),
        box(b"minf", table),
    )
    return box(b"trak", head, media, box(b"meta", DEVICE))


def video(*, brand: bytes = b"isom", positions: bool = False, wide: bool = False, extra: bytes = b"") -> bytes:
    """A video whose samples stand before what tells of them, as phones write it."""
    start = box(b"ftyp", brand, numbers(0)) + box(b"mdat", PICTURES, POSITIONS)
    first = len(box(b"ftyp", brand, numbers(0))) + 8
    tracks = [track(b"vide", first, (12, 12), wide=wide)]
    if positions:
        tracks.append(track(b"meta", first + len(PICTURES), (17, 17), wide=wide))
    head = full(b"mvhd", numbers(MOMENT, MOMENT, 600, 0))
    return start + extra + box(b"moov", head, *tracks, box(b"udta", box(b"\xa9xyz", PLACE)))


@pytest.mark.parametrize("wide", [False, True])
def test_place_device_and_moment_are_gone_and_picture_and_sizes_stay(wide: bool) -> None:
    original = video(wide=wide)
    plain = plain_video(original)
    assert len(plain) == len(original)
    assert PICTURES in plain
    for told in (PLACE, DEVICE, struct.pack(">I", MOMENT), b"udta", b"meta"):
        assert told in original
        assert told not in plain


@pytest.mark.parametrize("wide", [False, True])
def test_a_track_of_positions_is_blanked_with_its_samples_and_the_others_keep_theirs(wide: bool) -> None:
    plain = plain_video(video(positions=True, wide=wide))
    assert POSITIONS in video(positions=True, wide=wide)
    assert b"29.8819" not in plain
    assert b"29.8820" not in plain
    assert PICTURES in plain
    assert plain.count(b"trak") == 1


def test_a_plain_copy_made_again_is_the_same() -> None:
    plain = plain_video(video(positions=True))
    assert plain_video(plain) == plain


def test_the_box_that_goes_to_the_end_and_the_one_with_a_long_size_are_read() -> None:
    last = struct.pack(">I", 0) + b"free" + b"rest"
    wide = struct.pack(">I", 1) + b"uuid" + struct.pack(">Q", 16 + len(PLACE)) + PLACE
    plain = plain_video(video(extra=wide) + last)
    assert PLACE not in plain
    assert plain.endswith(last)


def test_positions_in_fragments_are_refused_and_fragments_without_are_taken() -> None:
    with pytest.raises(RefusedFileError, match="不能去掉"):
        plain_video(video(positions=True, extra=box(b"moof", b"")))
    assert PICTURES in plain_video(video(extra=box(b"moof", b"")))


@pytest.mark.parametrize(
    ("brand", "media_type"), [(b"isom", "video/mp4"), (b"mp42", "video/mp4"), (b"qt  ", "video/quicktime")]
)
def test_a_video_is_told_by_its_content_and_has_a_copy(brand: bytes, media_type: str) -> None:
    assert check_file(video(brand=brand)).media_type == media_type
    ready = prepare(video(brand=brand), "现场.mp4")
    assert not ready.about.is_photo
    assert ready.content == video(brand=brand)
    assert ready.public == plain_video(video(brand=brand))


def test_a_video_is_no_photo_and_a_still_of_the_same_family_no_video() -> None:
    with pytest.raises(RefusedFileError, match="这不是照片"):
        check_file(video(), photo=True)
    with pytest.raises(RefusedFileError, match="不收"):
        check_file(video(brand=b"avif"))


def test_one_that_is_too_large_is_told_its_limit(settings) -> None:
    settings.LARGEST_VIDEO = 100
    with pytest.raises(RefusedFileError, match=r"录像有 .* MB，超过上限"):
        check_file(video())


@given(st.data())
def test_a_video_cut_off_or_changed_anywhere_is_refused_or_still_hides_what_its_tables_name(
    data: st.DataObject,
) -> None:
    whole = bytearray(video(positions=True))
    at = data.draw(st.integers(8, len(whole) - 1))
    if data.draw(st.booleans()):
        whole = whole[:at]
    else:
        whole[at] = data.draw(st.integers(0, 255))
    try:
        plain = plain_video(bytes(whole))
    except RefusedFileError:
        return
    assert len(plain) == len(whole)

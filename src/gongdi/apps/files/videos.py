"""Videos (MP4, MOV) as anybody may have them: without place, time, device, and without tracks of positions.

A video of this family (ISO/IEC 14496-12) is a tree of boxes. What tells of the place and the device stands in boxes of
user data and metadata, and in timed metadata tracks. It is blanked where it stands, so that nothing moves and picture
and sound need no re-encoding. The original is kept as it arrived.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongdi.apps.files.checking import RefusedFileError

CONTAINERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl"))
TOLD = frozenset((b"udta", b"meta", b"uuid"))
"""Boxes that say where, when, by whom and with what a video was made."""
STAMPED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
"""Boxes that begin with the moments of making and changing."""
SHOWN = frozenset((b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint"))
"""Kinds of track that are seen, heard or timed; any other tells what nobody sees, as positions by the second."""
DAMAGED = "录像打不开，可能没有传完或已损坏。请等它在手机上存好，重新选择。"
_FREE = b"free"


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def plain_video(content: bytes) -> bytes:
    """The copy of a video that anybody may have.

    Raises:
        RefusedFileError: it is damaged, or holds a track of metadata in a form that cannot be blanked.
    """
    data = bytearray(content)
    top = list(_boxes(data, 0, len(data)))
    moov = next((box for box in top if box.kind == b"moov"), None)
    if moov is None:
        raise RefusedFileError(DAMAGED)
    hidden = [trak for trak in _boxes(data, moov.body, moov.end) if trak.kind == b"trak" and not _is_shown(data, trak)]
    if hidden and any(box.kind == b"moof" for box in top):
        raise RefusedFileError("录像里有分段保存的附加信息（可能有位置），不能去掉。请用手机自带的剪辑另存后再传。")
    for trak in hidden:
        for start, end in _samples(data, trak):
            data[start:end] = bytes(end - start)
        _blank(data, trak)
    _clean(data, top)
    return bytes(data)


def _boxes(data: bytearray, start: int, end: int) -> Iterator[_Box]:
    """The boxes between two places; each lies wholly inside."""
    while start < end:
        size, kind, body = int.from_bytes(data[start : start + 4]), bytes(data[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = int.from_bytes(data[start + 8 : start + 16]), start + 16
        elif size == 0:
            size = end - start
        if body > end or size < body - start or start + size > end:
            raise RefusedFileError(DAMAGED)
        yield _Box(kind, start, body, start + size)
        start += size


def _clean(data: bytearray, boxes: list[_Box]) -> None:
    for box in boxes:
        if box.kind in TOLD:
            _blank(data, box)
        elif box.kind in STAMPED:
            # Version 1 has moments of eight bytes, version 0 of four; both stand behind version and flags.
            size = 16 if data[box.body : box.body + 1] == b"\x01" else 8
            if box.body + 4 + size > box.end:
                raise RefusedFileError(DAMAGED)
            data[box.body + 4 : box.body + 4 + size] = bytes(size)
        elif box.kind in CONTAINERS:
            _clean(data, list(_boxes(data, box.body, box.end)))


def _blank(data: bytearray, box: _Box) -> None:
    data[box.start + 4 : box.start + 8] = _FREE
    data[box.body : box.end] = bytes(box.end - box.body)


def _find(data: bytearray, inside: _Box, *path: bytes) -> _Box | None:
    for kind in path:
        found = next((box for box in _boxes(data, inside.body, inside.end) if box.kind == kind), None)
        if found is None:
            return None
        inside = found
    return inside


def _is_shown(data: bytearray, trak: _Box) -> bool:
    handler = _find(data, trak, b"mdia", b"hdlr")
    if handler is None:
        raise RefusedFileError(DAMAGED)
    return bytes(data[handler.body + 8 : handler.body + 12]) in SHOWN


def _numbers(data: bytearray, box: _Box, first: int, many: int, width: int) -> list[int]:
    start = box.body + first
    if start + many * width > box.end:
        raise RefusedFileError(DAMAGED)
    return [int.from_bytes(data[start + at * width : start + (at + 1) * width]) for at in range(many)]


def _samples(data: bytearray, trak: _Box) -> Iterator[tuple[int, int]]:
    """Where the samples of a track stand in the file: from its tables of chunks, of samples in each, and of sizes."""
    table = _find(data, trak, b"mdia", b"minf", b"stbl")
    found = {box.kind: box for box in _boxes(data, table.body, table.end)} if table is not None else {}
    offsets = found.get(b"stco") or found.get(b"co64")
    sizes, runs = found.get(b"stsz"), found.get(b"stsc")
    if offsets is None or sizes is None or runs is None:
        raise RefusedFileError(DAMAGED)
    (many,) = _numbers(data, offsets, 4, 1, 4)
    chunks = _numbers(data, offsets, 8, many, 4 if offsets.kind == b"stco" else 8)
    each, count = _numbers(data, sizes, 4, 2, 4)
    lengths = iter(_numbers(data, sizes, 12, count, 4) if not each else [each] * min(count, len(data)))
    for chunk, holds in zip(chunks, _samples_in_chunks(data, runs, many), strict=True):
        for _ in range(holds):
            length = next(lengths, None)
            if length is None:
                return
            if chunk + length > len(data):
                raise RefusedFileError(DAMAGED)
            yield chunk, chunk + length
            chunk += length


def _samples_in_chunks(data: bytearray, runs: _Box, many: int) -> list[int]:
    """How many samples each chunk holds; a run holds from its first chunk to the next run's."""
    (count,) = _numbers(data, runs, 4, 1, 4)
    rows = _numbers(data, runs, 8, count * 3, 4)
    firsts, holds = rows[0::3], rows[1::3]
    found: list[int] = []
    for first, last, each in zip(firsts, [*firsts[1:], many + 1], holds, strict=True):
        found += [each] * max(0, min(last, many + 1) - first)
    if len(found) != many:
        raise RefusedFileError(DAMAGED)
    return found

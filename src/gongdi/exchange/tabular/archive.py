"""Looking into an .xlsx before a reader opens it: bombs, lying sizes, macros, formulas without a value.

An .xlsx is a zip archive. Its directory states sizes that a hostile file may get wrong, so every part is unpacked once
in small pieces and counted; the worksheets are scanned on the way.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular import limits
from gongdi.exchange.tabular.sheet_scan import SheetScan

_PIECE = 1024 * 1024
_SAVE_AGAIN = "请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 后再试。"
_DAMAGED = "文件已损坏，内部结构不完整。"


@dataclass(slots=True)
class ArchiveLook:
    """What was seen inside: worksheet scans by part name, and whether it carries macros (宏)."""

    scans: dict[str, SheetScan] = field(default_factory=dict)
    has_macros: bool = False


def look_inside(stream: BinaryIO, most_unpacked: int = limits.MAX_UNPACKED_BYTES) -> ArchiveLook:
    """Check the archive against the limits and scan its worksheets; raises CannotReadError."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise CannotReadError(_DAMAGED, _SAVE_AGAIN) from None
    with archive:
        parts = archive.infolist()
        _check_directory(parts, most_unpacked)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise _not_a_workbook(names)
        look = ArchiveLook(has_macros=any(name.lower().endswith("vbaproject.bin") for name in names))
        for part in parts:
            scan = SheetScan() if part.filename.startswith("xl/worksheets/") else None
            _count_part(stream, part, scan)
            if scan is not None:
                look.scans[part.filename] = scan
        return look


def _not_a_workbook(names: set[str]) -> CannotReadError:
    if "xl/workbook.bin" in names:
        return CannotReadError("这是 .xlsb（二进制）工作簿，暂不支持。", "请另存为 .xlsx 后再试。")
    if "content.xml" in names:
        return CannotReadError("这是 .ods（OpenDocument）表格，暂不支持。", "请另存为 .xlsx 后再试。")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return CannotReadError("这是 Word 或 PowerPoint 文件，不是表格。", "请把其中的表格复制到 Excel，存为 .xlsx。")
    return CannotReadError("这是压缩包，不是 Excel 工作簿。", "请先解压，再选择其中的表格文件。")


def _check_directory(parts: list[zipfile.ZipInfo], most_unpacked: int) -> None:
    if len(parts) > limits.MAX_PARTS:
        raise CannotReadError(f"文件内部有 {len(parts)} 个部件，超过上限 {limits.MAX_PARTS}。", _SAVE_AGAIN)
    total = sum(part.file_size for part in parts)
    if total > most_unpacked:
        raise _too_large(total, most_unpacked)
    for part in parts:
        if part.flag_bits & 0x1:
            raise CannotReadError("文件带有压缩密码。", "请去掉密码后再试。")
        large = part.file_size > limits.RATIO_FROM_BYTES
        if large and part.file_size > limits.MAX_RATIO * max(part.compress_size, 1):
            why = f"文件内部压缩比超过 {limits.MAX_RATIO} 倍，不是正常的工作簿。"
            raise CannotReadError(why, _SAVE_AGAIN)


def _too_large(size: int, most: int) -> CannotReadError:
    why = f"文件解压后有 {size // 2**20} MB，超过上限 {most // 2**20} MB。"
    return CannotReadError(why, "请删去多余的工作表、图片和空行，或分成几个文件。")


def _count_part(stream: BinaryIO, part: zipfile.ZipInfo, scan: SheetScan | None) -> None:
    """Unpack one part in pieces; refuse it when it holds more than the directory said."""
    size = 0
    for piece in _unpacked(stream, part):
        size += len(piece)
        if size > part.file_size:
            raise CannotReadError("文件内部的大小与目录所写不符，可能被改动过。", _SAVE_AGAIN)
        if scan is not None:
            scan.feed(piece)
    if size != part.file_size:
        raise CannotReadError(_DAMAGED, _SAVE_AGAIN)
    if scan is not None:
        scan.close()


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    stream.seek(part.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise CannotReadError(_DAMAGED, _SAVE_AGAIN)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    stream.seek(part.header_offset + 30 + name_length + extra_length)
    packed = _packed(stream, part.compress_size)
    if part.compress_type == zipfile.ZIP_STORED:
        yield from packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise CannotReadError("文件用了不常见的压缩方法。", _SAVE_AGAIN)


def _packed(stream: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0:
        piece = stream.read(min(_PIECE, left))
        if not piece:
            raise CannotReadError(_DAMAGED, _SAVE_AGAIN)
        left -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            while piece:
                yield inflater.decompress(piece, _PIECE)
                piece = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise CannotReadError(_DAMAGED, _SAVE_AGAIN) from None

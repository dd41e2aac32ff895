"""Cell texts brought to one form before they are read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol, cast

_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_SPACES = re.compile(r"\s+")
_BETWEEN_HANZI = re.compile(r"(?<=[\u3400-\u9fff（）、，])\s+(?=[\u3400-\u9fff（）、，])")
_UNCLEAN = re.compile("[\\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200d\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def compact(text: str) -> str:
    """The text in compatibility form (full-width digits made plain, ㎡ made m2) without any space."""
    return text if text.isascii() and text.isalnum() else _compacted(text)


@lru_cache(maxsize=65_536)
def _compacted(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_INVISIBLE))


def clean(text: str) -> str:
    """The text as it should be kept: no invisible characters, no line breaks within a name, no outer spaces."""
    if not _UNCLEAN.search(text):
        return text
    text = _CONTROL.sub("", text.translate(_INVISIBLE))
    return _SPACES.sub(" ", _BETWEEN_HANZI.sub("", text)).strip()


@lru_cache(maxsize=4_096)
def simplified(text: str) -> str:
    """Traditional characters as Simplified ones; the text itself when it is Simplified already."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _converter().convert(text)
    return text


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC("t2s"))


def as_text(value: object) -> str:
    """What a cell shows: whole numbers without decimals, dates in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

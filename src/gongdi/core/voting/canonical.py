"""Canonical JSON: one text for one value, so that a digest of it means something.

Keys sorted, no spaces, UTF-8, integers only; like RFC 8785 for values without fractions. Keys are ASCII, so that
sorting by code point is the same in every language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Canonical: TypeAlias = "str | int | bool | Sequence[Canonical] | Mapping[str, Canonical] | None"
Record: TypeAlias = "Mapping[str, Canonical]"
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PLAIN = frozenset({str, int, bool, type(None)})


def canonical(value: Canonical) -> str:
    """The canonical text of a value; a ValueError for what has none (fractions, keys that are not ASCII)."""
    _must_be_canonical(value)
    return _ENCODED(value)


def canonical_bytes(value: Canonical) -> bytes:
    """The canonical text in UTF-8."""
    return canonical(value).encode("utf-8")


def _must_be_canonical(value: object) -> None:
    if type(value) in _PLAIN or isinstance(value, str | bool | int):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"a key that is not ASCII text: {key!r}")
            if type(inner) not in _PLAIN:
                _must_be_canonical(inner)
        return
    if isinstance(value, list | tuple):
        for inner in value:
            _must_be_canonical(inner)
        return
    raise ValueError(f"no canonical form: {value!r}")

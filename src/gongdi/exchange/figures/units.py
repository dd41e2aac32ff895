"""Units as headers and cells write them: ㎡, 万平方米, 万元, 户, 栋 and their variants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gongdi.exchange.figures.text import compact, simplified


class Kind(StrEnum):
    """What a unit measures."""

    AREA = "area"
    MONEY = "money"
    HOUSEHOLDS = "households"
    BUILDINGS = "buildings"
    ENTRANCES = "units"
    COUNT = "count"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its kind and its size in the kind's base (m2, yuan, one household, one building)."""

    kind: Kind
    factor: int
    text: str


_MULTIPLES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_BASES: tuple[tuple[Kind, str], ...] = (
    (Kind.AREA, "平方米|平米|平方|平|m2|m\\^2|㎡"),
    (Kind.MONEY, "元人民币|人民币|元|圆"),
    (Kind.HOUSEHOLDS, "户居民|户家庭|居民户|户|套"),
    (Kind.BUILDINGS, "栋住宅楼|幢住宅楼|栋楼房|栋楼|幢楼|座楼|栋|幢|座"),
    (Kind.ENTRANCES, "个单元|单元|个门洞|门洞|个楼门"),
    (Kind.OTHER, "个小区|个项目|处|片|项|台|部|人"),
    (Kind.COUNT, "个"),
)
_BASE = "|".join(f"(?P<{kind.name}>{words})" for kind, words in _BASES)
UNIT_PATTERN = rf"(?P<multiple>百万|千万|[千万亿])?(?:{_BASE})"
"""A unit with its multiple, for building larger expressions."""

_UNIT = re.compile(UNIT_PATTERN, re.IGNORECASE)
_BARE_MULTIPLE = re.compile("百万|千万|[万亿]")


def unit_of(found: re.Match[str]) -> Unit:
    """The unit of a match of UNIT_PATTERN."""
    multiple = found["multiple"] or ""
    kind = next(kind for kind, _ in _BASES if found[kind.name])
    return Unit(kind, _MULTIPLES[multiple], multiple + found[kind.name])


@lru_cache(maxsize=4_096)
def find_unit(text: str) -> Unit | None:
    """The unit that the whole text is, such as "万㎡" or "万元"; None if it is none."""
    found = _UNIT.fullmatch(simplified(compact(text)).lower())
    return unit_of(found) if found else None


def multiple_of(text: str) -> int | None:
    """The value of a bare multiple such as 万 or 亿; None if it is none."""
    return _MULTIPLES[text] if _BARE_MULTIPLE.fullmatch(text) else None

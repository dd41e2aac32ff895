"""Understanding one header: which field it heads, in what unit, how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from gongdi.exchange.figures import Kind, Unit, compact, find_unit
from gongdi.exchange.figures.text import simplified
from gongdi.exchange.problems import Sureness
from gongdi.exchange.roster.header_words import ANY_HEADER, NEVER_A_NAME, PART_OF_WHOLE, PATTERNS
from gongdi.exchange.roster.reading import NUMBERS, Field

MAX_HEADER_CHARACTERS = 40
_LEADING_YEAR = re.compile(r"^(?:截至)?(?:19|20)[0-9]{2}年?(?:度)?(?:(?=计划|改造|实施|投资|项目|拟|任务|老旧|列入))")
_LEADING_NUMBER = re.compile(r"^(?:[0-9]{1,2}[.、]|[一二三四五六七八九十]+、|\*+)")
_IN_BRACKETS = re.compile(r"[(\[【{]([^()\[\]【】{}]*)[)\]】}]")
_AFTER_MARK = re.compile(r"^(.+?)(?:[/:,_、]|单位[:]?)([^/:,_]+)$")
_GLUED_UNIT = re.compile(r"^(.{2,}?)(万平方米|万平米|万m2|万平|平方米|平米|m2|亿元|万元|元)$")
_WORDLESS = ("单位:", "单位")

FIELD_KINDS: dict[Field, tuple[Kind, ...]] = {
    Field.AREA: (Kind.AREA,),
    Field.INVESTMENT: (Kind.MONEY,),
    Field.HOUSEHOLDS: (Kind.HOUSEHOLDS, Kind.COUNT),
    Field.BUILDINGS: (Kind.BUILDINGS, Kind.COUNT),
    Field.UNITS: (Kind.ENTRANCES, Kind.COUNT),
}
"""The kinds of unit that a numeric field takes."""


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """A header as understood; `field` is None when it heads nothing known."""

    field: Field | None = None
    sureness: Sureness = "guess"
    unit: Unit | None = None
    note: str = ""


@lru_cache(maxsize=8_192)
def read_header(text: str) -> HeaderReading:
    """Which field a header names.

    >>> read_header("建筑面积（万平方米）").field, read_header("小区数(个)").field
    (<Field.AREA: 'area'>, None)
    """
    words = simplified(compact(text)).lower()
    if not words or len(words) > MAX_HEADER_CHARACTERS:
        return HeaderReading()
    words = _LEADING_NUMBER.sub("", words)
    bare, unit = _without_unit(words)
    reading = _matched(bare, unit)
    if reading.field is None:
        reading = _matched(_LEADING_YEAR.sub("", bare), unit)
    if reading.field is None:
        without_brackets = _IN_BRACKETS.sub("", bare)
        if without_brackets != bare:
            reading = _weakened(_matched(without_brackets, unit), "likely", "括号内的文字未参与识别")
    return reading


def _weakened(reading: HeaderReading, sureness: Sureness, note: str) -> HeaderReading:
    if reading.field is None or reading.sureness == "guess":
        return reading
    return replace(reading, sureness=sureness, note=note)


def _without_unit(words: str) -> tuple[str, Unit | None]:
    """Take a unit off a header: 面积(㎡), 面积/㎡, 投资:万元, 建筑面积㎡."""
    for found in _IN_BRACKETS.finditer(words):
        inner = found[1]
        for word in _WORDLESS:
            inner = inner.removeprefix(word)
        unit = find_unit(inner)
        if unit is not None:
            return (words[: found.start()] + words[found.end() :]).strip("/:"), unit
    for pattern in (_AFTER_MARK, _GLUED_UNIT):
        cut = pattern.match(words)
        unit = find_unit(cut[2]) if cut else None
        if cut and unit is not None:
            return cut[1], unit
    return words, None


def _matched(words: str, unit: Unit | None) -> HeaderReading:
    if not ANY_HEADER.fullmatch(words):
        return HeaderReading(unit=unit)
    for field, sureness, pattern in PATTERNS:
        if not pattern.fullmatch(words):
            continue
        if field is Field.NAME and (unit is not None or _cannot_name(words)):
            continue
        if field in NUMBERS and PART_OF_WHOLE.search(words):
            continue
        if unit is not None and not _fits(field, unit):
            continue
        return HeaderReading(field, sureness, unit)
    return HeaderReading(unit=unit)


def _cannot_name(words: str) -> bool:
    """楼栋名称 may name a compound, 楼栋数 and 物业公司名称 may not."""
    return bool(NEVER_A_NAME.search(re.sub("楼栋|楼幢|物业项目|地址名称|住户|零星楼栋", "", words)))


def _fits(field: Field, unit: Unit) -> bool:
    return field not in FIELD_KINDS or unit.kind in FIELD_KINDS[field]

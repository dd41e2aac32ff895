"""A scoring scheme (评分标准): criteria with weights and the way each is measured, read from TOML text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongdi.core.portfolio.faults import Fault, Reader
from gongdi.core.values import Citation, Share


@dataclass(frozen=True, slots=True)
class Flag:
    """Full points if a yes-or-no fact has the value `when`, none if it has the other."""

    fact: str
    when: bool = True

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are read."""
        return (self.fact,)


@dataclass(frozen=True, slots=True)
class Band:
    """Values up to and including `up_to` earn this share of the points; the last band has no end."""

    up_to: Fraction | None
    share: Share


@dataclass(frozen=True, slots=True)
class Bands:
    """Points by the band in which a number lies. Of several facts the first known one counts; a date by its year."""

    facts: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Points by the share that one number is of another (of 1, if `of` is None), at most all of them."""

    fact: str
    of: str | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are read."""
        return (self.fact,) if self.of is None else (self.fact, self.of)


Measure = Flag | Bands | Ratio


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion (评分项): its weight is the most points it can earn."""

    key: str
    zh: str
    en: str
    weight: Fraction
    measure: Measure
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ScoringScheme:
    """A versioned list of criteria; `label` says whose it is (an example says that it is one)."""

    id: str
    version: str
    label: str
    zh: str
    en: str
    note: str
    criteria: tuple[Criterion, ...]

    @property
    def possible(self) -> Fraction:
        """The most points that can be earned."""
        return sum((criterion.weight for criterion in self.criteria), Fraction(0))

    def criterion(self, key: str) -> Criterion:
        """The criterion of that key; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise KeyError(key)


def parse_scheme(text: str) -> ScoringScheme | tuple[Fault, ...]:
    """The scheme that a TOML text states, or every fault in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return (Fault("scheme", f"不是有效的 TOML：{problem}", "请检查引号、括号和等号"),)
    read = Reader()
    id_, version, label, zh = (read.text(data, key, "scheme") for key in ("id", "version", "label", "zh"))
    criteria = tuple(_criterion(read, row, at) for at, row in enumerate(read.objects(data, "criteria")))
    if not criteria:
        read.fault("criteria", "没有评分项", "请至少填写一项")
    read.once([criterion.key for criterion in criteria], "criteria", "评分项")
    if read.faults:
        return tuple(read.faults)
    return ScoringScheme(id_, version, label, zh, str(data.get("en", "")), str(data.get("note", "")), criteria)


def _criterion(read: Reader, row: Mapping[str, Any], at: int) -> Criterion:
    place = f"criteria[{at}]"
    weight = _fraction(read, row.get("weight"), f"{place}.weight")
    return Criterion(
        read.text(row, "key", place),
        read.text(row, "zh", place),
        read.text(row, "en", place),
        weight,
        _measure(read, row.get("measure"), f"{place}.measure"),
        _sources(read, row, place),
    )


def _fraction(read: Reader, value: object, place: str) -> Fraction:
    """A whole number or a fraction written as text ("4/5", "2.5"); never a binary float."""
    try:
        if isinstance(value, int | str) and not isinstance(value, bool):
            number = Fraction(value)
            if number >= 0:
                return number
    except (ValueError, ZeroDivisionError):
        pass
    read.fault(place, f"{value!r} 不是不小于 0 的数", '请填写整数，或加引号的分数、小数，如 "4/5"')
    return Fraction(0)


def _measure(read: Reader, row: object, place: str) -> Measure:
    kind = row.get("kind") if isinstance(row, Mapping) else None
    if isinstance(row, Mapping) and kind == "flag":
        return Flag(read.text(row, "fact", place), row.get("when", True) is True)
    if isinstance(row, Mapping) and kind == "ratio":
        return Ratio(read.text(row, "fact", place), read.text(row, "of", place) if "of" in row else None)
    if isinstance(row, Mapping) and kind == "bands":
        return _bands(read, row, place)
    read.fault(place, "不认识的计分方式", "kind 可为 flag（是否）、bands（分档）、ratio（比例）")
    return Flag("")


def _bands(read: Reader, row: Mapping[str, Any], place: str) -> Bands:
    facts = tuple(str(name) for name in read.rows(row, "facts", place))
    bands = []
    for at, band in enumerate(read.objects(row, "bands", place)):
        inner = f"{place}.bands[{at}]"
        up_to = _fraction(read, band["up_to"], f"{inner}.up_to") if "up_to" in band else None
        bands.append(Band(up_to, _share(read, band.get("share"), f"{inner}.share")))
    ends = [band.up_to for band in bands[:-1] if band.up_to is not None]
    if (
        not facts
        or not bands
        or bands[-1].up_to is not None
        or ends != sorted(set(ends))
        or len(ends) != len(bands) - 1
    ):
        read.fault(place, "分档不完整", "请填写 facts，各档 up_to 从小到大，最后一档不写 up_to")
    return Bands(facts, tuple(bands))


def _share(read: Reader, value: object, place: str) -> Share:
    share = _fraction(read, value, place)
    if share > 1:
        read.fault(place, f"{value!r} 大于 1", "得分比例须在 0 到 1 之间")
    return share


def _sources(read: Reader, row: Mapping[str, Any], place: str) -> tuple[Citation, ...]:
    found = []
    for at, source in enumerate(read.rows(row, "sources", place) if "sources" in row else ()):
        if isinstance(source, list) and len(source) == 2 and all(isinstance(part, str) for part in source):
            found.append(Citation(source[0], source[1]))
        else:
            read.fault(f"{place}.sources[{at}]", "不是两段文字", '请填写为 ["政策包", "条款"]')
    return tuple(found)

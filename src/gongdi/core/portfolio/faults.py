"""Faults in a planning file, and the reading of single values that names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in data: where it stands, what is wrong, what to do. Reason and remedy are Chinese sentences."""

    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}：{self.reason}。{self.remedy}。"


@dataclass(slots=True)
class Reader:
    """Reads single values, gathering faults; what cannot be read comes back as a harmless stand-in."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, reason: str, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(place, reason, remedy))

    def rows(self, data: Mapping[str, Any], key: str, place: str) -> list[Any]:
        """A list under a key."""
        where = f"{place}.{key}" if place else key
        if isinstance(data.get(key), list):
            return list(data[key])
        self.fault(where, "缺少，或不是列表", "请填写为列表")
        return []

    def objects(self, data: Mapping[str, Any], key: str, place: str = "") -> Iterator[Mapping[str, Any]]:
        """The objects of a list under a key, anything else being a fault."""
        where = f"{place}.{key}" if place else key
        for at, row in enumerate(self.rows(data, key, place)):
            if not isinstance(row, Mapping):
                self.fault(f"{where}[{at}]", "不是一个 JSON 对象", "请按格式填写各项")
            yield row if isinstance(row, Mapping) else {}

    def text(self, row: Mapping[str, Any], key: str, place: str) -> str:
        """A text that is not empty."""
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"{place}.{key}", "缺少，或不是文字", "请填写，并加引号")
        return ""

    def flag(self, row: Mapping[str, Any], key: str, place: str) -> bool:
        """True or false; absent is false."""
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{place}.{key}", f"{value!r} 不是 true 或 false", "请填写 true 或 false")
        return value is True

    def whole(self, value: object, place: str) -> int:
        """A whole number of at least 0."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
            return value
        if value is None:
            self.fault(place, "缺少", "请填写整数")
        elif isinstance(value, int) and not isinstance(value, bool):
            self.fault(place, f"{value} 小于 0 或过大", "请填写 0 到 1,000 万亿之间的整数")
        else:
            self.fault(place, f"{value!r} 不是整数", "请填写整数，金额以元为单位，不带小数和引号")
        return 0

    def number(self, value: object, place: str) -> Fraction:
        """A number of at least 0, exactly as it is written in decimals."""
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and 0 <= value < 10**15:
            return Fraction(repr(value))
        self.fault(place, "缺少" if value is None else f"{value!r} 不是不小于 0 的数", "请填写不小于 0 的数")
        return Fraction(0)

    def once(self, names: Iterable[str], place: str, what: str) -> None:
        """Every name but once."""
        seen: set[str] = set()
        for name in names:
            if name and name in seen:
                self.fault(place, f"{what} {name} 出现两次", "请保留一个，或改正编号")
            seen.add(name)

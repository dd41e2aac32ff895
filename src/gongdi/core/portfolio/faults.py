"""Faults in a planning file, and the reading of single values that names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, NamedTuple


class Words(NamedTuple):
    """One thing said in both languages, without a full stop."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in data: where it stands, what is wrong, what to do. Reason and remedy are Chinese sentences.

    `english` says both in English, where that is known.
    """

    place: str
    reason: str
    remedy: str
    english: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.place}：{self.reason}。{self.remedy}。"

    def in_english(self) -> str:
        """The same in English; in Chinese where no English is known."""
        return str(self) if self.english is None else f"{self.place}: {self.english[0]}. {self.english[1]}."


MISSING = Words("缺少", "it is missing")
NO_OBJECT = Words("不是一个 JSON 对象", "it is no JSON object")
_NO_LIST = Words("缺少，或不是列表", "it is missing or no list")
_LIST = Words("请填写为列表", "Make it a list")


@dataclass(slots=True)
class Reader:
    """Reads single values, gathering faults; what cannot be read comes back as a harmless stand-in."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, reason: Words | str, remedy: Words | str) -> None:
        """Note a fault, in both languages if both are given."""
        if isinstance(reason, Words) and isinstance(remedy, Words):
            self.faults.append(Fault(place, reason.zh, remedy.zh, (reason.en, remedy.en)))
        else:
            self.faults.append(Fault(place, str(reason), str(remedy)))

    def rows(self, data: Mapping[str, Any], key: str, place: str) -> list[Any]:
        """A list under a key."""
        where = f"{place}.{key}" if place else key
        if isinstance(data.get(key), list):
            return list(data[key])
        self.fault(where, _NO_LIST, _LIST)
        return []

    def objects(self, data: Mapping[str, Any], key: str, place: str = "") -> Iterator[Mapping[str, Any]]:
        """The objects of a list under a key, anything else being a fault."""
        where = f"{place}.{key}" if place else key
        for at, row in enumerate(self.rows(data, key, place)):
            if not isinstance(row, Mapping):
                self.fault(f"{where}[{at}]", NO_OBJECT, Words("请按格式填写各项", "Fill it in by the format"))
            yield row if isinstance(row, Mapping) else {}

    def text(self, row: Mapping[str, Any], key: str, place: str) -> str:
        """A text that is not empty."""
        value = row.get(key)
        if isinstance(value, str) and value.strip() and not any("\ud800" <= letter <= "\udfff" for letter in value):
            return value
        self.fault(
            f"{place}.{key}",
            Words("缺少，或不是文字", "it is missing or no text"),
            Words("请填写，并加引号", "Give it in quotation marks"),
        )
        return ""

    def flag(self, row: Mapping[str, Any], key: str, place: str) -> bool:
        """True or false; absent is false."""
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.fault(
                f"{place}.{key}",
                Words(f"{value!r} 不是 true 或 false", f"{value!r} is neither true nor false"),
                Words("请填写 true 或 false", "Write true or false"),
            )
        return value is True

    def whole(self, value: object, place: str) -> int:
        """A whole number of at least 0."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
            return value
        if value is None:
            self.fault(place, MISSING, Words("请填写整数", "Give a whole number"))
        elif isinstance(value, int) and not isinstance(value, bool):
            self.fault(
                place,
                Words(f"{value} 小于 0 或过大", f"{value} is below 0 or too large"),
                Words("请填写 0 到 1,000 万亿之间的整数", "Give a whole number from 0 to 1,000 million million"),
            )
        else:
            self.fault(
                place,
                Words(f"{value!r} 不是整数", f"{value!r} is no whole number"),
                Words(
                    "请填写整数，金额以元为单位，不带小数和引号", "Give whole yuan, without decimals or quotation marks"
                ),
            )
        return 0

    def number(self, value: object, place: str) -> Fraction:
        """A number of at least 0, exactly as it is written in decimals."""
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**15:
            return Fraction(repr(value))
        self.fault(
            place,
            MISSING if value is None else Words(f"{value!r} 不是不小于 0 的数", f"{value!r} is no number of 0 or more"),
            Words("请填写不小于 0 的数", "Give a number of 0 or more"),
        )
        return Fraction(0)

    def misspelt(self, row: Mapping[str, Any], optional: Collection[str], place: str) -> None:
        """A key that is nearly one that may be left out: what it says would be lost without a word."""
        lacking = [key for key in optional if key not in row]
        for key in row if lacking else ():
            near = get_close_matches(str(key), lacking, n=1, cutoff=0.8)
            if near and key not in optional:
                self.fault(
                    f"{place}.{key}" if place else str(key),
                    Words(f"不认识 {key}，可能是 {near[0]}", f"{key} is unknown; {near[0]} may be meant"),
                    Words("请改正，或换一个不相近的名称", "Correct it, or take a name that is less alike"),
                )

    def once(self, names: Iterable[str], place: str, what: Words | str) -> None:
        """Every name but once; `what` says what they name."""
        kind = what if isinstance(what, Words) else Words(what, "name")
        seen: set[str] = set()
        for name in names:
            if name and name in seen:
                self.fault(
                    place,
                    Words(f"{kind.zh} {name} 出现两次", f"{kind.en} {name} stands there twice"),
                    Words("请保留一个，或改正编号", "Keep one, or correct the other"),
                )
            seen.add(name)

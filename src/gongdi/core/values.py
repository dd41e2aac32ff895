"""The values that rules and sums are made of: money, area, share, period, division code, citation.

Everything is exact. Money is a whole number of fen (分), area a whole number of 0.01 m2, a share a fraction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,2})?")

Share = Fraction
"""A share (份额、比例), always exact."""


def parse_hundredths(value: int | str) -> int | None:
    """A whole number or a decimal string with at most two decimals, as a number of hundredths; None if it is neither.

    >>> parse_hundredths("12.5"), parse_hundredths(3), parse_hundredths("1.005")
    (1250, 300, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value * 100 if abs(value) < 10**15 else None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        return None
    return int(Decimal(value).scaleb(2))


def format_hundredths(hundredths: int) -> str:
    """Hundredths as a decimal string with two decimals: 1250 gives "12.50"."""
    sign, rest = ("-" if hundredths < 0 else ""), abs(hundredths)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def round_half_up(value: Fraction) -> int:
    """The nearest whole number, halves away from zero (四舍五入)."""
    doubled = abs(value) * 2 + 1
    whole = doubled.numerator // (2 * doubled.denominator)
    return whole if value >= 0 else -whole


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of money (金额), in whole fen (分)."""

    fen: int

    @classmethod
    def from_yuan(cls, value: int | str) -> Money | None:
        """Yuan as a whole number or a decimal string; None if it is neither."""
        fen = parse_hundredths(value)
        return None if fen is None else cls(fen)

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __str__(self) -> str:
        return format_hundredths(self.fen)


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A floor area (面积), in whole 0.01 m2."""

    hundredths: int

    @classmethod
    def from_m2(cls, value: int | str) -> Area | None:
        """Square metres as a whole number or a decimal string; None if it is neither."""
        hundredths = parse_hundredths(value)
        return None if hundredths is None else cls(hundredths)

    def __add__(self, other: Area) -> Area:
        return Area(self.hundredths + other.hundredths)

    def __str__(self) -> str:
        return format_hundredths(self.hundredths)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days (期间), both ends included; an open end is None."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, order=True)
class DivisionCode:
    """A code of an administrative division (行政区划代码), with the system that gave it.

    The statistics bureau (`nbs`) and civil affairs (`mca`) number the same street differently, so a code without its
    system is dangerous.
    """

    system: str
    code: str

    def __post_init__(self) -> None:
        shaped = re.fullmatch(r"[0-9]{2}([0-9]{2}){0,2}|[0-9]{9}|[0-9]{12}", self.code)
        if self.system not in ("nbs", "mca") or not shaped:
            raise ValueError(f"not a division code: {self.system} {self.code}")

    @property
    def county(self) -> str:
        """The six digits of the county or district."""
        return self.code[:6]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands (依据): the pack of the document and the section in it."""

    pack: str
    section: str

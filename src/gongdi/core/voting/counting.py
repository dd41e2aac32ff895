"""Counts by heads and by area at once, and the bounds that they must reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Count:
    """Owners counted by heads (人数) and by exclusive floor area (专有部分面积, whole 0.01 m2)."""

    heads: int = 0
    area: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.heads + other.heads, self.area + other.area)

    def __sub__(self, other: Count) -> Count:
        return Count(self.heads - other.heads, self.area - other.area)


NONE = Count()
"""Nobody."""


def total(counts: Iterable[Count]) -> Count:
    """The sum of counts."""
    heads = area = 0
    for count in counts:
        heads += count.heads
        area += count.area
    return Count(heads, area)


class How(StrEnum):
    """How a bound is met: 以上 includes the number itself, 过半数 and 超过 do not (民法典 art. 1259)."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


@dataclass(frozen=True, slots=True)
class Bound:
    """A share that a part must reach of a whole (门槛)."""

    share: Fraction
    how: How = How.AT_LEAST

    def met(self, part: int, whole: int) -> bool:
        """Whether a part reaches the share of a whole; cross-multiplied, so nothing is rounded."""
        left, right = part * self.share.denominator, whole * self.share.numerator
        return left > right if self.how is How.MORE_THAN else left >= right

    def needed(self, whole: int) -> int:
        """The least part that reaches the share of a whole."""
        numerator, denominator = whole * self.share.numerator, self.share.denominator
        return numerator // denominator + 1 if self.how is How.MORE_THAN else -(-numerator // denominator)

    def further(self, part: int, whole: int) -> int:
        """How much must be added to both part and whole until the share is reached: those who join and agree."""
        if self.met(part, whole):
            return 0
        room = self.share.denominator - self.share.numerator
        if room == 0:
            return 0 if self.how is How.AT_LEAST and part >= whole else -1
        short = whole * self.share.numerator - part * self.share.denominator
        return short // room + 1 if self.how is How.MORE_THAN else -(-short // room)

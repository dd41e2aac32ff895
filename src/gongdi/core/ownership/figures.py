"""What weighs a dwelling on a day (房屋面积与用途沿革): its area and use, rebuilt from what they were before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """The exclusive area (专有部分面积) in 0.01 m2, where it comes from, and the use of a dwelling."""

    area: int
    area_basis: str
    use: str


@dataclass(frozen=True, slots=True)
class Former:
    """Figures that held up to, but not including, the day `until`."""

    until: date
    figures: Figures


def figures_on(day: date, current: Figures, former: Iterable[Former]) -> Figures:
    """The figures that held on a day: of those that ended after it, the ones that ended first; else today's."""
    ended_later = [each for each in former if each.until > day]
    return min(ended_later, key=lambda each: each.until).figures if ended_later else current

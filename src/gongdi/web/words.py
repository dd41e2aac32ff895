"""Numbers as the office writes them: exact, thousands separated, the unit said once in the head of the column."""

from __future__ import annotations

from typing import Literal

NOTHING = "—"


def separated(value: int | Literal[""] | None) -> str:
    """A whole number with its thousands separated; a dash for nothing, be it None or a template's empty text."""
    return NOTHING if value is None or value == "" else f"{value:,}"


def _two_decimals(value: int | None, per: int) -> str:
    """Whole steps as units with two decimals, halves away from zero, in whole numbers all the way."""
    if value is None:
        return NOTHING
    hundredths = (abs(value) * 200 + per) // (2 * per)
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"


def in_wan_m2(hundredths: int | None) -> str:
    """An area in 0.01 m2, as 万平方米 with two decimals."""
    return _two_decimals(hundredths, 1_000_000)


def in_m2(hundredths: int | None) -> str:
    """An area in 0.01 m2, as m2 with two decimals."""
    return _two_decimals(hundredths, 100)


def in_wan_yuan(fen: int | None) -> str:
    """Money in fen, as 万元 with two decimals."""
    return _two_decimals(fen, 1_000_000)


def in_yuan(fen: int | None) -> str:
    """Money in fen, as yuan with two decimals."""
    return _two_decimals(fen, 100)

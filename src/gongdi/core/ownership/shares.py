"""Shares of a dwelling (产权份额) as people write them."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from gongdi.core.values import Share

WHOLE = Fraction(1)
_WHOLE_WORDS = {"", "全部", "单独所有", "独有", "整套", "100%"}
JOINT_WORDS = {"共同共有", "共有"}
"""Joint ownership without parts: the co-owners hold the whole together."""
_FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?%")
_CHINESE = re.compile(r"([一二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})")
_DIGITS = {letter: number for number, letter in enumerate("一二三四五六七八九", start=1)}


def parse_share(text: str) -> Share | None:
    """A share as written: 1/2, 50%, 33.3333%, 二分之一, 全部 or nothing (the whole); None when it is not a share.

    >>> parse_share("1/3"), parse_share("50%"), parse_share("三分之二"), parse_share("0/3")
    (Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), None)
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("⁄", "/")
    if plain in _WHOLE_WORDS:
        return WHOLE
    share = _parts(plain)
    return share if share is not None and 0 < share <= 1 else None


def _parts(plain: str) -> Share | None:
    found = _FRACTION.fullmatch(plain)
    if found is not None:
        return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
    found = _PERCENT.fullmatch(plain)
    if found is not None:
        decimals = found[2] or ""
        return Fraction(int(found[1] + decimals), 100 * 10 ** len(decimals))
    found = _CHINESE.fullmatch(plain)
    if found is not None:
        below, above = _chinese(found[1]), _chinese(found[2])
        return Fraction(above, below) if below and above else None
    return None


def _chinese(text: str) -> int | None:
    """一 to 九十九."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def share_text(share: Share) -> str:
    """A share as the office writes it: 全部, or a fraction such as 1/2."""
    return "全部" if share == WHOLE else f"{share.numerator}/{share.denominator}"

"""Cells of a roll read one by one. Each reader gives the value, or a Fault that says why it is none and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from gongdi.core.values import parse_hundredths
from gongdi.exchange.figures.text import as_text, compact

LARGEST_AREA = 10_000_000
"""Of one dwelling, in 0.01 m2 (100,000 m2); more is a slip of units."""
_HUNDREDTH, _NOBODY_WROTE = Decimal("0.01"), Decimal("0.000001")
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?")
_SHORT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_PHONE = re.compile(r"1[0-9]{10}|(?:0[0-9]{2,3})?[0-9]{7,8}")
_UNIT_NUMBER = re.compile(r"[0-9A-Z]{28}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be used, and what to do."""

    why: str
    remedy: str


# Typed, since a cell that says TRUE is not the number 1.
@lru_cache(maxsize=16_384, typed=True)
def read_area(cell: object) -> int | Fault:
    """An area in 0.01 m2."""
    if isinstance(cell, float):
        # A sheet's number is binary: 75.32 may come as 75.3200000001, which nobody wrote.
        told = Decimal(repr(cell))
        near = told.quantize(_HUNDREDTH)
        found = int(near.scaleb(2)) if abs(near - told) < _NOBODY_WROTE else None
    else:
        text = compact(as_text(cell)).removesuffix("m2").removesuffix("平方米").replace(",", "")
        found = parse_hundredths(text)
    if found is None:
        return Fault("面积应为平方米数，至多两位小数。", "请按不动产登记簿填写，如 75.32。")
    if found <= 0:
        return Fault("面积应大于零。", "请按不动产登记簿填写；面积未知的，请先查登记簿。")
    if found > LARGEST_AREA:
        return Fault("一户的面积超过 10 万平方米。", "请检查单位是否为平方米。")
    return found


@lru_cache(maxsize=1_024, typed=True)
def read_floor(cell: object) -> int | Fault | None:
    """A floor; below ground it is negative."""
    text = compact(as_text(cell)).removesuffix("层").removesuffix("楼")
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}", text):
        return Fault("楼层应为整数。", "请填数字，如 3；地下一层填 -1。")
    return int(text)


def read_date(cell: object) -> date | Fault | None:
    """A day, as a date cell or written out."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = compact(as_text(cell))
    return _written_date(text) if text else None


@lru_cache(maxsize=16_384)
def _written_date(text: str) -> date | Fault:
    found = _DATE.fullmatch(text) or _SHORT_DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else _NO_DATE
    except ValueError:
        return _NO_DATE


_NO_DATE = Fault("日期看不懂。", "请写成 2012-06-30 的样子。")


def read_number(cell: object) -> str:
    """An identity number as text: capital, without spaces. A sheet that kept it as a number has lost digits."""
    return compact(as_text(cell)).upper().replace("-", "") if cell not in ("", None) else ""


def lost_digits(cell: object) -> bool:
    """Whether a number cell is so long that the sheet has rounded it."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**15


def read_phone(cell: object) -> str | Fault:
    """A phone number's digits."""
    text = compact(as_text(cell)).replace("-", "").removeprefix("+86")
    if not text or _PHONE.fullmatch(text):
        return text
    return Fault("联系电话看不懂。", "请填 11 位手机号或带区号的固定电话；多个电话请只留一个。")


def read_unit_number(cell: object) -> str | Fault:
    """A number of a real-estate unit, 28 characters (GB/T 37346)."""
    text = compact(as_text(cell)).upper()
    if not text or _UNIT_NUMBER.fullmatch(text):
        return text
    return Fault(f"不动产单元号应为 28 位，现有 {len(text)} 位。", "请按不动产权证书填写，或留空。")

"""Numbers as cells hold them: 13,000、１２０户、约1.32万、1.2-1.5万、三十余栋. Exact, with how sure the reading is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from gongdi.exchange.figures.numerals import NUMERAL, chinese_number
from gongdi.exchange.figures.text import compact, simplified
from gongdi.exchange.figures.units import UNIT_PATTERN, Unit, unit_of
from gongdi.exchange.problems import Sureness, least_sure

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?(?:e\+?[0-9]{1,2})?"
_MORE = "余|多|来"
_PART = re.compile(
    rf"(?P<number>{_NUMBER}|{NUMERAL}+?)(?P<more>{_MORE})?(?P<bare>百万|千万|[千万亿])?(?P<more2>{_MORE})?"
    rf"(?P<unit>{UNIT_PATTERN})?(?P<more3>{_MORE})?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?P<about>约为|大约|约|近|将近|≈|大概)|^(?P<sum>共计|总计|合计|共有|共|计|¥|人民币)|^(?P<bound>不少于|不低于|不超过|不高于|至少|最多|最高|上限|下限|超过|超|≥|≤|>|<)"
)
_AFTER = re.compile(r"(?P<about>左右|上下|余)$|(?P<bound>以上|以下|以内)$")
_NOTE = re.compile(r"^(?P<body>[^()]+)(?P<note>\([^()]*\))$")
_RANGE = re.compile(r"^(?P<low>[^-~—–至到]+)(?:-|~|—+|–|至|到)(?P<high>[^-~—–至到]+)$")
_GROUPED_BY_SPACE = re.compile(r"^\D*[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9 ])")
_DIGITS_APART = re.compile(r"[0-9]\s+[0-9]")
_NOTHING = {"", "-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "空", "n/a", "na", "nan", "null", "none", "·"}
_UNKNOWN = {"不详", "未知", "待定", "待核", "待核实", "待查", "待补", "不明", "未统计", "统计中", "?", "??", "???"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read from a cell (数量).

    `amount` is in the cell's own unit if the cell names one, else as the column says; None when the cell says nothing
    or cannot be read. `fault` tells why it cannot; an empty cell has neither amount nor fault.
    """

    amount: Decimal | None = None
    unit: Unit | None = None
    multiple: int | None = None
    sureness: Sureness = "sure"
    note: str = ""
    fault: str = ""

    @property
    def decimals(self) -> int:
        """Decimal places as written."""
        exponent = self.amount.as_tuple().exponent if self.amount is not None else 0
        return max(-exponent, 0) if isinstance(exponent, int) else 0


def read_quantity(value: object) -> Quantity:
    """The number in a cell, whatever type the cell has."""
    if isinstance(value, bool):
        return Quantity(fault="这里是“真/假”，不是数字")
    if isinstance(value, int):
        return Quantity(Decimal(value))
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, (date, time, timedelta)):
        return Quantity(fault="这里是日期或时间，不是数字")
    return _from_text(str(value))


def _from_float(value: float) -> Quantity:
    """Spreadsheets keep 15 digits; what they show is what was meant."""
    if value.is_integer() and abs(value) < 1e15:
        return Quantity(Decimal(int(value)))
    number = Decimal(format(value, ".15g"))
    return Quantity(number) if number.is_finite() and abs(number) < 10**15 else Quantity(fault="数字过大")


@lru_cache(maxsize=65_536)
def _from_text(text: str) -> Quantity:
    if len(text) > 100:
        return Quantity(fault="文字过长，不是数字")
    plain = simplified(compact(text)).lower()
    if plain in _NOTHING:
        return Quantity()
    if plain in _UNKNOWN:
        return Quantity(note=f"原文写“{text.strip()}”")
    if plain.startswith("#"):
        return Quantity(fault="单元格是公式错误值")
    if _DIGITS_APART.search(unicodedata.normalize("NFKC", text)) and not _spaced_thousands(text):
        return Quantity(fault="数字之间有空格，不能确定是一个数还是几个数")
    return _read(plain)


def _spaced_thousands(text: str) -> bool:
    return bool(_GROUPED_BY_SPACE.match(re.sub(r"\s", " ", unicodedata.normalize("NFKC", text)).strip()))


def _read(plain: str) -> Quantity:
    noted = _NOTE.match(plain)
    if noted and not re.search(r"[0-9]$", noted["body"]):
        inner = _read(noted["body"])
        return _weaker(inner, "likely", f"括注“{noted['note'][1:-1]}”未计入")
    if noted:
        inner = _read(noted["body"] + noted["note"][1:-1])
        if inner.amount is not None and inner.unit is not None:
            return inner
        return _weaker(_read(noted["body"]), "likely", f"括注“{noted['note'][1:-1]}”未计入")
    before = _BEFORE.match(plain)
    if before:
        rest = plain[before.end() :]
        if before["sum"]:
            return _read(rest)
        return _loosened(_read(rest), before["about"], before[0])
    after = _AFTER.search(plain)
    if after and _part(plain) is None:
        return _loosened(_read(plain[: after.start()]), after["about"], after[0])
    return _part(plain) or _range(plain) or Quantity(fault="不是能读懂的数字")


def _loosened(inner: Quantity, about: str | None, word: str) -> Quantity:
    if about:
        return _weaker(inner, "likely", f"原文是约数（{word}）")
    return _weaker(inner, "guess", f"原文是界限（{word}），暂按该数")


def _weaker(inner: Quantity, sureness: Sureness, note: str) -> Quantity:
    if inner.amount is None:
        return inner
    joined = "；".join(part for part in (inner.note, note) if part)
    return replace(inner, sureness=least_sure(inner.sureness, sureness), note=joined)


def _part(plain: str) -> Quantity | None:
    """One number with its unit: 1.32万、120户、一百二十户."""
    found = _PART.fullmatch(plain)
    if found is None:
        return None
    amount, sureness = _amount(found["number"])
    if amount is None:
        return None
    unit = unit_of(found) if found["unit"] else None
    multiple = None
    if found["bare"]:
        multiple = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}[found["bare"]]
    if found["more"] or found["more2"] or found["more3"]:
        return Quantity(amount, unit, multiple, "likely", "原文是约数（余）")
    note = "原文是汉字数字" if sureness == "likely" else ""
    return Quantity(amount, unit, multiple, sureness, note)


def _amount(text: str) -> tuple[Decimal | None, Sureness]:
    if re.match(NUMERAL, text):
        number = chinese_number(text)
        return (None if number is None else Decimal(number)), "likely"
    amount = Decimal(text.replace(",", ""))
    if "e" in text:
        amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() and amount < 10**15 else amount
    return (amount if abs(amount) < 10**15 else None), "sure"


def _range(plain: str) -> Quantity | None:
    """A range has no single value; its lower end is taken and said to be a guess."""
    found = _RANGE.match(plain)
    if found is None:
        return None
    low, high = _part(found["low"]), _part(found["high"])
    if low is None or high is None or low.amount is None or high.amount is None:
        return None
    if low.unit is None and low.multiple is None:
        low = replace(low, unit=high.unit, multiple=high.multiple)
    if _size(low) > _size(high):
        return Quantity(fault="区间的下限大于上限")
    return _weaker(low, "guess", f"原文是区间“{plain}”，暂按下限")


def _size(quantity: Quantity) -> Decimal:
    factor = (quantity.unit.factor if quantity.unit else 1) * (quantity.multiple or 1)
    return (quantity.amount or Decimal(0)) * factor

"""Chinese numerals (汉字数字): 一百二十 is 120, 二〇二一 is 2021."""

from __future__ import annotations

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_BLOCKS = {"万": 10**4, "亿": 10**8}

NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"


def chinese_number(text: str) -> int | None:
    """The value of a simple Chinese numeral, or None.

    >>> chinese_number("一百二十"), chinese_number("十二"), chinese_number("二〇二一"), chinese_number("三万五")
    (120, 12, 2021, None)
    """
    if not text:
        return None
    if all(letter in _DIGITS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text)) if len(text) > 1 or text != "零" else 0
    return _placed(text)


def _placed(text: str) -> int | None:
    total = block = 0
    digit: int | None = None
    last_step = 10**9
    for letter in text:
        if letter in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[letter]
        elif letter in _STEPS:
            step = _STEPS[letter]
            if step >= last_step or (digit is None and block):
                return None
            block += (1 if digit is None else digit) * step
            digit, last_step = None, step
        else:
            total, block, digit, last_step = (total + block + (digit or 0)) * _BLOCKS.get(letter, 0), 0, None, 10**9
            if total == 0:
                return None
    if digit and last_step != 10 and last_step < 10**9 and not text[-2:].startswith(("零", "〇")):
        return None  # 三百五 may mean 305 or 350
    if digit and last_step == 10**9 and total and not text[-2:].startswith(("零", "〇")):
        return None  # 三万五, likewise
    return total + block + (digit or 0)

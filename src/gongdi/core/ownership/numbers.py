"""Identity numbers and their check digits (证件号码): a mistyped number would split one owner into two."""

from __future__ import annotations

import re
from datetime import date
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLD = re.compile(r"[0-9]{15}")
_NEW = re.compile(r"[0-9]{17}[0-9X]")
_OTHER = re.compile(r"(?=.*[0-9])[0-9A-Z()/]{6,30}")
_PLACEHOLDERS = {
    "",
    "无",
    "没有",
    "暂无",
    "不详",
    "未知",
    "不明",
    "未提供",
    "待补",
    "/",
    "-",
    "—",
    "N/A",
    "NULL",
    "NONE",
}
_CREDIT = re.compile(f"[{_CREDIT_LETTERS}]{{18}}")


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a citizen's identity number: a date within, and the check digit of GB 11643
    (ISO 7064 MOD 11-2)."""
    if not _NEW.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(map(mul, _WEIGHTS, map(int, number[:17])))
    return _CHECKS[total % 11] == number[17]


def is_old_identity_number(number: str) -> bool:
    """Whether it has the 15 digits of the numbers given out before 1999, which have no check digit."""
    return bool(_OLD.fullmatch(number))


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a unified social credit code (统一社会信用代码, GB 32100: weights 3^i mod 31)."""
    if not _CREDIT.fullmatch(code):
        return False
    total = sum(_CREDIT_LETTERS.index(letter) * pow(3, index, 31) for index, letter in enumerate(code[:17]))
    return _CREDIT_LETTERS[(31 - total % 31) % 31] == code[17]


def as_new_number(number: str) -> str:
    """A number as it is compared: the 15 digits of an old identity number become the 18 of the new one (GB 11643: the
    century, and the check digit), so that one person's two numbers are one; anything else stays."""
    if not is_old_identity_number(number):
        return number
    head = f"{number[:6]}19{number[6:]}"
    return head + _CHECKS[sum(map(mul, _WEIGHTS, map(int, head))) % 11]


def is_placeholder(text: str) -> bool:
    """Whether a text stands where a number should be and is none: 无, 不详, /, a row of one and the same digit."""
    return text in _PLACEHOLDERS or len(set(text)) <= 1


def fault_of_number(number: str) -> str | None:
    """Why a text cannot be an identity number; None when it can, or is empty.

    18 characters have a check digit and 15 digits a date; other documents (passports, military and residence cards)
    are letters and digits, six at least. A word in the place of a number would make one owner of many.
    """
    if not number or is_old_identity_number(number):
        return None
    if len(number) == 18:
        if number[:17].isdigit():
            right = is_identity_number(number) or is_credit_code(number)
            return None if right else "身份证号码的校验码或出生日期不对"
        return None if is_credit_code(number) else "统一社会信用代码的校验码不对"
    return None if _OTHER.fullmatch(number) and not is_placeholder(number) else "证件号码不像任何一种证件的号码"

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


def fault_of_number(number: str) -> str | None:
    """Why a number of 18 characters cannot be right; None for a right one, and for kinds that have no check."""
    if len(number) != 18:
        return None
    if number[:17].isdigit():
        return None if is_identity_number(number) or is_credit_code(number) else "身份证号码的校验码或出生日期不对"
    return None if is_credit_code(number) else "统一社会信用代码的校验码不对"

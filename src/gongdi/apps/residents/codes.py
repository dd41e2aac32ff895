"""One-time codes (验证码): how they are made, digested, how many may be sent. Chance and moment are arguments."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from gongdi.apps.residents.models import CodeSent
from gongdi.web import sealing

LASTS = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(minutes=1)
A_DAY = 10
AN_HOUR_AN_ADDRESS = 30
"""Codes that one network address may ask for in an hour, whatever the numbers."""
_PHONE = re.compile(r"1[3-9]\d{9}")


def read_phone(text: str) -> str | None:
    """A mobile number of eleven digits from what somebody typed (+86, blanks, hyphens, full width aside), or None."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter not in " -()\u3000")
    plain = plain.removeprefix("+86").removeprefix("0086")
    return plain if _PHONE.fullmatch(plain) else None


def new_code(below: Callable[[int], int]) -> str:
    """Six digits by chance; `below(n)` gives a number from 0 to n-1."""
    return f"{below(1_000_000):06d}"


def digest_of(phone_digest: str, code: str) -> str:
    """The keyed digest of a code for one number."""
    return sealing.digest(f"{phone_digest} {code}", "residents.code")


def is_right(sent: CodeSent, code: str) -> bool:
    """Whether this is the code, compared in constant time."""
    return hmac.compare_digest(sent.code_digest, digest_of(sent.phone_digest, code))


def fault_of_sending(phone_digest: str, address: str, now: datetime) -> str | None:
    """Why no code can be sent now; None when one can."""
    mine = CodeSent.objects.filter(phone_digest=phone_digest)
    if mine.filter(sent_at__gt=now - PAUSE).exists():
        return "验证码一分钟只能发一次，请稍候再试。"
    if mine.filter(sent_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        return f"这个号码一天内已发过 {A_DAY} 次验证码，请明天再试，或到社区居委会办理。"
    here = CodeSent.objects.filter(address=address, sent_at__gt=now - timedelta(hours=1)).count()
    if here >= AN_HOUR_AN_ADDRESS:
        return "这个网络一小时内发验证码太多，请稍后再试，或到社区居委会办理。"
    return None

"""Rules of passwords (口令规则) by the level 3 scheme (GB/T 22239-2019, 8.1.4.1): mix, history, age."""

from __future__ import annotations

import string
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError

from gongdi.apps.accounts.models import User

KINDS = ("大写字母", "小写字母", "数字", "符号", "汉字")
LEAST_KINDS = 3
LEAST_NAME = 4
"""Shorter words and names stand in too many good passwords by chance."""


def kinds_in(password: str) -> set[str]:
    """Which kinds of characters a password has."""
    return {_kind(character) for character in password}


def _kind(character: str) -> str:
    if character.isascii():
        if character.isalpha():
            return KINDS[0] if character.isupper() else KINDS[1]
        return KINDS[2] if character.isdigit() else KINDS[3]
    return KINDS[4] if unicodedata.category(character).startswith("L") else KINDS[3]


class LongEnough(MinimumLengthValidator):
    """A password has at least so many characters; told in Chinese, which the framework's own message is not yet."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"口令太短，至少 {self.min_length} 个字符。可以用一句自己记得住的话，加上数字或符号。"


class MixedKinds:
    """A password has characters of at least three kinds."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse one that has fewer."""
        found = kinds_in(password)
        if len(found) < LEAST_KINDS:
            have = "、".join(kind for kind in KINDS if kind in found)
            raise ValidationError(f"口令要有{'、'.join(KINDS)}中的至少三种，现在只有{have}。请加上其他种类的字符。")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"{'、'.join(KINDS)}中至少三种。"


class NotGuessed(CommonPasswordValidator):
    """A password is no common one, not with digits and signs before or after it either, and no sign-in name in it.

    Lists of leaked passwords hold "password"; whoever has to mix kinds types "Password123!", and so does who guesses.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Refuse what is tried first."""
        lowered = password.lower().strip()
        core = lowered.strip("0123456789" + string.punctuation)
        if lowered in self.passwords or (len(core) >= LEAST_NAME and core in self.passwords):
            raise ValidationError("这个口令太常见，只是在常见词前后加了数字或符号的也不行。请另设一个。")
        name = user.username.lower() if isinstance(user, User) else ""
        if len(name) >= LEAST_NAME and name in lowered:
            raise ValidationError("口令里不能有登录名，请另设一个。")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "不能是常见口令，也不能含登录名。"


class NotUsedBefore:
    """A password is none of the person's last ones (`PASSWORDS_REMEMBERED`), the present one included."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse one of the last."""
        if not isinstance(user, User) or user.pk is None:
            return
        past = user.past_passwords.values_list("password", flat=True)[: settings.PASSWORDS_REMEMBERED]
        if any(check_password(password, kept) for kept in {user.password, *past}):
            raise ValidationError(f"不能使用最近 {settings.PASSWORDS_REMEMBERED} 次用过的口令，请另设一个。")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"不能与最近 {settings.PASSWORDS_REMEMBERED} 次用过的相同。"


def is_stale(person: User, now: datetime) -> bool:
    """Whether the password is older than `PASSWORD_DAYS` allow (0: no limit)."""
    if not settings.PASSWORD_DAYS or person.password_changed_at is None:
        return False
    return now - person.password_changed_at > timedelta(days=settings.PASSWORD_DAYS)

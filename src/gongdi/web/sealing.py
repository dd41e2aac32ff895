"""Sealing of what identifies a person (个人信息加密): encrypted at rest, found by exact match through a keyed digest.

A sealed value is bytes: one byte that names the format, one that names the key, a nonce of 12 bytes, the ciphertext
(AES-256-GCM). What a value is for (its purpose, such as `dwellings.owner.phone`) is authenticated with it, so that a
sealed phone cannot be put in the place of a sealed name. The digest is HMAC-SHA256 under a key of its own, over the
value brought to one form; equal values have equal digests for one purpose and different ones for another.

Keys stand in one file, a line each: `number:base64 of 32 bytes`. The last line seals; every line opens.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongdi.web.key_files import make_once

_FORMAT = 1
_NONCE = 12
_DIGEST_LABEL = b"gongdi digest v1"
_LEFT_OUT = re.compile(r"[\s\-－·•.]")


class CannotUnsealError(Exception):
    """A sealed value that no key at hand opens: the key file was changed, or the value was tampered with."""


def make_key_file(path: Path) -> None:
    """Make a key file with one fresh key, readable by its owner alone; an existing file is left as it is."""
    make_once(path, lambda: f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n")


@lru_cache(maxsize=4)
def _keys(path: Path) -> dict[int, bytes]:
    """Every key by its number, in the order of the file."""
    keys: dict[int, bytes] = {}
    for line in path.read_text(encoding="ascii").split():
        number, _, text = line.partition(":")
        key = base64.b64decode(text, validate=True)
        if not 1 <= int(number) <= 255 or len(key) != 32 or int(number) in keys:
            raise ValueError("密钥文件每行应为“编号:密钥”，编号 1 到 255 不重复，密钥为 32 字节的 base64。")
        keys[int(number)] = key
    if not keys:
        raise ValueError("密钥文件里没有密钥。")
    return keys


@lru_cache(maxsize=256)
def _cipher(path: Path, number: int) -> AESGCM:
    return AESGCM(_keys(path)[number])


@lru_cache(maxsize=4)
def _digest_key(path: Path) -> bytes:
    """The digests' key hangs on the first key of the file alone, so that adding a key leaves them as they are."""
    first = next(iter(_keys(path).values()))
    return hmac.digest(first, _DIGEST_LABEL, "sha256")


def seal(text: str, purpose: str) -> bytes:
    """Encrypt a text for a purpose; empty stays empty."""
    return seal_bytes(text.encode(), purpose)


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """Encrypt bytes (a picture of a signature) for a purpose; none stay none."""
    if not content:
        return b""
    path = settings.SEALING_KEY_FILE
    number = next(reversed(_keys(path)))
    nonce = os.urandom(_NONCE)
    return bytes((_FORMAT, number)) + nonce + _cipher(path, number).encrypt(nonce, content, purpose.encode())


def unseal(sealed: bytes | memoryview, purpose: str) -> str:
    """The text of a sealed value; raises CannotUnsealError."""
    return unseal_bytes(sealed, purpose).decode()


def unseal_bytes(sealed: bytes | memoryview, purpose: str) -> bytes:
    """The bytes of a sealed value; raises CannotUnsealError."""
    sealed = bytes(sealed)
    if not sealed:
        return b""
    path = settings.SEALING_KEY_FILE
    if sealed[0] != _FORMAT or sealed[1] not in _keys(path):
        raise CannotUnsealError("这条信息用另一把密钥加密。请核对密钥文件是否完整。")
    nonce, rest = sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :]
    try:
        return _cipher(path, sealed[1]).decrypt(nonce, rest, purpose.encode())
    except InvalidTag:
        raise CannotUnsealError("这条信息打不开：可能被改动过，或密钥文件不是原来的。") from None


def one_form(text: str) -> str:
    """A value as it is compared: full-width made half-width, spaces, hyphens and dots taken out, letters capital."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return (_LEFT_OUT.sub("", plain) if _LEFT_OUT.search(plain) else plain).upper()


def digest(text: str, purpose: str) -> str:
    """The keyed digest of a value for a purpose, as 64 hex digits; "" for nothing."""
    form = one_form(text)
    if not form:
        return ""
    key = _digest_key(settings.SEALING_KEY_FILE)
    return hmac.digest(key, f"{purpose}\0{form}".encode(), "sha256").hex()


def masked_name(name: str) -> str:
    """A name as lists show it (王**); an organisation's name (six letters and more) keeps its ends."""
    name = name.strip()
    if len(name) >= 6:
        return f"{name[:2]}***{name[-2:]}"
    return name[:1] + "*" * (len(name) - 1)


def masked_number(number: str) -> str:
    """A phone or identity number as lists show it: the first three and the last two or four characters."""
    number = number.strip()
    if len(number) >= 15:
        return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
    if len(number) >= 9:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return "*" * len(number)

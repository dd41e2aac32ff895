"""Secrets of signing in as they lie in the database: sealed with a key that lies beside it, not in it.

AES-256-GCM under a key of the data folder (`sign_in_key`, readable by its owner alone). A copy of the database without
the file opens no second factor; whoever loses the file lets people enrol anew.
"""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongdi.web.key_files import read_or_make

_PURPOSE = b"gongdi.accounts.second_factor"
_NONCE = 12


@lru_cache(maxsize=2)
def _key(folder: Path) -> bytes:
    return bytes.fromhex(read_or_make(folder / "sign_in_key", lambda: secrets.token_hex(32)))


def seal(text: str) -> str:
    """The text sealed; the same text is sealed differently each time."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(Path(settings.DATA_DIR))).encrypt(nonce, text.encode(), _PURPOSE)
    return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def unseal(sealed: str) -> str:
    """The text that was sealed.

    Raises:
        ValueError: it was changed, or sealed with another key.
    """
    raw = base64.urlsafe_b64decode(sealed)
    try:
        return AESGCM(_key(Path(settings.DATA_DIR))).decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()
    except InvalidTag as fault:
        raise ValueError("the key of the data folder is not the one that sealed this") from fault

"""Who signs the heads of logs (签名): Ed25519, with a key of this installation in a file of its own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.models import LogEntry, Vote
from gongdi.core.voting.heads import Signer
from gongdi.web.key_files import make_once


def make_key_file(path: Path) -> None:
    """Make a key file with a fresh key; an existing one is left as it is."""
    make_once(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")


@lru_cache(maxsize=4)
def _key(path: Path) -> Ed25519PrivateKey:
    """The key; made when this installation has signed nothing yet.

    Raises:
        RefusedError: the file is gone though logs are signed: a new key would make their proofs look forged.
    """
    if not path.exists() and (LogEntry.objects.exists() or Vote.objects.exclude(public_key="").exists()):
        raise RefusedError("签名密钥文件不见了，已有表决是用它签名的。请管理员从备份恢复密钥文件，再继续。")
    make_key_file(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))


def signer_for(vote: Vote) -> Signer:
    """What signs the log of a vote.

    Raises:
        RefusedError: the key at hand is not the one whose public half was kept with the vote and shown.
    """
    if vote.public_key != public_key().hex():
        raise RefusedError("签名密钥和固定名册时的不是同一把，不能再写入这次表决。请管理员从备份恢复密钥文件。")
    return _key(settings.VOTE_KEY_FILE).sign


def public_key() -> bytes:
    """The public half: 32 bytes, printed on notices."""
    return _key(settings.VOTE_KEY_FILE).public_key().public_bytes_raw()

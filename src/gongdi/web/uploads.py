"""Files that people send (上传的文件), kept under their digest: the same content is kept once, and never changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was kept: its SHA-256 and its size in bytes."""

    digest: str
    size: int


def keep_file(pieces: Iterable[bytes]) -> KeptFile:
    """Keep a file; it stands on the disk whole before its name exists."""
    folder = settings.UPLOADS_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sha, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                sha.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        digest = sha.hexdigest()
        target = path_of(digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return KeptFile(digest, size)


def forget_file(digest: str) -> None:
    """Take a file off the disk; gone already is as good."""
    path_of(digest).unlink(missing_ok=True)


def path_of(digest: str) -> Path:
    """Where the file with a digest is kept, whether or not it is there."""
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return Path(settings.UPLOADS_DIR) / digest[:2] / digest

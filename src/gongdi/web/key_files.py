"""Files that hold a key (密钥文件): made once, whole or not at all, whichever of several processes comes first."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def make_once(path: Path, fresh: Callable[[], str]) -> None:
    """Make a key file with what `fresh` gives, readable by its owner alone; an existing file is left as it is.

    The text is written aside and then linked to its name, so that nobody ever reads a file that is there and still
    empty, and of two processes that start together only one key survives.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(fresh())
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(aside)


def read_or_make(path: Path, fresh: Callable[[], str]) -> str:
    """The text of a key file without blanks around it; the file is made when lacking."""
    make_once(path, fresh)
    return path.read_text(encoding="ascii").strip()

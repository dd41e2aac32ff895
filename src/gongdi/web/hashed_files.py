"""Static files under names that carry a hash of their content, so that a browser keeps each one until it changes.

The names are worked out when the server starts, straight from where the files stand (the apps, the npm packages): there
is no collecting step that a fresh checkout could forget, and no manifest that could be stale. A name without a hash
still answers, with a short life. Compression is left to the proxy of a city's installation.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

_DIGITS = 12


@lru_cache(maxsize=1024)
def hashed_name(name: str) -> str:
    """`gongdi/map.js` as `gongdi/map.0f6b741f5aa6.js`; the name itself when there is no such file."""
    path = finders.find(name)
    if not isinstance(path, str):
        return name
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:_DIGITS]
    told = PurePosixPath(name)
    return str(told.with_name(f"{told.stem}.{digest}{told.suffix}"))


class HashedNames(StaticFilesStorage):
    """Gives pages the hashed names."""

    def url(self, name: str | None) -> str:
        """The address of a file."""
        return super().url(hashed_name(name) if name else name)


class HashedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves each file under its hashed name as one that never changes, and under its plain name for a short time."""

    def add_files_from_finders(self) -> None:
        """Add both names of every file that the finders list."""
        super().add_files_from_finders()
        prefix = str(self.static_prefix)
        for finder in finders.get_finders():
            for path, storage in finder.list(None):
                name = str(path).replace("\\", "/")
                self.add_file_to_dictionary(prefix + hashed_name(name), storage.path(path))

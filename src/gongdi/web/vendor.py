"""Which files of the npm packages the pages may load; nothing else of node_modules is served."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

VENDOR_FILES = {
    "vendor/tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
    "vendor/echarts.js": "echarts/dist/echarts.min.js",
    "vendor/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet.css": "leaflet/dist/leaflet.css",
}


class VendorStorage(FileSystemStorage):
    """Reads a vendor file under its short name."""

    def path(self, name: str) -> str:
        """Where the file stands in node_modules."""
        return str(Path(settings.NODE_MODULES) / VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Finds the listed files of the npm packages under `vendor/`."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The full path of a listed file, or nothing."""
        full = Path(settings.NODE_MODULES) / VENDOR_FILES[path] if path in VENDOR_FILES else None
        found = [str(full)] if full is not None and full.is_file() else []
        return found if find_all else (found[0] if found else None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """Every listed file with the storage that reads it."""
        storage = VendorStorage()
        return ((name, storage) for name in VENDOR_FILES if Path(storage.path(name)).is_file())

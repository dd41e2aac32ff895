"""Which part of an .xlsx holds which worksheet."""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from typing import BinaryIO

_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def sheet_parts(stream: BinaryIO) -> dict[str, str]:
    """Sheet name to the name of its part inside the archive; empty when the workbook does not tell."""
    try:
        with zipfile.ZipFile(stream) as archive:
            workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, RuntimeError):
        return {}
    targets = {}
    for found in _RELATION.finditer(relations):
        attributes = _attributes(found[1])
        targets[attributes.get("Id", "")] = posixpath.normpath(
            posixpath.join("/xl", attributes.get("Target", ""))
        ).lstrip("/")
    parts = {}
    for found in _SHEET.finditer(workbook):
        attributes = _attributes(found[1])
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if relation in targets:
            parts[attributes.get("name", "")] = targets[relation]
    return parts


def _attributes(text: str) -> dict[str, str]:
    return {found[1]: unescape(found[2] if found[2] is not None else found[3]) for found in _ATTRIBUTE.finditer(text)}

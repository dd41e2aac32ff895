"""Typing into a workbook as Excel would: cells of its first sheet replaced in the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

FIRST = "xl/worksheets/sheet1.xml"


def typed_into(content: bytes, cells: dict[str, str | int | float], part: str = FIRST) -> bytes:
    """The workbook with these cells typed anew; an empty text empties the cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode()
                for cell, value in cells.items():
                    text = _typed(text, cell, value)
                data = text.encode()
            target.writestr(name, data)
    return out.getvalue()


def _typed(text: str, cell: str, value: str | int | float) -> str:
    found = re.search(rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)', text)
    assert found is not None, cell
    style = found[1] or ""
    if value == "":
        new = f'<c r="{cell}"{style}/>'
    elif isinstance(value, str):
        new = f'<c r="{cell}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        new = f'<c r="{cell}"{style}><v>{value}</v></c>'
    return text[: found.start()] + new + text[found.end() :]

"""Names of the people who wrote, commented and changed a Word or Excel file, blanked in its parts.

The parts are searched as bytes and never parsed: no entity is expanded, and what is not a name stays byte for byte.
Names stand in ECMA-376 part 1 in 17.13 (annotations of Word: author, initials), 18.7 (comments of Excel: authors) and
18.2.12, 18.11 (userName), in MS-DOCX 2.5 (people) and MS-XLSX 2.6 (persons, absPath).
"""

from __future__ import annotations

import codecs
import re

from gongdi.apps.files.checking import RefusedFileError

_ATTRIBUTE = rb"""\s+(?:[^\s=<>"'/:]+:)?([^\s=<>"'/:]+)\s*=\s*("[^"<]*"|'[^'<]*')"""
_TAG = re.compile(rb"""<(?:[^\s=<>"'/:!?]+:)?([^\s=<>"'/:!?]+)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))+)""")
_VALUE = re.compile(_ATTRIBUTE)
_HINT = re.compile(rb"author|initials|userId|userName|absPath|person|userInfo|attachedTemplate")
_AUTHOR = re.compile(rb"(<((?:[\w.-]+:)?author)(?:\s[^<>]*)?>)([^<]*)(?=</\2\s*>)")
_THREAD = re.compile(rb"\s*tc=\{[0-9A-Fa-f-]+\}\s*")
_HEAD = re.compile(rb"(<(?:[\w.-]+:)?t(?:\s[^<>]*)?>)((?:(?!\xef\xbc\x9a)[^<:])*)(?::|\xef\xbc\x9a)")
_ENCODING = re.compile(rb"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")

_ANYWHERE = frozenset((b"author", b"initials", b"userId", b"userName"))
_IN = frozenset(((b"person", b"displayName"), (b"userInfo", b"name"), (b"absPath", b"url")))


def is_markup(data: bytes) -> bool:
    """Whether a part is XML, by its beginning."""
    start = data[:200]
    return start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")) or (
        start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    )


def without_authors(data: bytes) -> bytes:
    """An XML part with the names of authors, reviewers and users blank, and Excel's comments not headed by them.

    Raises:
        RefusedFileError: it declares a document type, which no Word or Excel file does and which could hide names.
    """
    data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RefusedFileError("文件的内容不合 Word、Excel 的规定。请用 Excel、Word 或 WPS 另存后再传。")
    if not _HINT.search(data):
        return data
    return _TAG.sub(_blank_tag, _without_comment_authors(data))


def _as_utf8(data: bytes) -> bytes:
    """The same part in UTF-8, since a name in UTF-16 would be looked past."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16")
    elif data.startswith((b"<\0", b"\0<")):
        text = data.decode("utf-16-le" if data[1] == 0 else "utf-16-be")
    else:
        return data
    return _ENCODING.sub(rb"\1", text.encode(), count=1)


def _blank_tag(tag: re.Match[bytes]) -> bytes:
    element, attributes = tag[1], tag[2]
    template = element == b"Relationship" and b"/attachedTemplate" in attributes

    def blank(found: re.Match[bytes]) -> bytes:
        name, start = found[1], found[0][: found.start(2) - found.start()]
        if template and name == b"Target":
            return start + b'"Normal.dotm"'  # the path of a template names the account it lies in
        return start + b'""' if name in _ANYWHERE or (element, name) in _IN else found[0]

    return tag[0][: tag.start(2) - tag.start()] + _VALUE.sub(blank, attributes)


def _without_comment_authors(data: bytes) -> bytes:
    """Blank `<author>` elements, and the name with a colon that Excel puts before each comment's text.

    An author `tc={…}` is no name but ties a comment to its thread.
    """
    names = {found[3] for found in _AUTHOR.finditer(data) if found[3].strip() and not _THREAD.fullmatch(found[3])}
    if not names:
        return data
    data = _AUTHOR.sub(lambda found: found[1] + (b"" if found[3] in names else found[3]), data)
    stripped = {name.strip() for name in names}
    return _HEAD.sub(lambda found: found[1] if found[2].strip() in stripped else found[0], data)

"""The writing in which pages are shown (文字): Simplified as they are written, or Traditional made from it.

Only what is shown is converted: text, and the attributes that are read out or shown as hints. What a form sends back
(values of fields, the text of a textarea) stays as it was typed, and nothing that is posted is ever converted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Protocol, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongdi.web.ways import own_address

COOKIE = "gongdi_writing"
_YEAR = 365 * 24 * 3600
_SHOWN_ATTRIBUTES = re.compile(r'(\s(?:title|aria-label|placeholder|alt|label)=")([^"]*)(")')
_HAN = re.compile("[\u3400-\u9fff]")
_TOKENS = re.compile(
    r"(<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<textarea\b.*?</textarea>|<code\b.*?</code>"
    r"|<option>.*?</option>|<[^>]+>)",
    re.DOTALL | re.IGNORECASE,
)
_DATA = re.compile(r'(<script[^>]*type="application/json"[^>]*>)(.*)(</script>)', re.DOTALL)
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")


@dataclass(frozen=True, slots=True)
class Writing:
    """One writing: its code, its own name, the language tag of its pages, how it is made (None: as it is written)."""

    code: str
    name: str
    tag: str
    made_by: str | None


WRITINGS = {
    each.code: each for each in (Writing("hans", "简体", "zh-Hans", None), Writing("hant", "繁體", "zh-Hant", "s2t"))
}
"""A further language adds its row here and says in the middleware how its pages are made."""


def writing_of(request: HttpRequest) -> Writing:
    """The writing that the person chose; Simplified when none or an unknown one."""
    return WRITINGS.get(request.COOKIES.get(COOKIE, ""), WRITINGS["hans"])


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=4)
def _converter(made_by: str) -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC(made_by))


_LOCK = Lock()


@lru_cache(maxsize=32_768)
def convert(text: str, made_by: str) -> str:
    """A text in another writing. Pages repeat most of their texts, so they are kept."""
    if not _HAN.search(text):
        return text
    with _LOCK:
        return _converter(made_by).convert(text)


def convert_page(page: str, made_by: str) -> str:
    """A page or a part of one in another writing; scripts, code and what forms send back stay as they are."""
    return "".join(
        _token(part, made_by) if part.startswith("<") else convert(part, made_by) for part in _TOKENS.split(page)
    )


def _token(token: str, made_by: str) -> str:
    data = _DATA.fullmatch(token)
    if data is not None:
        # The data of charts and maps, whose characters stand escaped.
        return data[1] + _ESCAPED.sub(lambda run: _escaped(run[0], made_by), data[2]) + data[3]
    if not _HAN.search(token) or token.startswith(("<!", "<script", "<style", "<code", "<option>")):
        return token
    head, sep, rest = token.partition(">")
    return _SHOWN_ATTRIBUTES.sub(lambda found: found[1] + convert(found[2], made_by) + found[3], head) + sep + rest


def _escaped(run: str, made_by: str) -> str:
    return json.dumps(convert(json.loads(f'"{run}"'), made_by))[1:-1]


class ShowInWriting:
    """Shows pages in the writing that the person chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, its page converted when need be."""
        response = self.get_response(request)
        writing = writing_of(request)
        if writing.made_by is None or response.streaming:
            return response
        if response.headers.get("Content-Type", "").startswith("text/html"):
            page = convert_page(response.content.decode(), writing.made_by)
            response.content = page.replace('<html lang="zh-Hans">', f'<html lang="{writing.tag}">', 1).encode()
        return response


@login_not_required
@require_POST
def set_writing(request: HttpRequest) -> HttpResponse:
    """Choose a writing and go back to the page."""
    response = redirect(own_address(request, request.POST.get("next", ""), "/"))
    chosen = WRITINGS.get(request.POST.get("writing", ""))
    if chosen is not None:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, chosen.code, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response

"""Tags and filters that every template may use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongdi.web import words
from gongdi.web.columns import MEANINGS
from gongdi.web.icons import ICONS
from gongdi.web.numbered import numbered

register = template.Library()
register.filter("separated", words.separated)
register.filter("in_wan_m2", words.in_wan_m2)
register.filter("in_m2", words.in_m2)
register.filter("in_wan_yuan", words.in_wan_yuan)
register.filter("in_yuan", words.in_yuan)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A sign beside a word; screen readers pass over it."""
    return format_html(
        '<svg class="g-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS.get(name, ICONS["dot"]),
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def mark(meaning: str, text: str = "") -> SafeString:
    """An outcome: its colour, its sign and its word together."""
    if meaning not in MEANINGS:
        return format_html('<span class="g-mark g-mark-none">{}</span>', text or "未判定")
    return format_html('<span class="g-mark g-mark-{}">{}{}</span>', meaning, icon(meaning), text or MEANINGS[meaning])


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """The address of this page with some of its query changed; an empty value leaves a key out."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_of(number: int, url_name: str) -> str:
    """The address of the page of a number: `{{ row.pk|page_of:"places:see_compound" }}`, for rows by the hundred."""
    return numbered(url_name)(number)


@register.filter
def days_since(day: date, today: date) -> str:
    """How long ago a day was, in whole days: 12 天."""
    return f"{max((today - day).days, 0)} 天"


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """The entry of a mapping."""
    return mapping.get(key)


@register.filter
def at(sequence: list[Any], index: int) -> Any:
    """The element at an index."""
    return sequence[index]

"""Events in words."""

from __future__ import annotations

import re
from typing import Any

from django import template

from gongdi.apps.audit.keys import KEYS, VALUES
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.verbs import VERBS
from gongdi.web.origin import CHANNELS

register = template.Library()
DIGEST = re.compile("[0-9a-f]{64}")
WORDS = {True: "是", False: "否", None: "不详"}


@register.filter
def verb_word(verb: str) -> str:
    """The Chinese word for a verb."""
    return VERBS.get(verb, verb)


@register.filter
def channel_word(channel: str) -> str:
    """The Chinese word for a channel; older events have none."""
    return CHANNELS.get(channel, "—")


@register.filter
def event_change(event: Event) -> str:
    """What an event changed, in one line."""
    before, after = event.before or {}, event.after or {}
    parts = []
    for key in [*after, *(key for key in before if key not in after)]:
        if key in ("fact", "codes"):
            continue
        new, old = _word(after.get(key)), _word(before.get(key))
        changed = key in before and key in after and old != new
        parts.append(
            f"{KEYS.get(key, key)}：{old} → {new}"
            if changed
            else f"{KEYS.get(key, key)}：{new if key in after else old}"
        )
    return "；".join(parts) or "—"


def _word(value: Any) -> str:
    if isinstance(value, str) and DIGEST.fullmatch(value):
        return f"{value[:10]}…"
    if isinstance(value, bool) or value is None:
        return WORDS[value]
    if value == "":
        return "无"
    if isinstance(value, list):
        return "、".join(_word(each) for each in value) or "无"
    if isinstance(value, dict):
        return "、".join(f"{key}{_word(each)}" for key, each in value.items()) or "无"
    return VALUES.get(value, value) if isinstance(value, str) else str(value)

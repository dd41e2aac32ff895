"""Events in words."""

from __future__ import annotations

import re
from typing import Any

from django import template

from gongdi.apps.audit.models import Event
from gongdi.apps.audit.verbs import VERBS
from gongdi.web.origin import CHANNELS

register = template.Library()
DIGEST = re.compile("[0-9a-f]{64}")
WORDS = {True: "是", False: "否", None: "不详"}
KEYS = {
    "stage": "阶段", "value": "值", "title": "情况", "source": "来源", "address": "网络地址", "username": "登录名",
    "made_up": "虚构", "kind": "岗位", "place": "区划", "organisation": "单位", "count": "数量", "compounds": "小区数",
    "facts": "情况数", "first": "首个", "query": "条件", "failures": "失败次数", "file_name": "文件名",
    "created": "新增", "changed": "更新", "unchanged": "未变", "skipped": "跳过", "rows": "行数", "digest": "摘要",
    "fields": "项目", "post": "岗位", "starts_on": "自", "ends_on": "至", "to": "代理人", "objects": "对象",
    "sessions": "会话数",
    "is_active": "启用", "factor": "第二要素", "step": "环节", "way": "方式", "subject": "统一身份", "name": "名称",
    "state": "状态", "building": "楼栋", "room": "房号", "kinds": "种类", "previous": "上次",
}  # fmt: skip


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
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)

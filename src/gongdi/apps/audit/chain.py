"""How events hang together: the digest of a link covers the event and the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from gongdi.apps.audit.models import Event

FIRST = "0" * 64
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


VERSION = 2
"""The version of new events: since 2 the digest covers the post and from where it was done."""


def digest_of(event: Event) -> str:
    """SHA-256 over the event's fields as canonical JSON, the previous digest included."""
    body: dict[str, Any] = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": event.verb,
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "object": [event.object_kind, event.object_id, event.object_name],
        "place": event.place,
        "before": event.before,
        "after": event.after,
        "why": event.why,
        "previous": event.previous_digest,
    }
    if event.version >= 2:
        body |= {
            "version": event.version,
            "post": event.post,
            "origin": [event.channel, event.address, event.session],
        }
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: the number of links, and the first fault (None when all hold)."""

    links: int
    fault: str | None = None


def check(events: Iterable[Event], head_number: int, head_digest: str, anchors: Mapping[int, str] = {}) -> Verdict:
    """Recount the chain from its first link to its head, and against heads written down earlier (number to digest)."""
    previous, links, version = FIRST, 0, 1
    for event in events:
        links += 1
        if event.number != links:
            return Verdict(links, f"第 {links} 条缺失：下一条的序号是 {event.number}。")
        if event.previous_digest != previous:
            return Verdict(links, f"第 {links} 条与前一条不相接：前一条可能被替换。")
        if digest_of(event) != event.digest:
            return Verdict(links, f"第 {links} 条的内容与其摘要不符：内容被改动。")
        if event.version < version or (event.version == 1 and (event.post or event.channel or event.address)):
            return Verdict(links, f"第 {links} 条的摘要算法版次倒退：内容被改动。")
        if anchors.get(links, event.digest) != event.digest:
            return Verdict(links, f"第 {links} 条与另行保存的链尾不符：此前的记录被整体改写。")
        previous, version = event.digest, event.version
    if (links, previous) != (head_number, head_digest):
        return Verdict(links, f"链尾不符：应有 {head_number} 条，实有 {links} 条，末尾可能被截去。")
    beyond = max(anchors, default=0)
    if beyond > links:
        return Verdict(links, f"另行保存的链尾是第 {beyond} 条，现有 {links} 条：末尾被截去。")
    return Verdict(links)

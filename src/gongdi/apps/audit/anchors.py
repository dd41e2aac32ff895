"""Heads of the chain written down elsewhere (链尾存证), so that a chain rewritten as a whole is found out.

Triggers stop whoever works through the database; somebody who owns the machine could take them away and make the whole
chain anew. A head that stands in a file elsewhere (another machine, paper) no longer fits then.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from gongdi.apps.audit.models import Head

_DIGEST = re.compile("[0-9a-f]{64}")


class AnchorFault(ValueError):  # noqa: N818 -- a fault of a file, told to its reader
    """A line of a file of anchors that cannot be read: where and why."""


def anchor_of(head: Head, at: datetime) -> str:
    """The head as a line of JSON: its number, its digest, the time in UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    return json.dumps({"number": head.number, "digest": head.digest, "at": moment})


def read_anchors(text: str) -> dict[int, str]:
    """Number to digest, from lines of JSON; empty lines are passed over.

    Raises:
        AnchorFault: a line is not an anchor, or two lines give one number different digests.
    """
    found: dict[int, str] = {}
    for position, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        number, digest = _read(line, position)
        if found.setdefault(number, digest) != digest:
            raise AnchorFault(f"第 {position} 行：第 {number} 条出现两个不同的摘要。请核对文件来源。")
    return found


def _read(line: str, position: int) -> tuple[int, str]:
    try:
        told = json.loads(line)
        number, digest = told["number"], told["digest"]
    except (ValueError, KeyError, TypeError):
        number, digest = None, ""
    if type(number) is not int or number < 0 or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise AnchorFault(f"第 {position} 行不是链尾存证。每行应为 anchor_audit 写出的一行，请勿改动。")
    return number, digest

"""Events as an Excel file: what the search found, newest first."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from gongdi.apps.audit.models import Event
from gongdi.apps.audit.templatetags.audit_words import channel_word, event_change, verb_word
from gongdi.exchange.workbook import Cell, Column, Sheet, write_workbook

MOST = 100_000
"""Events of one file; a longer list is asked for in parts, by days."""
COLUMNS = ("序号", "时间", "办理人", "所用岗位", "动作", "对象", "区划代码", "变化", "理由", "途径", "网络地址", "摘要")
WIDTHS = (9.0, 19.0, 11.0, 24.0, 14.0, 24.0, 14.0, 42.0, 24.0, 9.0, 16.0, 20.0)


def events_workbook(events: Iterable[Event], count: int, filters: str, now: datetime) -> bytes:
    """The events with their digests; rows are written as they come, so that memory stays bounded."""
    sheet = Sheet(
        title="审计记录",
        subtitle=f"{timezone.localtime(now):%Y年%-m月%-d日}导出，共 {count} 条；{filters or '未筛选'}",
        columns=[Column(title, width) for title, width in zip(COLUMNS, WIDTHS, strict=True)],
        rows=_rows(events),
        notes=("时间为北京时间。摘要为 SHA-256，逐条相接；以系统内“核验全链”的结果为准。",),
    )
    buffer = io.BytesIO()
    write_workbook(buffer, [sheet], constant_memory=True, created=timezone.localtime(now))
    return buffer.getvalue()


def _rows(events: Iterable[Event]) -> Iterator[list[Cell]]:
    for event in events:
        yield [
            str(event.number),
            f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
            event.actor_name,
            event.post,
            verb_word(event.verb),
            event.object_name,
            event.place,
            event_change(event),
            event.why,
            channel_word(event.channel),
            event.address,
            event.digest,
        ]

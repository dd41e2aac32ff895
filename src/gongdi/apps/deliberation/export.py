"""The log of issues on site as a workbook (现场问题清单)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.deliberation.models import Issue
from gongdi.apps.deliberation.queries import StreetCount, overdue_days
from gongdi.exchange.workbook import Column, Sheet, write_workbook
from gongdi.web import clock


def issues_workbook(rows: QuerySet[Issue], streets: Iterable[StreetCount], now: datetime) -> FileResponse:
    """The issues with who settles them by when, and the counts by street; who reported them is masked."""
    today = clock.local_date(now)
    columns = [
        Column("街道"), Column("小区"), Column("编号", kind="int"), Column("问题", 40), Column("位置", 24),
        Column("反映人", 16),
        Column("反映日期", kind="date"), Column("状态"), Column("承办单位", 22), Column("截止日期", kind="date"),
        Column("逾期（天）", kind="int"), Column("重开（次）", kind="int"),
    ]  # fmt: skip
    lines = [
        (
            row.compound.street.name if row.compound.street else "", row.compound.name, row.number, row.text,
            row.spot_words, row.who, clock.local_date(row.at), row.get_state_display(),
            row.body.name if row.body else "", row.due_on, overdue_days(row, today), row.reopened,
        )
        for row in rows
    ]  # fmt: skip
    told = f"{timezone.localtime(now):%Y年%-m月%-d日}导出"
    counted = [(each.street, each.open, each.to_check, each.late, each.escalated) for each in streets]
    heads = [
        Column("街道", 20),
        *(Column(word, kind="int") for word in ("未了（件）", "待核实（件）", "逾期（件）", "已报区县（件）")),
    ]
    sheets = [
        Sheet("现场问题清单", f"{told}，共 {len(lines)} 件", columns, lines),
        Sheet("按街道", told, heads, counted, total_columns=[1, 2, 3, 4]),
    ]
    buffer = io.BytesIO()
    write_workbook(buffer, sheets, created=timezone.localtime(now))
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename="现场问题清单.xlsx")

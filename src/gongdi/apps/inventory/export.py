"""The inventory of spare land and rooms as a workbook (存量资源清单)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.inventory.models import SpareSpace, resource_choices
from gongdi.core.values import Area
from gongdi.exchange.workbook import Column, Sheet, write_workbook


def spaces_workbook(rows: Iterable[SpareSpace], now: datetime) -> FileResponse:
    """The spaces with owner, area, use and availability; the area is summed."""
    words = dict(resource_choices())
    columns = [
        Column("小区"), Column("名称或位置", 20), Column("种类"), Column("权属单位", 20),
        Column("面积（平方米）", kind="area"), Column("位置"), Column("目前用途", 16), Column("拟作用途", 16),
        Column("可用情况"), Column("取得方式"), Column("来源", 20), Column("情况日期", kind="date"),
    ]  # fmt: skip
    lines = [
        (
            row.compound.name, row.name, words.get(row.kind, row.kind), row.owner_unit,
            Area(row.area) if row.area is not None else None, "红线内" if row.inside else "红线外", row.present_use,
            row.proposed_use, row.get_availability_display(), row.get_means_display(), row.source, row.found_on,
        )
        for row in rows
    ]  # fmt: skip
    sheet = Sheet("存量资源清单", f"{timezone.localtime(now):%Y年%-m月%-d日}导出，共 {len(lines)} 处", columns, lines,
                  total_columns=[4])  # fmt: skip
    buffer = io.BytesIO()
    write_workbook(buffer, [sheet], created=timezone.localtime(now))
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename="存量资源清单.xlsx")

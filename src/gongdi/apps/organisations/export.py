"""The responsibility list as a workbook (责任清单)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.organisations.queries import DepartmentDuties
from gongdi.exchange.workbook import Column, Sheet, write_workbook


def responsibilities_workbook(groups: Iterable[DepartmentDuties], title: str, now: datetime) -> FileResponse:
    """Every duty with its department, kind and section, in Chinese and English."""
    columns = [
        Column("部门", 20), Column("方式", 8), Column("职责", 48), Column("条款", 14), Column("Responsibility", 48),
    ]  # fmt: skip
    lines = [(group.name, row.word, row.zh, row.section, row.en) for group in groups for row in group.rows]
    local = timezone.localtime(now)
    sheet = Sheet("责任清单", f"{title}；{local:%Y年%-m月%-d日}导出，共 {len(lines)} 项", columns, lines)
    buffer = io.BytesIO()
    write_workbook(buffer, [sheet], created=local)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename="责任清单.xlsx")

"""A yearly register as the list that a government publishes, with its changes on a second sheet."""

from __future__ import annotations

import io
from datetime import datetime

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.registers.models import RegisterLine, YearRegister
from gongdi.apps.registers.queries import RegisterView
from gongdi.core.values import Area
from gongdi.exchange.workbook import Cell, Column, Sheet, write_workbook


def register_workbook(register: YearRegister, view: RegisterView, now: datetime) -> FileResponse:
    """The list with numbers and sums; every addition after publishing and every removal with its reason."""
    head = [
        Column("序号", kind="int"), Column("小区名称"), Column("街道（镇）"), Column("社区"), Column("地址", 22),
        Column("建成时间"), Column("楼栋（栋）", kind="int"), Column("户数（户）", kind="int"),
        Column("建筑面积（平方米）", kind="area"),
    ]  # fmt: skip
    rows = [(number, *_cells(line)) for number, line in enumerate(view.standing, start=1)]
    day = f"{timezone.localtime(now):%Y年%-m月%-d日}"
    if register.published_on is not None:
        subtitle = f"{register.number}，{register.published_on:%Y年%-m月%-d日}公布；截至{day}"
    else:
        subtitle = f"未公布；截至{day}"
    listed = Sheet(register.title, subtitle, head, rows, total_columns=[6, 7, 8], name="清册")
    changes = Sheet(
        f"{register.title}变动情况", subtitle,
        [
            Column("变动"), Column("小区名称"), Column("街道（镇）"), Column("户数（户）", kind="int"),
            Column("日期", kind="date"), Column("理由", 40),
        ],
        [*(_change("增补", line) for line in view.added_late), *(_change("移出", line) for line in view.removed)],
        name="变动",
    )  # fmt: skip
    buffer = io.BytesIO()
    write_workbook(buffer, [listed, changes], created=timezone.localtime(now))
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{register.title}.xlsx")


def _cells(line: RegisterLine) -> tuple[Cell, ...]:
    area = Area(line.area) if line.area is not None else None
    return (
        line.name, line.street, line.community, line.address, line.completed, line.buildings, line.households, area,
    )  # fmt: skip


def _change(word: str, line: RegisterLine) -> tuple[Cell, ...]:
    at, why = (line.added_at, line.added_why) if word == "增补" else (line.removed_at, line.removed_why)
    return (word, line.name, line.street, line.households, timezone.localtime(at).date() if at else None, why)

"""Workbooks of dwellings: the blank form, the problems of a roll, the roll of a day."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.dwellings import queries
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.places.models import Compound
from gongdi.core.values import Area
from gongdi.exchange.dwelling_roll import COLUMNS
from gongdi.exchange.workbook import Column, Sheet, write_workbook


def _response(sheets: list[Sheet], name: str, now: datetime) -> FileResponse:
    buffer = io.BytesIO()
    write_workbook(buffer, sheets, created=timezone.localtime(now))
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{name}.xlsx")


def blank_workbook(now: datetime) -> FileResponse:
    """The blank form of a roll, and how to fill it."""
    columns = [Column(column.header, 16) for column in COLUMNS]
    notes = (
        "每行一户；共有人各占一行，排在相邻的行，面积按整户填写。",
        "证件号码列请设为文本格式。证件号码、姓名和电话上传后加密保存。",
    )
    form = Sheet("房屋清册", "", columns, [], notes=notes, name="房屋清册")
    told = [(column.header, "必填" if column.needed else "可不填", column.help) for column in COLUMNS]
    about = Sheet("填写说明", "", [Column("列"), Column("是否必填"), Column("怎样填", 42)], told, landscape=False)
    return _response([form, about], "房屋清册空白表", now)


def problems_workbook(roll: DwellingImport, now: datetime) -> FileResponse:
    """Every problem of a roll, cell by cell; what identifies a person is not in it."""
    columns = [
        Column("轻重", 8), Column("工作表", 14), Column("单元格", 10), Column("原文", 24), Column("原因", 40),
        Column("怎么办", 40),
    ]  # fmt: skip
    rows = [
        ("错误" if each["severity"] == "error" else "提示", each["sheet"], each["cell"], each["value"], each["why"],
         each["remedy"])
        for each in roll.problems
    ]  # fmt: skip
    subtitle = f"{roll.file_name}，共列 {len(rows)} 处"
    return _response([Sheet("房屋清册问题清单", subtitle, columns, rows)], f"问题清单-{roll.pk}", now)


def roll_workbook(compound: Compound, day: date, now: datetime) -> FileResponse:
    """The roll of a day, and on a second sheet whoever is left off it with the reason. Owners are masked."""
    lines = queries.roll_on(compound, day)
    on = [line for line in lines if not line.left_off]
    off = [line for line in lines if line.left_off]
    head = [
        Column("楼栋"), Column("单元"), Column("房号"), Column("用途"), Column("专有部分面积（平方米）", kind="area"),
        Column("面积依据"),
    ]  # fmt: skip
    subtitle = f"{compound}，{day:%Y年%-m月%-d日}的产权；业主姓名已遮蔽"
    roll = Sheet(
        "业主名册", subtitle, [*head, Column("业主与份额", 36)], [_cells(line) for line in on], total_columns=[4]
    )
    left = Sheet(
        "未列入名册", subtitle, [*head, Column("原因", 36)], [(*_cells(line)[:6], line.left_off) for line in off]
    )
    return _response([roll, left], f"{compound}业主名册{day:%Y%m%d}", now)


def _cells(line: queries.RollLine) -> tuple[str, str, str, str, Area, str, str]:
    row = line.dwelling
    owners = "；".join(f"{name}（{share}）" for name, share in line.owners) or "当日业主不明"
    return (
        row.building.name, row.stairwell, row.room, row.get_use_display(), Area(row.area),
        row.get_area_basis_display(), owners,
    )  # fmt: skip

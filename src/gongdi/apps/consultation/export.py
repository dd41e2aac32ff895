"""Results and lists of contents as workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.consultation.models import ContentList, Round
from gongdi.apps.consultation.presenting import ResultsShown, payer_words
from gongdi.core.values import Money
from gongdi.exchange.workbook import Cell, Column, Sheet, write_workbook


def results_workbook(asked: Round, shown: ResultsShown, now: datetime) -> FileResponse:
    """The results of a round as the page shows them to this person: the whole, and building by building."""
    local = timezone.localtime(now)
    head = (
        f"{asked.compound}；{local:%Y年%-m月%-d日}导出，共 {shown.whole.households} 户，答复 {shown.whole.answered} 户"
    )
    columns = [
        Column("内容", 24), Column("类别"), Column("想要（户）", kind="int"), Column("可有可无（户）", kind="int"),
        Column("不要（户）", kind="int"), Column("没有说（户）", kind="int"), Column("列为第一（户）", kind="int"),
        Column("第二（户）", kind="int"), Column("第三（户）", kind="int"), Column("估算（万元）", kind="money_wan"),
        Column("业主承担（万元）", kind="money_wan"), Column("谁出钱", 30),
    ]  # fmt: skip
    lines: list[Sequence[Cell]] = [
        (
            line.row.name, line.class_word, line.cell.wants, line.cell.without, line.cell.against, line.cell.silent,
            *line.ranks, Money(line.total), Money(line.owners_part), line.payers,
        )
        for line in shown.lines
    ]  # fmt: skip
    by_building: list[Sequence[Cell]] = [
        (table.name, table.tally.households, table.tally.answered, line.row.name, cell.wants, cell.without,
         cell.against, cell.silent)
        for table in shown.buildings
        for line, cell in ((line, table.tally.cells[line.row.number]) for line in shown.lines)
    ]  # fmt: skip
    building_columns = [
        Column("楼栋", 20), Column("户数（户）", kind="int"), Column("答复（户）", kind="int"), Column("内容", 24),
        Column("想要（户）", kind="int"), Column("可有可无（户）", kind="int"), Column("不要（户）", kind="int"),
        Column("没有说（户）", kind="int"),
    ]  # fmt: skip
    note = "意愿征询反映想不想要，不是表决；租户的答复没有计入本表。"
    sheets = [Sheet("意愿征询结果", head, columns, [] if shown.hidden else lines, notes=[note], name="全小区")]
    sheets.append(Sheet("分楼栋结果", head, building_columns, by_building, name="分楼栋"))
    replies: list[Sequence[Cell]] = [
        (words, reply, number) for _, words, counts in shown.pledges for reply, number in counts
    ]
    asked_columns = [Column("另外问的", 40), Column("答复"), Column("户数（户）", kind="int")]
    sheets.append(Sheet("另外问的", head, asked_columns, [] if shown.hidden else replies, name="另外问的"))
    return _sent(sheets, local, "意愿征询结果.xlsx")


def contents_workbook(row: ContentList, now: datetime) -> FileResponse:
    """A list of contents, taken in and left out, with the reasons."""
    local = timezone.localtime(now)
    lines = list(row.lines.select_related("menu_item"))
    columns = [
        Column("序号", kind="int"), Column("内容", 24), Column("是否列入"), Column("想要（户）", kind="int"),
        Column("可有可无（户）", kind="int"), Column("不要（户）", kind="int"),
        Column("估算（万元）", kind="money_wan"), Column("谁出钱", 30), Column("与意愿不一致的原因", 40),
    ]  # fmt: skip
    rows = [
        (
            line.menu_item.number, line.menu_item.name, "列入" if line.chosen else "不列入", line.wants, line.without,
            line.against, Money(line.total), payer_words(line.menu_item), line.reason,
        )
        for line in lines
    ]  # fmt: skip
    day = timezone.localtime(row.fixed_at)
    return _sent(
        [Sheet(str(row), f"{row.compound}；{day:%Y年%-m月%-d日}确定", columns, rows)], local, "改造内容清单.xlsx"
    )


def _sent(sheets: list[Sheet], local: datetime, name: str) -> FileResponse:
    buffer = io.BytesIO()
    write_workbook(buffer, sheets, created=local)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=name)

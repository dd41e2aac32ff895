"""The register as an Excel file: what is seen, all pages, areas and money in their exact figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gongdi.apps.places.register import AnyColumn, Chip, Line, OwnColumn, made_up
from gongdi.exchange.workbook import Column, Sheet, write_workbook
from gongdi.web.columns import Cell


def register_workbook(lines: Sequence[Line], shown: Sequence[AnyColumn], chips: Sequence[Chip], now: datetime) -> bytes:
    """The lines under their column heads with their sums; the subtitle tells the day and the filters."""
    filters = "；".join(chip.text for chip in chips) or "未筛选"
    told = any(each.key == "made_up" for each in shown)
    columns = [Column("小区名称"), *(_column(each) for each in shown), *([] if told else [Column("数据性质")])]
    summed = [index for index, each in enumerate(shown, start=1) if isinstance(each, OwnColumn) and each.total]
    rows = [
        [line.compound.name, *map(_value, line.cells, shown), *([] if told else [made_up(line.compound).text])]
        for line in lines
    ]
    sheet = Sheet(
        title="小区清册",
        subtitle=f"{now:%Y年%-m月%-d日}导出，共 {len(lines)} 个小区；{filters}",
        columns=columns,
        rows=rows,
        total_columns=summed,
    )
    buffer = io.BytesIO()
    write_workbook(buffer, [sheet], created=now)
    return buffer.getvalue()


def _column(column: AnyColumn) -> Column:
    """A workbook's areas are in square metres, where a page has 万平方米."""
    kind: Any = column.excel
    return Column(column.title.replace("万平方米", "平方米"), kind=kind)


def _value(cell: Cell, column: AnyColumn) -> Any:
    if column.excel == "outcome":
        return (cell.meaning or "undetermined", cell.text) if cell.text != "—" else None
    if column.excel == "text":
        return None if cell.text == "—" else cell.text
    return cell.value

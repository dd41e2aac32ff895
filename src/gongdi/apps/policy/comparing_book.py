"""A comparison as a workbook (对比工作簿): who changes sides, the money, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from gongdi.apps.policy.comparing import Changed, MoneyLine, Sides
from gongdi.core.policy.comparing import TableDifference
from gongdi.core.policy.packs import Row
from gongdi.core.policy.rendering import to_chinese
from gongdi.core.values import Money
from gongdi.exchange.workbook import Cell, Column, Sheet, write_workbook
from gongdi.web.words import in_wan_yuan

KINDS = {
    "same": "相同",
    "reworded": "条件相同，文字或条款不同",
    "changed": "不同",
    "left": "只在左边",
    "right": "只在右边",
}


def comparison_workbook(sides: Sides, found: dict[str, Any]) -> bytes:
    """What the page of a comparison shows, as a workbook; each sheet names both documents and their days."""
    about = f"左：{_side(sides, 'left')}；右：{_side(sides, 'right')}"
    stream = BytesIO()
    write_workbook(
        stream,
        [
            _compounds(about, found["lines"], sides.remarks),
            _money(about, found["money"], found["assumption"], found["whole"]),
            _clauses(about, found["chosen"]),
        ],
    )
    return stream.getvalue()


def _side(sides: Sides, name: str) -> str:
    return f"{getattr(sides, name).document.title}（判定日期 {getattr(sides, f'on_{name}')}）"


def _compounds(about: str, lines: Sequence[Changed], remarks: Sequence[str]) -> Sheet:
    columns = [
        Column("小区", 24), Column("区县", 12), Column("街道", 14), Column("左", 12), Column("右", 12),
        Column("结论", 8), Column("估算总投资（万元）", None, "money_wan"), Column("右边待补充", 36),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            each.compound.name,
            each.compound.county.name if each.compound.county else "",
            each.compound.street.name if each.compound.street else "",
            each.left.zh, each.right.zh, "不同" if each.changed else "相同",
            None if each.cost is None else Money(each.cost), each.lacking,
        ]
        for each in sorted(lines, key=lambda each: not each.changed)
    ]  # fmt: skip
    return Sheet("逐个小区", about, columns, rows, total_columns=(6,), notes=remarks)


def _money(about: str, lines: Sequence[MoneyLine], assumption: str, whole: Sequence[str]) -> Sheet:
    columns = [Column("项目", 26), Column("单位", 8), Column("左", 18), Column("右", 18), Column("右比左多", 18)]

    def told(amount: int | None, unit: str, none: str = "未作规定") -> str:
        return none if amount is None else in_wan_yuan(amount) if unit == "万元" else f"{amount:,}"

    rows = [
        [
            each.words,
            each.unit,
            told(each.left, each.unit),
            told(each.right, each.unit),
            told(each.change, each.unit, "—"),
        ]
        for each in lines
    ]
    notes = [assumption, *(f"{side}边的文件没有规定纳入范围，按全部小区计。" for side in whole)]
    return Sheet("资金", about, columns, rows, notes=notes)


def _clauses(about: str, chosen: TableDifference | None) -> Sheet:
    columns = [
        Column("异同", 16), Column("左条款", 10), Column("左转述", 42), Column("左条件", 42), Column("右条款", 10),
        Column("右转述", 42), Column("右条件", 42),
    ]  # fmt: skip

    def told(row: Row | None) -> list[str]:
        return [row.section, row.text, to_chinese(row.when)] if row else ["", "", ""]

    rows = [[KINDS[each.kind], *told(each.left), *told(each.right)] for each in (chosen.clauses if chosen else ())]
    return Sheet("逐款对照", about, columns, rows)

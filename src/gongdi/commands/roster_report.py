"""How a roster's reading is shown: as JSON, or as a summary that a clerk can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import YearSpan
from gongdi.exchange.packfiles import load_vocabulary
from gongdi.exchange.problems import Problem, Sureness
from gongdi.exchange.roster import LABELS, ColumnReading, Field, RosterReading, RosterRow
from gongdi.exchange.roster.facts import find_fact, read_fact_columns
from gongdi.exchange.roster.reading import Value

_SHOWN_PROBLEMS = 40
_SHOWN_ROWS = 5
_SURENESS: dict[Sureness, str] = {"sure": "确定", "likely": "较确定", "guess": "猜测"}
_SEVERITY = {"error": "错误", "warning": "提醒"}


def as_json(reading: RosterReading) -> dict[str, Any]:
    """The reading as JSON: counts, columns, problems, and every row with its values and how they were read."""
    told = read_fact_columns(reading.rows, load_vocabulary(), reading.headers)
    return {
        "readable": reading.readable,
        "compounds": reading.compounds,
        "errors": len(reading.errors),
        "warnings": len(reading.warnings) + len(told.problems),
        "columns": dict(reading.columns),
        "problems": [_problem(problem) for problem in (*reading.problems, *told.problems)],
        "rows": [{**_row(row), "facts": facts} for row, facts in zip(reading.rows, told.rows, strict=True)],
        "headers": [
            {
                "sheet": header.sheet,
                "cell": header.cell,
                "header": header.header,
                "field": header.field.value if header.field is not None else None,
                "sureness": header.sureness,
                "unit": header.unit,
                "note": header.note,
            }
            for header in reading.headers
        ],
        "remarks": list(reading.remarks),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "value": problem.value,
        "why": problem.why,
        "remedy": problem.remedy,
        "severity": problem.severity,
    }


def _row(row: RosterRow) -> dict[str, Any]:
    """One row: plain values by field (area in m2 and money in yuan as exact decimal texts), then the readings."""
    return {
        "sheet": row.sheet,
        "row": row.row,
        **{name.value: _plain(reading.value) for name, reading in row.fields.items()},
        "notes": list(row.notes),
        "readings": {
            name.value: {
                "raw": reading.raw,
                "cell": reading.cell,
                "sureness": reading.sureness,
                "note": reading.note,
            }
            for name, reading in row.fields.items()
        },
        "others": dict(row.others),
    }


def _plain(value: Value) -> object:
    if isinstance(value, (Area, Money)):
        return str(value)
    if isinstance(value, YearSpan):
        return {"first": value.first, "last": value.last}
    return value


def summary(reading: RosterReading, file_name: str) -> str:
    """What was read and what to look at, in Chinese, for a terminal."""
    if not reading.readable:
        return "\n".join([f"{file_name}：不能读取。", *problem_lines(reading.problems)])
    told = read_fact_columns(reading.rows, load_vocabulary(), reading.headers)
    problems = [*reading.problems, *told.problems]
    warnings = len(reading.warnings) + len(told.problems)
    lines = [f"{file_name}：读出 {reading.compounds} 个小区，{len(reading.errors)} 处错误，{warnings} 处提醒。"]
    lines += [f"  {remark}" for remark in reading.remarks]
    lines += ["", "表头", *_table(["项目", "表头", "位置", "单位", "把握", "说明"], _header_rows(reading))]
    lines += ["", "合计", *_table(["项目", "合计", "有数的小区"], _sum_rows(reading))]
    if reading.rows:
        lines += ["", f"前 {min(_SHOWN_ROWS, len(reading.rows))} 行", *_sample(reading.rows[:_SHOWN_ROWS])]
    if problems:
        lines += ["", "需要核对的地方", *problem_lines(problems)]
    return "\n".join(lines)


def _header_rows(reading: RosterReading) -> list[list[str]]:
    return [
        [
            _meaning(header),
            header.header,
            f"{header.sheet}!{header.cell}" if header.sheet else header.cell,
            header.unit,
            _SURENESS[header.sureness] if header.field is not None else "",
            header.note,
        ]
        for header in reading.headers
    ]


def _meaning(header: ColumnReading) -> str:
    if header.field is not None:
        return LABELS[header.field]
    fact = find_fact(header.header, load_vocabulary())
    return f"情况：{fact.zh}" if fact is not None else "（照存）"


def _sum_rows(reading: RosterReading) -> list[list[str]]:
    rows = [["小区", f"{reading.compounds:,} 个", ""]]
    for name, unit in ((Field.HOUSEHOLDS, "户"), (Field.BUILDINGS, "栋"), (Field.UNITS, "个")):
        values = [value for row in reading.rows if (value := row.count(name)) is not None]
        if values:
            rows.append([LABELS[name], f"{sum(values):,} {unit}", f"{len(values):,} 个"])
    areas = [row.area.hundredths for row in reading.rows if row.area is not None]
    if areas:
        rows.append([LABELS[Field.AREA], f"{_decimal(sum(areas))} 平方米", f"{len(areas):,} 个"])
    money = [row.investment.fen for row in reading.rows if row.investment is not None]
    if money:
        rows.append([LABELS[Field.INVESTMENT], f"{_decimal(sum(money))} 元", f"{len(money):,} 个"])
    return rows


def _decimal(hundredths: int) -> str:
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def _sample(rows: Sequence[RosterRow]) -> list[str]:
    fields = [
        Field.DISTRICT,
        Field.NAME,
        Field.COMPLETED_SPAN,
        Field.BUILDINGS,
        Field.HOUSEHOLDS,
        Field.AREA,
        Field.INVESTMENT,
    ]
    used = [name for name in fields if any(name in row.fields for row in rows)]
    shown = [[str(row.row), *(_shown(row.value(name)) for name in used)] for row in rows]
    return _table(["行", *(LABELS[name] for name in used)], shown)


def _shown(value: Value) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """The problems as lines for a terminal, errors first."""
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    lines = []
    for problem in ordered[:_SHOWN_PROBLEMS]:
        place = "!".join(part for part in (problem.sheet, problem.cell) if part)
        value = f"（{problem.value[:40]}）" if problem.value and problem.cell else ""
        lines.append(
            f"  [{_SEVERITY[problem.severity]}] {place}{value}{' ' if place else ''}{problem.why}{problem.remedy}"
        )
    if len(ordered) > _SHOWN_PROBLEMS:
        lines.append(f"  另有 {len(ordered) - _SHOWN_PROBLEMS} 处，用 --json 可看全部。")
    return lines


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    widths = [max(_width(row[index]) for row in [head, *rows]) for index in range(len(head))]
    return [
        "  " + "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

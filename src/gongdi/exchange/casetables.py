"""Worked cases kept as a table (示例表), one case a line, for authors who work in a spreadsheet.

The columns of cases/<decision>.csv: case, on, outcome, missing, sections, flags, why; `value:<name>` for values that
must come out; and one column for each fact, headed by its name. An empty cell is a fact not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gongdi.core.policy.csvlines import read_lines
from gongdi.core.policy.deciding import Question
from gongdi.core.policy.packs import PackFault
from gongdi.core.policy.vocabulary import DICTIONARY, Fact, Kind

COLUMNS = ("case", "on", "outcome", "missing", "sections", "flags", "why")
EMPTY_LIST = "无"

_WORDS = {"是": True, "true": True, "否": False, "false": False}
_LISTS = (Kind.LIST, Kind.FACTS)


def table_cases(
    place: str, decision: str, text: str, facts: Mapping[str, Fact], listed_values: frozenset[str]
) -> Iterator[tuple[int, dict[str, Any]] | PackFault]:
    """Each line with its number, as the object that a line of a .jsonl file holds; what cannot be read is a fault."""
    faults: list[PackFault] = []
    for number, line in read_lines(place, text, COLUMNS, faults):
        strange = [name for name in line if name not in COLUMNS and name not in facts and not name.startswith("value:")]
        if strange:
            yield PackFault(place, 1, "、".join(strange), "没有这些事实", f"列名须为事实名称，见{DICTIONARY}")
            return
        day = _dashed(line["on"])
        if not _is_day(day):
            told = f"“{line['on']}”不是日期" if day else "没有写哪一天问"
            yield PackFault(place, number, "on", told, "请写成 2024-09-01")
            continue
        unusable = [(name, cell) for name, cell in line.items() if name in facts and not _usable(facts[name], cell)]
        for name, cell in unusable:
            yield PackFault(place, number, name, f"“{cell}”不能用", "请填“是”或“否”，不知道就留空")
        if unusable:
            continue
        yield (
            number,
            {
                "case": line["case"],
                "decision": decision,
                "on": day,
                "facts": {name: _fact(facts[name], cell) for name, cell in line.items() if name in facts and cell},
                "expect": _expect(line, listed_values),
                "why": line["why"],
            },
        )
    yield from faults


def case_table(cases: Iterable[tuple[Question, Mapping[str, Any], str]]) -> str:
    """Cases of one decision (question, what must come out, why) as such a table; read again, it holds the same."""
    listed = list(cases)
    names = list(dict.fromkeys(name for question, _, _ in listed for name in question.facts))
    values = list(dict.fromkeys(name for _, expect, _ in listed for name in expect.get("values", {})))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *(f"value:{name}" for name in values), *names])
    for question, expect, why in listed:
        lists = [";".join(expect.get(column, ())) for column in ("missing", "sections", "flags")]
        told = [_written(expect.get("values", {}).get(name)) for name in values]
        known = [_written(question.facts.get(name)) for name in names]
        writer.writerow([question.case, question.on.isoformat(), expect["outcome"], *lists, why, *told, *known])
    return out.getvalue()


def _written(value: Any) -> str:
    """A value as its cell says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return ";".join(map(str, value)) or EMPTY_LIST
    return str(value)


def _expect(line: Mapping[str, str], listed_values: frozenset[str]) -> dict[str, Any]:
    values = {name.removeprefix("value:"): cell for name, cell in line.items() if name.startswith("value:") and cell}
    return {
        "outcome": line["outcome"],
        "missing": _words(line["missing"]),
        "sections": _words(line["sections"]),
        "flags": _words(line["flags"]),
        "values": {
            name: _words(cell) if name in listed_values else _WORDS.get(cell.lower(), cell)
            for name, cell in values.items()
        },
    }


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _usable(fact: Fact, cell: str) -> bool:
    """Whether a cell of a fact that is yes or no says either, or nothing."""
    return fact.kind not in (Kind.BOOL, Kind.OPTION) or not cell or cell.lower() in _WORDS


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace("；", ";").split(";") if word.strip() and word.strip() != EMPTY_LIST]


def _fact(fact: Fact, cell: str) -> Any:
    """A cell as the JSON value of a fact; what does not fit stays text, and the engine says what is wrong with it."""
    if fact.kind in (Kind.BOOL, Kind.OPTION):
        return _WORDS.get(cell.lower(), cell)
    if fact.kind in (Kind.COUNT, Kind.YEAR) and cell.isdecimal():
        return int(cell)
    if fact.kind in (Kind.DATE, Kind.EVENT):
        return _dashed(cell)
    return _words(cell) if fact.kind in _LISTS else cell


def _dashed(cell: str) -> str:
    """A day as spreadsheets rewrite it (2021/1/5) back in the form of the contract (2021-01-05)."""
    parts = cell.split("/")
    return f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}" if len(parts) == 3 else cell

"""Columns of a roster that tell facts (情况项) by the dictionary's words: 土地性质, 业主出资（万元）."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongdi.core.policy.vocabulary import Fact, Vocabulary
from gongdi.exchange.figures import Unit, find_unit
from gongdi.exchange.problems import Problem, Sureness, quoted
from gongdi.exchange.roster.fact_values import READABLE, plain_words, read_value
from gongdi.exchange.roster.headers import read_header
from gongdi.exchange.roster.reading import ColumnReading, Field, RosterRow

_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_ASKING = re.compile(r"^(?:是否|有无|是不是|能否)")
_FILLERS = re.compile(r"^(?:已经|已|存在|具有|属于|位于|有|为|被)(?=..)")
_DELIVERED = re.compile(r"(?:小区|房屋|住宅)?(?:建成|竣工)?交付(?:使用)?(?:日期|时间)")
"""Delivery (交付) is another day than completion (建成); documents say which of the two counts."""
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[.、]|[一二三四五六七八九十]+、|\*+)")


@dataclass(frozen=True, slots=True)
class FactReading:
    """One fact as read from one cell. `value` is what a question to the rules takes (JSON)."""

    name: str
    value: Any
    header: str
    raw: str
    cell: str
    sureness: Sureness = "sure"
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactColumns:
    """What the columns of a roster tell of facts.

    `rows` and `readings` stand in the order of the rows; a fact that a row does not tell is absent. `columns` maps
    each header that was understood to the name of its fact. Problems are warnings: what cannot be read stays unknown.
    """

    columns: Mapping[str, str]
    readings: tuple[Mapping[str, FactReading], ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """For each row its facts as JSON values by name."""
        return tuple({name: each.value for name, each in row.items()} for row in self.readings)


def read_fact_columns(
    rows: Sequence[RosterRow], vocabulary: Vocabulary, headers: Sequence[ColumnReading] = ()
) -> FactColumns:
    """The facts that a roster's rows tell, beyond its own fields.

    A column counts when its header is a fact's word (with or without 是否, a unit or a remark in brackets) and is none
    of the roster's own fields. The year of completion comes from its field, and so does the day where the cell gives
    one. With `headers` (of the same reading) problems name the cell and not only the row. Summary figures that are
    fields (户数, 建筑面积, 计划投资) are left to the caller.
    """
    columns: dict[str, tuple[Fact, Unit | None]] = {}
    for header in dict.fromkeys(header for row in rows for header in row.others):
        fact = find_fact(header, vocabulary)
        if fact is not None and fact.name not in {other.name for other, _ in columns.values()}:
            columns[header] = fact, _unit_in(header)
    places = _Places(headers)
    problems: list[Problem] = []
    readings = tuple(_row_facts(row, columns, vocabulary, places, problems) for row in rows)
    return FactColumns({header: fact.name for header, (fact, _) in columns.items()}, readings, tuple(problems))


def find_fact(header: str, vocabulary: Vocabulary) -> Fact | None:
    """The fact that a header names; None when it names none, or a field of the roster.

    >>> from gongdi.exchange.packfiles import load_vocabulary
    >>> find_fact("是否列入征收计划", load_vocabulary()).name
    'expropriation_planned'
    """
    if read_header(header).field is not None:
        return None
    if _DELIVERED.fullmatch(_BRACKETED.sub("", plain_words(header))):
        return vocabulary.facts.get("delivered_on")
    known = _by_words(vocabulary)
    plain = _NUMBERED.sub("", plain_words(header))
    bare = _BRACKETED.sub("", plain)
    last = plain_words(re.split(r"[\s/_|:]", _BRACKETED.sub("", header.strip()))[-1])
    for words in (plain, bare, last):
        fact = known.get(words) or known.get(_core_words(words))
        if fact is not None:
            return fact
    return None


@cache
def _by_words(vocabulary: Vocabulary) -> Mapping[str, Fact]:
    """Each readable fact by its words, its name, and its words without what asks; words that two share are left out."""
    found: dict[str, set[str]] = {}
    for fact in vocabulary.facts.values():
        if fact.kind in READABLE:
            zh = plain_words(fact.zh)
            for words in {zh, _BRACKETED.sub("", zh), _core_words(zh), fact.name}:
                found.setdefault(words, set()).add(fact.name)
    return {words: vocabulary.facts[min(names)] for words, names in found.items() if len(names) == 1}


def _core_words(words: str) -> str:
    return _FILLERS.sub("", _ASKING.sub("", _BRACKETED.sub("", words)))


def _unit_in(header: str) -> Unit | None:
    plain = plain_words(header)
    for inner in _BRACKETED.findall(plain):
        unit = find_unit(inner.removeprefix("单位:").removeprefix("单位"))
        if unit is not None:
            return unit
    return find_unit(re.split(r"[/:,_]", plain)[-1])


class _Places:
    """Where the columns stand, so that a problem can name its cell."""

    def __init__(self, headers: Sequence[ColumnReading]) -> None:
        self._found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for each in headers:
            cell = re.fullmatch(r"([A-Z]+)([0-9]+)", each.cell)
            if cell:
                self._found.setdefault((each.sheet, each.header), []).append((int(cell[2]), cell[1]))

    def cell(self, row: RosterRow, header: str) -> str:
        above = [place for place in self._found.get((row.sheet, header), []) if place[0] < row.row]
        return f"{max(above)[1]}{row.row}" if above else ""


def _row_facts(
    row: RosterRow,
    columns: Mapping[str, tuple[Fact, Unit | None]],
    vocabulary: Vocabulary,
    places: _Places,
    problems: list[Problem],
) -> dict[str, FactReading]:
    found = _completed(row, vocabulary)
    for header, (fact, unit) in columns.items():
        raw = row.others.get(header, "")
        read = read_value(fact, raw, unit)
        cell = places.cell(row, header)
        if read.why:
            where = "" if cell else f"第 {row.row} 行“{row.name}”的"
            why = f"{where}“{fact.zh}”读不出：{read.why}。"
            problems.append(Problem(row.sheet, cell, quoted(raw), why, read.remedy, "warning"))
        name = read.instead or fact.name
        if read.value is not None and (not read.instead or name not in found):
            found[name] = FactReading(name, read.value, header, raw, cell, read.sureness, read.note)
    return found


def _completed(row: RosterRow, vocabulary: Vocabulary) -> dict[str, FactReading]:
    """The year of completion, and the day where the cell gives one, from the roster's own field."""
    read = row.fields.get(Field.COMPLETED_YEAR)
    if read is None or not isinstance(read.value, int):
        return {}
    header = "建成年份"
    found = {
        "completed_year": FactReading(
            "completed_year", read.value, header, read.raw, read.cell, read.sureness, read.note
        )
    }
    day = read_value(vocabulary.facts["completed_on"], read.raw)
    if day.value is not None and not day.instead:
        found["completed_on"] = FactReading("completed_on", day.value, header, read.raw, read.cell, read.sureness)
    return found

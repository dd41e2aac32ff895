"""Faults of a pack that parses but cannot be meant: rows never reached, days without a rule, contradicting rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from gongdi.core.policy.expressions import Literal
from gongdi.core.policy.packs import Pack, PackFault, Row
from gongdi.core.policy.rendering import to_sql


def soundness_faults(pack: Pack) -> Iterator[PackFault]:
    """What cannot be meant in the tables of a pack."""
    for name, table in pack.tables.items():
        place = f"{pack.slug}/tables/{name}.csv"
        rows = [row for row in table.rows if row.outcome]
        if not rows:
            yield PackFault(place, 0, "", "表中没有一行结论", "请填写条款；文件没有规定的判定请删去这张表")
        yield from _never_reached(place, rows)
        yield from _days_without_rule(place, rows)
        yield from _contradictions(place, rows)


def _never_reached(place: str, rows: Sequence[Row]) -> Iterator[PackFault]:
    """Rows after one that always applies, on every day on which they are in force."""
    always: list[Row] = []
    for row in rows:
        before = next((other for other in always if _covers(other, row)), None)
        if before is not None:
            yield PackFault(place, 0, "when", f"行“{row.id}”永远用不到", f"前面的“{before.id}”总是成立，请调换次序")
        if isinstance(row.when, Literal) and row.when.value is True:
            always.append(row)


def _covers(one: Row, other: Row) -> bool:
    wide, narrow = one.in_force, other.in_force
    starts = wide.first is None or (narrow.first is not None and wide.first <= narrow.first)
    return starts and (wide.last is None or (narrow.last is not None and narrow.last <= wide.last))


def _days_without_rule(place: str, rows: Sequence[Row]) -> Iterator[PackFault]:
    """Days between two periods on which no row is in force."""
    days = {row.in_force.first for row in rows} | {_next(row.in_force.last) for row in rows}
    bounds = sorted(day for day in days if day is not None)
    for first, after in pairwise(bounds):
        if not any(first in row.in_force for row in rows):
            yield PackFault(place, 0, "from", f"{first} 至 {after - timedelta(days=1)} 没有生效的行", "请补齐起止日期")


def _next(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)


def _contradictions(place: str, rows: Sequence[Row]) -> Iterator[PackFault]:
    """Two rows with the same condition and other outcomes on the same day."""
    texts = {row.id: to_sql(row.when) for row in rows}
    for one, other in combinations(rows, 2):
        same = texts[one.id] == texts[other.id] and one.outcome != other.outcome
        if same and _meet(one, other):
            yield PackFault(
                place, 0, "when", f"行“{one.id}”与“{other.id}”条件相同、日期重叠而结论不同", "请分开日期或改正条件"
            )


def _meet(one: Row, other: Row) -> bool:
    a, b = one.in_force, other.in_force
    return not ((a.last and b.first and a.last < b.first) or (b.last and a.first and b.last < a.first))

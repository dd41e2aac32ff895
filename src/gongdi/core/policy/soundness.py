"""Faults of a pack that parses but cannot be meant: rows never reached, days without a rule, contradicting rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from gongdi.core.policy.expressions import Literal
from gongdi.core.policy.packs import Pack, PackFault, Row
from gongdi.core.policy.rendering import to_sql
from gongdi.core.policy.vocabulary import NOT_REGULATED


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
        yield from _versions(place, rows)


def _never_reached(place: str, rows: Sequence[Row]) -> Iterator[PackFault]:
    """Rows after one that always applies, on every day on which they are in force."""
    always: list[Row] = []
    for row in rows:
        before = next((other for other in always if _covers(other, row)), None)
        if before is not None:
            yield PackFault(
                place, row.line, "when", f"行“{row.id}”永远用不到", f"前面的“{before.id}”总是成立，请调换次序"
            )
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
                place,
                other.line,
                "when",
                f"与第 {one.line} 行（{one.id}）条件相同、日期重叠而结论不同",
                "请分开日期或改正条件",
            )


def _versions(place: str, rows: Sequence[Row]) -> Iterator[PackFault]:
    """Rows of one section to one outcome that follow each other in time: days left out between them, or days twice."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.section, row.outcome), []).append(row)
    for group in groups.values():
        for one, other in product(group, repeat=2):
            last, first = one.in_force.last, other.in_force.first
            if last is None or first is None or not _starts_before(one, other):
                continue
            told = f"第 {one.line} 行（{one.id}）到 {last} 为止，这一行从 {first} 起"
            if first <= last and _ends_before(one, other):
                yield PackFault(place, other.line, "from", f"{told}，日期重叠", "两行是前后两种规定的，请首尾相接")
            elif (gap := last + timedelta(days=1)) < first and not any(
                gap in row.in_force for row in _silent(rows, group)
            ):
                yield PackFault(
                    place, other.line, "from", f"{told}，中间空了几天",
                    "请首尾相接；这几天确实没有规定的，写一行结论为 not_regulated 的",
                )  # fmt: skip


def _silent(rows: Sequence[Row], group: Sequence[Row]) -> Iterator[Row]:
    """The rows that account for a day between two versions: others of the group, and those that leave it unruled."""
    return (row for row in rows if row in group or row.outcome == NOT_REGULATED)


def _starts_before(one: Row, other: Row) -> bool:
    return one.in_force.first is None or (
        other.in_force.first is not None and one.in_force.first < other.in_force.first
    )


def _ends_before(one: Row, other: Row) -> bool:
    return other.in_force.last is None or (one.in_force.last is not None and one.in_force.last < other.in_force.last)


def _meet(one: Row, other: Row) -> bool:
    a, b = one.in_force, other.in_force
    return not ((a.last and b.first and a.last < b.first) or (b.last and a.first and b.last < a.first))

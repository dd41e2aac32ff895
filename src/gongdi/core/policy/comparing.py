"""Two packs, or two days of one, side by side: decision by decision, clause by clause, item by item (政策对比)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from gongdi.core.policy.explaining import shown
from gongdi.core.policy.expressions import references
from gongdi.core.policy.packs import Document, Pack, Row, Table
from gongdi.core.policy.rendering import to_sql
from gongdi.core.policy.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """A clause on both sides: `same`, `reworded` (decides alike, told otherwise or under another section), `changed`,
    or only on the `left` or the `right`."""

    kind: str
    left: Row | None
    right: Row | None


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One decision on both sides."""

    decision: str
    clauses: tuple[ClauseDifference, ...]

    @property
    def same(self) -> bool:
        """Whether both sides decide alike, clause for clause."""
        return all(each.kind in ("same", "reworded") for each in self.clauses)

    @property
    def kind(self) -> str:
        """`same`, `reworded` where only words or sections differ, or `different`."""
        if not self.same:
            return "different"
        return "reworded" if any(each.kind == "reworded" for each in self.clauses) else "same"


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item that the two sides class differently; empty: not named."""

    item: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def compare_tables(left: Sequence[Row], right: Sequence[Row]) -> tuple[ClauseDifference, ...]:
    """Align two lists of rows in their order. Rows are the same that under the same condition say the same: outcome,
    values, flags, how binding; a parameter that one of them reads must stand at the same value."""
    ours, theirs = [_key(row) for row in left], [_key(row) for row in right]
    found: list[ClauseDifference] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        for at in range(max(i2 - i1, j2 - j1)):
            one = left[i1 + at] if i1 + at < i2 else None
            other = right[j1 + at] if j1 + at < j2 else None
            found.append(ClauseDifference(_kind(one, other, alike=tag == "equal"), one, other))
    return tuple(found)


def _key(row: Row) -> tuple[object, ...]:
    values = tuple(sorted((name, to_sql(value)) for name, value in row.values.items()))
    standing = tuple((fact.name, shown(fact, fact.default)) for fact in parameters_of(row))
    return row.outcome, to_sql(row.when), row.modality, row.flags, values, standing


def parameters_of(row: Row) -> list[Fact]:
    """The parameters of its pack that a row reads, with the values at which they stand; a masked one has none."""
    read = {name: fact for part in (row.when, *row.values.values()) for name, fact in references(part).items()}
    return [read[name] for name in sorted(read) if name.startswith("parameter:")]


def _kind(one: Row | None, other: Row | None, *, alike: bool) -> str:
    if one is None or other is None:
        return "right" if one is None else "left"
    if not alike:
        return "changed"
    return "same" if (one.section, one.text) == (other.section, other.text) else "reworded"


def period_remark(document: Document, on: date) -> str:
    """That a day lies outside the days of a document (X-34), in a sentence; empty when it lies inside."""
    if document.first_day is not None and on < document.first_day:
        told = f"《{document.title}》自 {document.first_day} 起施行，{on} 尚未施行，各项都答“未作规定”，不测算金额"
        return f"{told}；逐款对照仍列出它的条款。"
    if document.last_day is not None and on > document.last_day:
        return f"《{document.title}》施行至 {document.last_day}，{on} 期限已过，仍按原文作答（X-34）。"
    return ""


def compare_packs(left: Pack, right: Pack, on_left: date, on_right: date) -> Iterator[TableDifference]:
    """Every decision that either side regulates, as in force on its day."""
    for name in dict.fromkeys([*left.tables, *right.tables]):
        if name != "item_class":
            rows = _in_force(left.tables.get(name), on_left), _in_force(right.tables.get(name), on_right)
            yield TableDifference(name, compare_tables(*rows))


def _in_force(table: Table | None, on: date) -> list[Row]:
    return [row for row in table.rows if on in row.in_force] if table else []


def compare_catalogues(left: Pack, right: Pack) -> list[ItemDifference]:
    """The items that the two sides class differently, in the order of the left side."""
    ours, theirs = _classes(left), _classes(right)
    names = dict.fromkeys([*ours, *theirs])
    return [
        ItemDifference(name, ours.get(name, ()), theirs.get(name, ()))
        for name in names
        if ours.get(name, ()) != theirs.get(name, ())
    ]


def _classes(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in pack.catalogue:
        found[entry.item] = (*found.get(entry.item, ()), entry.item_class)
    return found

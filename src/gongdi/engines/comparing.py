"""Who changes sides between two packs or two days (影响测算): one decision over the same compounds, twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongdi.core.policy.packs import Library
from gongdi.core.policy.vocabulary import NOT_REGULATED
from gongdi.engines.polars_tables import CLAUSE, MISSING, OUTCOME, decide_table, facts_frame

Side = tuple[str, date]
"""A pack's slug and the day for which it is asked."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One compound under both sides: outcome, deciding clause and missing facts of each."""

    index: int
    left: str
    right: str
    left_missing: tuple[str, ...]
    right_missing: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether the compound changes sides."""
        return self.left != self.right


def effects(
    library: Library, decision: str, left: Side, right: Side, cases: Sequence[Mapping[str, Any]]
) -> list[Effect]:
    """Both sides' outcome for each case, in order. A fact that cannot be used counts as unknown."""
    ours, theirs = (_decided(library, decision, side, cases) for side in (left, right))
    return [
        Effect(index, one[0], other[0], one[1], other[1])
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True))
    ]


def _decided(
    library: Library, decision: str, side: Side, cases: Sequence[Mapping[str, Any]]
) -> list[tuple[str, tuple[str, ...]]]:
    slug, on = side
    table = library.packs[slug].tables.get(decision)
    if table is None or not cases:
        return [(NOT_REGULATED, ())] * len(cases)
    frame, _ = facts_frame(table, cases, on, library.vocabulary)
    rows = decide_table(library, slug, decision, frame, on).frame.select(OUTCOME, CLAUSE, MISSING).iter_rows()
    return [(outcome, tuple(missing or ())) for outcome, _, missing in rows]


def transitions(found: Sequence[Effect]) -> list[tuple[str, str, int]]:
    """How many go from which outcome to which, most first."""
    counted = Counter((each.left, each.right) for each in found)
    return [(one, other, number) for (one, other), number in sorted(counted.items(), key=lambda each: -each[1])]

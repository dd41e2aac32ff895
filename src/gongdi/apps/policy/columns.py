"""What policy adds to the register, the map and the board: the outcome of each compound's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from gongdi.apps.places.models import Compound
from gongdi.apps.policy.deciding import Verdict
from gongdi.apps.policy.kept import kept_verdicts
from gongdi.apps.policy.packs import library, missing_words
from gongdi.core.policy.vocabulary import NOT_REGULATED
from gongdi.web.columns import MEANINGS, Cell, ColumnProvider, columns

SCOPE = "scope"
NO_PACK = "no_pack"


def scope_cells(ids: Sequence[int]) -> dict[int, Cell]:
    """The outcome of each compound under the pack of its place."""
    # Thousands of compounds share a handful of verdicts.
    cells: dict[Verdict | None, Cell] = {}
    found = {}
    for pk, verdict in kept_verdicts(ids, SCOPE).items():
        if verdict not in cells:
            cells[verdict] = _cell(verdict)
        found[pk] = cells[verdict]
    return found


def _cell(verdict: Verdict | None) -> Cell:
    if verdict is None or verdict.outcome == NOT_REGULATED:
        title = "所在区划没有设定适用政策" if verdict is None else "适用政策没有规定纳入范围"
        return Cell("未判定", title=title)
    outcome = library().vocabulary.outcome(SCOPE, verdict.outcome)
    lacking = "、".join(missing_words(verdict.missing))
    return Cell(outcome.zh, meaning=outcome.tone, title=f"待补充：{lacking}" if lacking else "")


def keep_outcome(rows: QuerySet[Compound], value: str) -> QuerySet[Compound]:
    """The compounds whose scope comes out so."""
    decided = kept_verdicts(list(rows.order_by().values_list("pk", flat=True)), SCOPE)
    return rows.filter(pk__in=[pk for pk, each in decided.items() if each is not None and each.outcome == value])


def add_scope() -> None:
    """Put the outcome into the register; the map and the board take their colours from it."""
    words = {**MEANINGS, "undetermined": "待定", "optional": "可选纳入"}
    columns.add(
        "register",
        ColumnProvider("outcome", "纳入范围", 5, scope_cells, filters=tuple(words.items()), keep=keep_outcome),
    )

"""One decision over a distributed table: the outcome, the deciding clause and the missing facts of each row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gongdi.core.policy.deciding import earlier_ways, later_ways
from gongdi.core.policy.packs import Library, Row, Table
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED
from gongdi.engines.spark.sql import SqlCompiler, text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NOTHING = "CAST(array() AS ARRAY<STRING>)"


def decide_dataframe(library: Library, pack: str, decision: str, frame: DataFrame, on: date) -> DataFrame:
    """The table with three columns more: `outcome`, `clause`, `missing`.

    The columns are those of the embedded engine (one a fact; money and areas as whole hundredths as BIGINT; events as a
    date and a boolean `<name>__none`), and so are the answers, row by row. Nothing is computed until Spark is asked.
    """
    chosen = library.packs[pack]
    first = chosen.document.first_day
    table = chosen.tables.get(decision)
    rows = [row for row in table.rows if row.outcome and on in row.in_force] if table else []
    if table is None or (first is not None and on < first):
        return frame.selectExpr(
            "*", f"{text(NOT_REGULATED)} AS outcome", "CAST(NULL AS STRING) AS clause", f"{NOTHING} AS missing"
        )
    compiler = SqlCompiler(frozenset(frame.columns), on)
    holds = [f"{compiler.sql(row.when)} AS __p{place}" for place, row in enumerate(rows)]
    absent = " OR ".join(f"{compiler.column(fact)} IS NULL" for fact in table.reads if fact.name in table.selectors)
    ready = frame.selectExpr("*", *holds, f"({absent or 'FALSE'}) AS __absent")
    decided = ready.selectExpr("*", f"{_deciding_row(rows)} AS __row")
    outcome, clause = _looked_up(rows)
    missing = _missing(table, rows, compiler)
    return decided.selectExpr(
        *(f"`{name}`" for name in frame.columns),
        f"{outcome} AS outcome",
        f"{clause} AS clause",
        f"CASE WHEN __row = {len(rows)} THEN {missing} ELSE {NOTHING} END AS missing",
    )


def _deciding_row(rows: Sequence[Row]) -> str:
    """The number of the deciding row; one more for undetermined, two more for silence."""
    undetermined, silent = len(rows), len(rows) + 1
    parts = [f"WHEN __absent THEN {undetermined}"]
    for place, row in enumerate(rows):
        open_before = [f"__p{at} IS NULL" for at in range(place) if rows[at].outcome != row.outcome]
        fired = (
            f"CASE WHEN {' OR '.join(open_before)} THEN {undetermined} ELSE {place} END" if open_before else str(place)
        )
        parts.append(f"WHEN __p{place} THEN {fired}")
    open_rows = [f"__p{place} IS NULL" for place, row in enumerate(rows) if row.outcome != NOT_REGULATED]
    if open_rows:
        parts.append(f"WHEN {' OR '.join(open_rows)} THEN {undetermined}")
    return f"CASE {' '.join(parts)} ELSE {silent} END"


def _looked_up(rows: Sequence[Row]) -> tuple[str, str]:
    outcomes = [*(row.outcome for row in rows), UNDETERMINED, NOT_REGULATED]
    clauses = ["CAST(NULL AS STRING)" if row.outcome == NOT_REGULATED else text(row.id) for row in rows]
    words = ", ".join(map(text, outcomes))
    names = ", ".join([*clauses, "CAST(NULL AS STRING)", "CAST(NULL AS STRING)"])
    return f"element_at(array({words}), __row + 1)", f"element_at(array({names}), __row + 1)"


def _missing(table: Table, rows: Sequence[Row], compiler: SqlCompiler) -> str:
    """The facts for lack of which some outcome formula is unknown, as an array of names."""
    marks = [
        f"CASE WHEN {lacks} THEN {text(fact.name)} END"
        for fact in table.reads
        if (lacks := _lacks(table, fact.name, rows, compiler)) is not None
    ]
    return f"array_compact(array({', '.join(marks)}))" if marks else NOTHING


def _lacks(table: Table, name: str, rows: Sequence[Row], compiler: SqlCompiler) -> str | None:
    facts = {fact.name: fact for fact in table.reads}
    if name in table.selectors:
        return f"{compiler.column(facts[name])} IS NULL"
    outcomes = [row.outcome for row in rows]
    terms = []
    for place, row in enumerate(rows):
        before = [at for at in range(place) if rows[at].outcome != row.outcome]
        read = [part for at in (place, *before) if (part := compiler.missing(rows[at].when, name)) is not None]
        if read:
            by_others = sorted((*before, *earlier_ways(outcomes, place)))
            refuted = "".join(f" AND NOT coalesce(__p{at}, FALSE)" for at in by_others)
            alive = f"coalesce(__p{place}, {_unsure(outcomes, place)})"
            terms.append(f"({alive}{refuted} AND ({' OR '.join(read)}))")
    return f"NOT __absent AND ({' OR '.join(terms)})" if terms else None


def _unsure(outcomes: Sequence[str], place: int) -> str:
    """Whether no later row makes sure of the outcome of this one, however it turns out."""
    ways = [
        " AND ".join((f"coalesce(__p{other}, FALSE)", *(f"NOT coalesce(__p{at}, TRUE)" for at in between)))
        for other, between in later_ways(outcomes, place)
    ]
    return f"NOT ({' OR '.join(ways)})" if ways else "TRUE"

"""One decision over a whole table of cases at once, in Polars: outcomes, reason codes and missing facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from gongdi.core.policy.deciding import OUTSIDE_PERIOD, earlier_ways, later_ways
from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.expressions import NONE_SUFFIX, references
from gongdi.core.policy.inputs import InputFault, read_facts
from gongdi.core.policy.packs import Library, Pack, Row, Table
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED, Fact, Kind, Vocabulary
from gongdi.engines.polars_expressions import Compiler, column_type, month_day_number

OUTCOME, CLAUSE, MISSING = "outcome", "clause", "missing"
"""The columns that a decision adds."""
CASE = "__case"
"""The number of the case that a row of facts came from."""


@dataclass(frozen=True)
class TableDecision:
    """A decision over a table (批量判定): a frame with the outcome and the deciding clause of each row, and flags."""

    frame: pl.DataFrame
    flags: tuple[str, ...] = ()


def decide_table(
    library: Library,
    pack: str,
    decision: str,
    frame: pl.DataFrame,
    on: date,
    *,
    missing: bool = True,
    constants: Mapping[str, Any] | None = None,
) -> TableDecision:
    """Decide every row of a table as of a day.

    The table has one column a fact (see polars_expressions; build it from JSON facts with `facts_frame`). The result
    has one row for each of its rows, in the same order: `outcome`, `clause` (id of the deciding row, null when
    undetermined or not regulated) and, if asked for, `missing` (names of facts).
    `constants` are facts, options or parameters that are the same for every row, in the form that `facts_frame` gives.
    """
    chosen = library.packs[pack]
    document = chosen.document
    if document.first_day and on < document.first_day:
        return TableDecision(_same(frame, NOT_REGULATED, missing), (OUTSIDE_PERIOD,))
    flags = (OUTSIDE_PERIOD,) if document.last_day and on > document.last_day else ()
    table = chosen.tables.get(decision)
    if table is None:
        return TableDecision(_same(frame, NOT_REGULATED, missing), flags)
    rows = [row for row in table.rows if row.outcome and on in row.in_force]
    compiler = Compiler(frozenset(frame.columns), on, dict(constants or {}))
    decided = _decided(frame, table, rows, compiler)
    if missing:
        decided = decided.with_columns(_missing_column(frame, decided, table, rows, compiler))
    return TableDecision(decided, flags)


def _same(frame: pl.DataFrame, outcome: str, missing: bool) -> pl.DataFrame:
    """The same outcome in every row."""
    columns = {
        OUTCOME: pl.Series([outcome], dtype=pl.Enum([outcome])),
        CLAUSE: pl.Series([None], dtype=pl.Categorical()),
        MISSING: pl.Series([[]], dtype=pl.List(pl.String())),
    }
    if not missing:
        del columns[MISSING]
    return _repeated(pl.DataFrame(columns), frame.height)


def _repeated(single: pl.DataFrame, height: int) -> pl.DataFrame:
    """One row as often as asked."""
    first = pl.repeat(0, height, dtype=pl.UInt32(), eager=True)
    return pl.DataFrame({column.name: column.gather(first) for column in single})


def _decided(frame: pl.DataFrame, table: Table, rows: Sequence[Row], compiler: Compiler) -> pl.DataFrame:
    """The outcome and the deciding clause of each row, in one lazy query."""
    holds = [compiler.expression(row.when).alias(f"p{place}") for place, row in enumerate(rows)]
    absent = _selector_absent(table, compiler)
    if absent is not None:
        holds.append(absent.alias("absent"))
    ready = frame.lazy().select(*holds) if holds else pl.LazyFrame({"nothing": [None]})
    number = _deciding_row(rows, asks_first=absent is not None)
    found = ready.select(number=number).select(*_looked_up(pl.col("number"), rows)).collect()
    # Predicates that are all constants come out one row long.
    return found if found.height == frame.height else _repeated(found, frame.height)


def _deciding_row(rows: Sequence[Row], *, asks_first: bool) -> pl.Expr:
    """The number of the row that decides; one more than all for undetermined, two more for silence."""
    undetermined, silent = len(rows), len(rows) + 1
    kind = _code_type(silent)

    def code(number: int) -> pl.Expr:
        return pl.lit(number, dtype=kind)

    chain: Any = pl
    if asks_first:
        chain = chain.when(pl.col("absent")).then(code(undetermined))
    for place, row in enumerate(rows):
        open_before = [pl.col(f"p{before}").is_null() for before in range(place) if rows[before].outcome != row.outcome]
        fired = code(place)
        if open_before:
            fired = pl.when(reduce(or_, open_before)).then(code(undetermined)).otherwise(fired)
        chain = chain.when(pl.col(f"p{place}")).then(fired)
    open_rows = [pl.col(f"p{place}").is_null() for place, row in enumerate(rows) if row.outcome != NOT_REGULATED]
    if open_rows:
        chain = chain.when(reduce(or_, open_rows)).then(code(undetermined))
    if chain is pl:
        return code(silent)
    number: pl.Expr = chain.otherwise(code(silent))
    return number


def _code_type(greatest: int) -> pl.DataType:
    """The narrowest type that holds the number of every row of a table and of its two ends."""
    return pl.UInt8() if greatest < 2**8 else pl.UInt16() if greatest < 2**16 else pl.UInt32()


def _selector_absent(table: Table, compiler: Compiler) -> pl.Expr | None:
    """Where a selector is not given; None when the table reads none."""
    facts = {fact.name: fact for fact in table.reads}
    absent = [compiler.column(facts[name]).is_null() for name in table.selectors]
    return reduce(or_, absent) if absent else None


def _looked_up(number: pl.Expr, rows: Sequence[Row]) -> list[pl.Expr]:
    """Numbers of rows as outcomes and clauses."""
    outcomes = [*(row.outcome for row in rows), UNDETERMINED, NOT_REGULATED]
    silent = [row.outcome == NOT_REGULATED for row in rows]
    clauses = [*(None if quiet else row.id for row, quiet in zip(rows, silent, strict=True)), None, None]
    names = pl.Series(outcomes, dtype=pl.Enum(list(dict.fromkeys(outcomes))))
    return [
        pl.lit(names).gather(number).alias(OUTCOME),
        pl.lit(pl.Series(clauses, dtype=pl.Categorical())).gather(number).alias(CLAUSE),
    ]


def _missing_column(
    frame: pl.DataFrame, decided: pl.DataFrame, table: Table, rows: Sequence[Row], compiler: Compiler
) -> pl.Series:
    """The facts that each undetermined row lacks, by the same rule as for a single case."""
    is_open = decided.select(open=pl.col(OUTCOME) == UNDETERMINED)["open"]
    rest = frame.filter(is_open)
    absent = {fact.name: compiler.column(fact).is_null() for fact in table.reads if fact.name in table.selectors}
    lacking: dict[str, pl.Expr] = dict(absent)
    for name in (fact.name for fact in table.reads if fact.name not in absent):
        lacks = _lacks(name, rows, compiler)
        if lacks is not None:
            lacking[name] = lacks & ~reduce(or_, absent.values()) if absent else lacks
    nothing = pl.Series(MISSING, [[]], dtype=pl.List(pl.String()))
    if not lacking or not rest.height:
        return nothing.gather(pl.repeat(0, frame.height, dtype=pl.UInt32(), eager=True))
    # Marks first, as columns: a list made of constants alone would come out one row long.
    marks = rest.with_columns(lacks.alias(f"__{name}") for name, lacks in lacking.items())
    words = [pl.when(pl.col(f"__{name}")).then(pl.lit(name)) for name in lacking]
    listed = marks.select(pl.concat_list(words).list.drop_nulls().alias(MISSING))[MISSING]
    place = pl.when(is_open).then(is_open.cum_sum()).otherwise(0)
    return nothing.append(listed).gather(pl.select(place).to_series())


def _lacks(name: str, rows: Sequence[Row], compiler: Compiler) -> pl.Expr | None:
    """Whether some outcome formula is unknown for lack of that fact."""
    terms = []
    for place, row in enumerate(rows):
        before = [other for other in rows[:place] if other.outcome != row.outcome]
        parts = [compiler.missing(part.when, name) for part in (row, *before)]
        read = [part for part in parts if part is not None]
        if not read:
            continue
        alive = compiler.expression(row.when).fill_null(~_sure_by_a_later_row(rows, place, compiler))
        same = [rows[other] for other in earlier_ways([each.outcome for each in rows], place)]
        refuted = [compiler.expression(other.when).fill_null(False) for other in (*before, *same)]
        blocked = reduce(or_, refuted) if refuted else pl.lit(False)
        terms.append(alive & ~blocked & reduce(or_, read))
    return reduce(or_, terms) if terms else None


def _sure_by_a_later_row(rows: Sequence[Row], place: int, compiler: Compiler) -> pl.Expr:
    """Whether a later row makes sure of the outcome of this one, however it turns out."""
    ways = [
        reduce(
            and_,
            (~compiler.expression(rows[at].when).fill_null(True) for at in between),
            compiler.expression(rows[other].when).fill_null(False),
        )
        for other, between in later_ways([row.outcome for row in rows], place)
    ]
    return reduce(or_, ways) if ways else pl.lit(False)


def facts_frame(
    table: Table, cases: Sequence[Mapping[str, Any]], on: date, vocabulary: Vocabulary
) -> tuple[pl.DataFrame, list[tuple[int, InputFault]]]:
    """JSON facts of many cases as a table with the columns that one decision reads.

    Faults are returned with the number of the case; the facts at fault stay unknown in the table, and so do all facts
    that contradict each other.
    """
    faults: list[tuple[int, InputFault]] = []
    columns: dict[str, list[Any]] = {name: [] for fact in table.reads for name in _column_names(fact)}
    for number, given in enumerate(cases):
        ready, wrong = read_facts(table, given, on, vocabulary)
        faults.extend((number, fault) for fault in wrong)
        doubtful = {name for fault in wrong for name in fault.at_odds}
        for fact in table.reads:
            _put(columns, fact, None if fact.name in doubtful else ready.get(fact.name))
    schema = {name: dtype for fact in table.reads for name, dtype in _schema(fact)}
    # A table that reads no fact still has a row for each case.
    numbered = pl.DataFrame({CASE: pl.arange(0, len(cases), eager=True)})
    return numbered.hstack(pl.DataFrame(columns, schema=schema)) if columns else numbered, faults


def _column_names(fact: Fact) -> list[str]:
    return [name for name, _ in _schema(fact)]


def _schema(fact: Fact) -> Iterable[tuple[str, pl.DataType]]:
    yield fact.name, column_type(fact)
    if fact.kind is Kind.EVENT:
        yield fact.name + NONE_SUFFIX, pl.Boolean()
    if fact.year_fact:
        yield fact.year_fact, pl.Int64()


def _put(columns: dict[str, list[Any]], fact: Fact, value: Any) -> None:
    if fact.kind is Kind.EVENT:
        columns[fact.name + NONE_SUFFIX].append(None if value is None else value is NEVER)
    if fact.year_fact:
        columns[fact.year_fact].append(value.first.year if isinstance(value, Span) and not value.exact else None)
    if isinstance(value, Span):
        value = value.first if value.exact else None
    elif value is NEVER:
        value = None
    elif isinstance(value, tuple):
        value = list(value) if fact.kind is Kind.LIST else month_day_number(value)
    columns[fact.name].append(value)


def table_of(pack: Pack, decision: str) -> Table | None:
    """The table by which a pack answers a decision, or None when it is silent."""
    return pack.tables.get(decision)


def facts_read(table: Table) -> list[Fact]:
    """The facts that a table's predicates read."""
    names = {name for row in table.rows for name in references(row.when)}
    return [fact for fact in table.reads if fact.name in names]

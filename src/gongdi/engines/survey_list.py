"""What to survey next (摸底清单): the missing facts of many compounds, ranked by how many each would settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gongdi.core.policy.candidates import candidates
from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.expressions import NONE_SUFFIX
from gongdi.core.policy.packs import Library, Table
from gongdi.core.policy.vocabulary import UNDETERMINED, Fact, Kind
from gongdi.engines.polars_expressions import DTYPES
from gongdi.engines.polars_tables import MISSING, OUTCOME, decide_table


@dataclass(frozen=True, slots=True)
class SurveyNeed:
    """One fact to find out (待查事实), with what finding it out would bring."""

    fact: str
    zh: str
    compounds: int
    """Undetermined compounds that lack it."""
    settles: int
    """Of these, the ones it settles whatever it turns out to be."""
    may_settle: int
    """Of these, the ones it settles if it turns out one way."""
    settled_so_far: int
    """Compounds settled for certain once this fact and all above it in the list are known."""


def survey_list(library: Library, pack: str, decision: str, frame: pl.DataFrame, on: date) -> list[SurveyNeed]:
    """The facts whose lack leaves a decision open, the most useful first.

    First comes what settles most compounds for certain, then what may settle most, then what most compounds lack; equal
    ones go by name. Facts with numbers are tried at nought and at a very large value, years one by one, dates around
    every bound of the table and at the ends of the calendar, events also as not having happened.
    """
    table = library.packs[pack].tables.get(decision)
    decided = decide_table(library, pack, decision, frame, on).frame
    is_open = decided.select(open=pl.col(OUTCOME).cast(pl.String()) == UNDETERMINED)["open"]
    if table is None or not is_open.any():
        return []
    rest, lacking = frame.filter(is_open), decided.filter(is_open)[MISSING]
    counts = lacking.explode().drop_nulls().value_counts().rows()
    facts = {fact.name: fact for fact in table.reads}
    tried = {name: (number, *_tried(library, pack, decision, rest, on, table, facts[name])) for name, number in counts}
    order = sorted(tried, key=lambda name: (-tried[name][1], -tried[name][2], -tried[name][0], name))
    sets = [frozenset(names) for names in lacking]
    return [
        SurveyNeed(name, facts[name].zh, *tried[name], sum(lacks <= frozenset(order[: place + 1]) for lacks in sets))
        for place, name in enumerate(order)
    ]


def _tried(
    library: Library, pack: str, decision: str, rest: pl.DataFrame, on: date, table: Table, fact: Fact
) -> tuple[int, int]:
    """How many of the open rows are settled by every value of a fact, and by some value."""
    always: pl.Series | None = None
    ever: pl.Series | None = None
    lacks = _unknown(rest, fact)
    never = (NEVER,) if fact.kind is Kind.EVENT else ()
    for value in (*candidates(table, fact, _years(rest, table)), *never):
        frame = _with_value(rest, fact, value)
        outcome = decide_table(library, pack, decision, frame, on, missing=False).frame[OUTCOME]
        settled = (outcome.cast(pl.String()) != UNDETERMINED) & lacks
        always = settled if always is None else always & settled
        ever = settled if ever is None else ever | settled
    if always is None or ever is None:
        return 0, 0
    return int(always.sum()), int(ever.sum())


def _unknown(frame: pl.DataFrame, fact: Fact) -> pl.Series:
    if fact.name not in frame.columns:
        return pl.repeat(True, frame.height, eager=True)
    known = frame[fact.name].is_not_null()
    return ~(known | _never(frame, fact))


def _never(frame: pl.DataFrame, fact: Fact) -> pl.Series:
    """Where an event is known not to have happened."""
    name = fact.name + NONE_SUFFIX
    return frame[name].fill_null(False) if name in frame.columns else pl.repeat(False, frame.height, eager=True)


def _years(frame: pl.DataFrame, table: Table) -> list[int]:
    """The years that some row knows."""
    names = [fact.name for fact in table.reads if fact.kind is Kind.YEAR and fact.name in frame.columns]
    return [year for name in names for year in frame[name].drop_nulls().unique().to_list()]


def _with_value(frame: pl.DataFrame, fact: Fact, value: Any) -> pl.DataFrame:
    """The frame with one value wherever the fact is unknown; a year known alone keeps its say only by its fact."""
    dtype = DTYPES.get(fact.kind, pl.String())
    plain = value.first if isinstance(value, Span) else None if value is NEVER else value
    known = pl.col(fact.name) if fact.name in frame.columns else pl.lit(None, dtype=dtype)
    open_rows = _unknown(frame, fact)
    filled = frame.with_columns(pl.when(open_rows).then(pl.lit(plain, dtype=dtype)).otherwise(known).alias(fact.name))
    if fact.kind is not Kind.EVENT:
        return filled
    never = _never(frame, fact) | (open_rows & (value is NEVER))
    return filled.with_columns(never.alias(fact.name + NONE_SUFFIX))

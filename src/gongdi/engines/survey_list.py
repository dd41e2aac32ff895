"""What to survey next (摸底清单): the missing facts of many compounds, ranked by how many each would settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gongdi.core.policy.candidates import candidates
from gongdi.core.policy.evaluation import Span
from gongdi.core.policy.packs import Library, Table
from gongdi.core.policy.vocabulary import UNDETERMINED, Fact, Kind
from gongdi.engines.polars_expressions import DTYPES, NONE_SUFFIX
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
    ones go by name. Facts with numbers are tried at nought and at a very large value, dates around every bound of the
    table.
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
    for value in candidates(table, fact):
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
    return frame[fact.name].is_null()


def _with_value(frame: pl.DataFrame, fact: Fact, value: Any) -> pl.DataFrame:
    """The frame with one value wherever the fact is unknown; a year known alone keeps its say only by its fact."""
    if isinstance(value, Span):
        value = value.first
    literal = pl.lit(value, dtype=DTYPES.get(fact.kind, pl.String()))
    known = pl.col(fact.name) if fact.name in frame.columns else pl.lit(None, dtype=DTYPES.get(fact.kind, pl.String()))
    frame = frame.with_columns(pl.coalesce(known, literal).alias(fact.name))
    never = fact.name + NONE_SUFFIX
    return frame.with_columns(pl.lit(False).alias(never)) if fact.kind is Kind.EVENT else frame

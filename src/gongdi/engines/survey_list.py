"""What to survey next (摸底清单): the missing facts of many compounds, ranked by how many each would settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gongdi.core.policy.candidates import candidates
from gongdi.core.policy.evaluation import NEVER, Span
from gongdi.core.policy.expressions import NONE_SUFFIX
from gongdi.core.policy.packs import Library, Table
from gongdi.core.policy.vocabulary import UNDETERMINED, Fact, Kind
from gongdi.engines.polars_expressions import column_type
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


COUNT, ROW = "__count", "__row"
"""How many compounds a distinct row stands for, and its number while values are tried on it."""
BATCH = 2_000_000
"""Rows that are decided at once at most; values are tried in batches of that size."""


def survey_list(library: Library, pack: str, decision: str, frame: pl.DataFrame, on: date) -> list[SurveyNeed]:
    """The facts whose lack leaves a decision open, the most useful first.

    First comes what settles most compounds for certain, then what may settle most, then what most compounds lack; equal
    ones go by name. Facts with numbers are tried at nought and at a very large value, years one by one, dates around
    every bound of the table and at the ends of the calendar, events also as not having happened. Compounds of which
    the table reads the same are decided together.
    """
    table = library.packs[pack].tables.get(decision)
    if table is None or not frame.height:
        return []
    distinct = _distinct(frame, table)
    decided = decide_table(library, pack, decision, distinct, on).frame
    is_open = decided.select(open=pl.col(OUTCOME).cast(pl.String()) == UNDETERMINED)["open"]
    if not is_open.any():
        return []
    trial = _Trial(library, pack, decision, distinct.filter(is_open), on, table)
    sets = list(zip(decided.filter(is_open)[MISSING], trial.rest[COUNT], strict=True))
    counts = Counter[str]()
    for names, number in sets:
        counts.update(dict.fromkeys(names, number))
    facts = {fact.name: fact for fact in table.reads}
    tried = {name: (number, *trial.settles(facts[name])) for name, number in counts.items()}
    order = sorted(tried, key=lambda name: (-tried[name][1], -tried[name][2], -tried[name][0], name))
    place = {name: at for at, name in enumerate(order)}
    last = Counter[int]()
    for names, number in sets:
        last[max(place[name] for name in names)] += number
    return [
        SurveyNeed(name, facts[name].zh, *tried[name], sum(last[before] for before in range(at + 1)))
        for at, name in enumerate(order)
    ]


def _distinct(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Each different row of what a table reads, once, with how many compounds it stands for."""
    names = {name for fact in table.reads for name in (fact.name, fact.name + NONE_SUFFIX, fact.year_fact)}
    read = [name for name in frame.columns if name in names]
    if not read:
        return pl.DataFrame({COUNT: [frame.height]})
    lists = [name for name in read if isinstance(frame.schema[name], pl.List)]
    keys = frame.select(read).with_columns(pl.col(name).list.join("\n") for name in lists)
    places = keys.with_row_index(ROW).group_by(read, maintain_order=True).agg(pl.first(ROW), pl.len().alias(COUNT))
    return frame.select(read)[places[ROW]].with_columns(places[COUNT].cast(pl.Int64))


@dataclass(frozen=True)
class _Trial:
    """The open rows of a decision, on which values of a fact are tried."""

    library: Library
    pack: str
    decision: str
    rest: pl.DataFrame
    on: date
    table: Table

    def settles(self, fact: Fact) -> tuple[int, int]:
        """How many compounds are settled by every value of a fact, and by some value."""
        never = (NEVER,) if fact.kind is Kind.EVENT else ()
        values = (*candidates(self.table, fact, _years(self.rest, self.table)), *never)
        lacking = self.rest.filter(_unknown(self.rest, fact)).with_row_index(ROW)
        if not values or not lacking.height:
            return 0, 0
        step = max(1, BATCH // lacking.height)
        parts = [self._settled(lacking, fact, values[at : at + step]) for at in range(0, len(values), step)]
        found = pl.concat(parts).group_by(ROW).agg(pl.col("always").all(), pl.col("ever").any(), pl.first(COUNT))
        return tuple(int(found.filter(pl.col(name))[COUNT].sum()) for name in ("always", "ever"))  # type: ignore[return-value]

    def _settled(self, lacking: pl.DataFrame, fact: Fact, values: Sequence[Any]) -> pl.DataFrame:
        """Whether each row is settled by all of these values, and by any."""
        own = [name for name in (fact.name, fact.name + NONE_SUFFIX) if name in lacking.columns]
        every = lacking.drop(own).join(_column_of(fact, values), how="cross")
        outcome = decide_table(self.library, self.pack, self.decision, every, self.on, missing=False).frame[OUTCOME]
        settled = every.select(ROW, COUNT, settled=outcome.cast(pl.String()) != UNDETERMINED)
        return settled.group_by(ROW).agg(
            pl.col("settled").all().alias("always"), pl.col("settled").any().alias("ever"), pl.first(COUNT)
        )


def _column_of(fact: Fact, values: Sequence[Any]) -> pl.DataFrame:
    """Values of a fact as the column that predicates read; of an event also whether it has not happened."""
    plain = [value.first if isinstance(value, Span) else None if value is NEVER else value for value in values]
    column = pl.DataFrame({fact.name: pl.Series(plain, dtype=column_type(fact))})
    if fact.kind is not Kind.EVENT:
        return column
    return column.with_columns(pl.Series(fact.name + NONE_SUFFIX, [value is NEVER for value in values]))


def _unknown(frame: pl.DataFrame, fact: Fact) -> pl.Series:
    if fact.name not in frame.columns:
        return pl.repeat(True, frame.height, eager=True)
    known = frame[fact.name].is_not_null()
    never = fact.name + NONE_SUFFIX
    return ~(known | frame[never].fill_null(False)) if never in frame.columns else ~known


def _years(frame: pl.DataFrame, table: Table) -> list[int]:
    """The years that some row knows."""
    names = [fact.name for fact in table.reads if fact.kind is Kind.YEAR and fact.name in frame.columns]
    return [year for name in names for year in frame[name].drop_nulls().unique().to_list()]

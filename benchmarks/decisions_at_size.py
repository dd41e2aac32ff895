"""Decisions at size: scope, and every decision that reads a compound, over made-up compounds of the whole country."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measuring import Claim, median_seconds
from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.engines.polars_expressions import column_type
from gongdi.engines.polars_tables import decide_table
from gongdi.exchange.packfiles import load_library

PACK = "henan-zhumadian-2021"
ON = date(2021, 6, 1)
COMPOUNDS = 220_000
BOOLS = (
    "upkeep_neglected",
    "municipal_facilities_incomplete",
    "service_facilities_incomplete",
    "structure_safe",
    "suited_to_rebuild",
    "resident_will_strong",
    "in_shantytown_plan",
    "rebuild_planned",
)
KINDS = ("compound", "single_building", "urban_village", "self_built_area")
OF_A_COMPOUND = (
    "scope",
    "support_tier",
    "priority_factors",
    "sunlight_green",
    "management_mode",
    "illegal_construction",
    "renewal_type",
    "application_route",
)


def _type_of(name: str) -> pl.DataType:
    """The type in which a table of facts holds a column."""
    return column_type(load_library().vocabulary.facts[name])


def compounds(n: int, unknown: float) -> pl.DataFrame:
    """Made-up compounds with a share of unknown facts, from a fixed seed."""
    chance = np.random.default_rng(1)
    columns: dict[str, Any] = {
        "completed_on": pl.Series(chance.integers(3650, 14600, n)).cast(pl.Date),
        "compound_kind": pl.Series(
            np.array(KINDS)[chance.choice(4, n, p=[0.8, 0.15, 0.03, 0.02])], dtype=_type_of("compound_kind")
        ),
    }
    columns |= {name: pl.Series(chance.random(n) < 0.75) for name in BOOLS}
    frame = pl.DataFrame(columns)
    return frame.with_columns(
        pl.when(pl.Series(chance.random(n) >= unknown)).then(pl.col(name)).alias(name) for name in frame.columns
    )


def by_hand_in_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rule written directly in Polars."""
    col = pl.col
    day = col("completed_on")
    excluded = col("in_shantytown_plan") | col("rebuild_planned") | col("compound_kind").is_in(list(KINDS[2:]))
    core = (day <= date(2000, 12, 31)) & ~col("suited_to_rebuild")
    for name in BOOLS[:4] + BOOLS[5:6]:
        core = core & col(name)
    later = (day >= date(2001, 1, 1)) & (day <= date(2005, 12, 31))
    ready = frame.lazy().select(e=excluded, c=core, r=later)
    e_open, c_open, r_open = col("e").is_null(), col("c").is_null(), col("r").is_null()
    chain = (
        pl.when(col("e")).then(pl.lit(0, pl.UInt8()))
        .when(col("c")).then(pl.when(e_open).then(pl.lit(4, pl.UInt8())).otherwise(pl.lit(1, pl.UInt8())))
        .when(col("r")).then(pl.when(e_open | c_open).then(pl.lit(4, pl.UInt8())).otherwise(pl.lit(2, pl.UInt8())))
        .when(c_open | r_open).then(pl.lit(4, pl.UInt8()))
        .otherwise(pl.lit(3, pl.UInt8()))
    )  # fmt: skip
    codes = ready.select(code=chain).collect()["code"]
    words = ["out", "in", "reserve", "out", "undetermined"]
    clauses = ["excluded", "main-window", "reserve-window", "otherwise", None]
    return pl.DataFrame(
        {
            "outcome": pl.Series(words, dtype=pl.Enum(["out", "in", "reserve", "undetermined"])).gather(codes),
            "clause": pl.Series(clauses, dtype=pl.Categorical()).gather(codes),
        }
    )


class ByHandInNumpy:
    """The same rule in NumPy: each fact as a value and a mask of what is known."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.known = {name: frame[name].is_not_null().to_numpy() for name in frame.columns}
        self.value = {name: frame[name].fill_null(False).to_numpy() for name in BOOLS}
        self.day = frame["completed_on"].to_physical().fill_null(0).to_numpy()
        self.kind = (
            frame["compound_kind"]
            .cast(pl.String)
            .replace_strict({k: i for i, k in enumerate(KINDS)})
            .fill_null(0)
            .to_numpy()
        )

    def __call__(self) -> tuple[np.ndarray, np.ndarray]:
        """Outcome codes and clause codes."""
        true, false, day_known = self._true, self._false, self.known["completed_on"]
        kind_known, barred = self.known["compound_kind"], self.kind >= 2
        excluded = true("in_shantytown_plan") | true("rebuild_planned") | (kind_known & barred)
        allowed = false("in_shantytown_plan") & false("rebuild_planned") & kind_known & ~barred
        early, late = self.day <= 11322, (self.day >= 11323) & (self.day <= 13148)
        core = day_known & early & false("suited_to_rebuild")
        lacks = (day_known & ~early) | true("suited_to_rebuild")
        for name in BOOLS[:4] + BOOLS[5:6]:
            core &= true(name)
            lacks |= false(name)
        reserve, not_reserve = day_known & late, day_known & ~late
        outcome = np.full(self.day.size, 4, np.uint8)
        outcome[lacks & not_reserve] = 3
        outcome[reserve & allowed & lacks] = 2
        outcome[core & allowed] = 1
        outcome[excluded] = 0
        return outcome, outcome

    def _true(self, name: str) -> np.ndarray:
        return self.known[name] & self.value[name]

    def _false(self, name: str) -> np.ndarray:
        return self.known[name] & ~self.value[name]


def in_openfisca(frame: pl.DataFrame) -> Any:
    """The same rule in openfisca-core, on complete facts: it has no unknown. None when it is not installed."""
    try:
        from benchmarks import openfisca_peer
    except ImportError:
        return None
    peer: ModuleType = openfisca_peer
    return peer.scope_rule(frame, BOOLS, KINDS)


def column(fact: Fact, n: int, chance: np.random.Generator) -> pl.Series:
    """A made-up column of any fact, a tenth unknown."""
    known = pl.Series(chance.random(n) >= 0.1)
    if fact.kind is Kind.ENUM:
        values = pl.Series(np.array(list(fact.labels))[chance.integers(0, len(fact.labels), n)])
    elif fact.kind is Kind.DATE:
        values = pl.Series(chance.integers(3650, 14600, n)).cast(pl.Date)
    elif fact.kind in (Kind.BOOL, Kind.OPTION):
        values = pl.Series(chance.random(n) < 0.6)
    else:
        values = pl.Series(chance.integers(0, 30, n))
    return pl.select(pl.when(known).then(values).cast(column_type(fact))).to_series().alias(fact.name)


def everything(n: int) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """A table with every fact of every table that reads a compound, and those tables."""
    library, chance = load_library(), np.random.default_rng(2)
    wanted = [(slug, name) for slug, pack in library.packs.items() for name in OF_A_COMPOUND if name in pack.tables]
    facts = {fact.name: fact for slug, name in wanted for fact in _facts(library.packs[slug].tables[name])}
    return pl.DataFrame([column(fact, n, chance) for fact in facts.values()]), wanted


def _facts(table: Table) -> list[Fact]:
    return [fact for fact in table.reads if not fact.name.startswith("parameter:")]


def run() -> list[Claim]:
    """The claims of this file."""
    library, frame = load_library(), compounds(COMPOUNDS, 0.05)
    scope = Claim(
        "Scope of 220,000 compounds",
        f"The scope decision of `{PACK}` over {COMPOUNDS:,} made-up compounds, 5 % of each fact unknown; outcome and "
        "deciding clause for each.",
        "under a second; at least 4 x faster than openfisca-core, faster than NumPy, within 1.5 x of bare Polars",
    )
    scope.rows.append(
        ("Gongdi", median_seconds(lambda: decide_table(library, PACK, "scope", frame, ON, missing=False)), "")
    )
    ours, theirs = decide_table(library, PACK, "scope", frame, ON, missing=False).frame, by_hand_in_polars(frame)
    assert (ours["outcome"].cast(pl.String()) == theirs["outcome"].cast(pl.String())).all()
    words = np.array(["out", "in", "reserve", "out", "undetermined"])
    assert (words[ByHandInNumpy(frame)()[0]] == ours["outcome"].cast(pl.String()).to_numpy()).all()
    scope.rows.append(("Polars by hand", median_seconds(lambda: by_hand_in_polars(frame)), "same answers, checked"))
    in_numpy = median_seconds(lambda: ByHandInNumpy(frame)())
    ready = ByHandInNumpy(frame)
    bare = median_seconds(ready)
    scope.rows.append(("NumPy by hand", in_numpy, "same answers, checked; from the same table, codes only"))
    scope.rows.append(("NumPy by hand, arrays ready", bare, "words as numbers and masks made beforehand; codes only"))
    peer = in_openfisca(compounds(COMPOUNDS, 0.0))
    if peer is not None:
        scope.rows.append(("openfisca-core", median_seconds(peer), "complete facts: it has no unknown; codes only"))
    explained = median_seconds(lambda: decide_table(library, PACK, "scope", frame, ON), runs=5)
    scope.notes.append(f"With the list of missing facts of each undetermined compound: {explained * 1000:.0f} ms.")
    return [scope, _all_decisions()]


def _all_decisions() -> Claim:
    library = load_library()
    claim = Claim(
        "Every decision that reads a compound",
        f"All tables of {', '.join(OF_A_COMPOUND)} in all packs, a tenth of each fact unknown.",
        "seconds for the country on two cores",
    )
    for n in (COMPOUNDS, 10 * COMPOUNDS):
        frame, wanted = everything(n)

        def decide_all(frame: pl.DataFrame = frame, wanted: list[tuple[str, str]] = wanted) -> None:
            for slug, name in wanted:
                decide_table(library, slug, name, frame, ON, missing=False)

        claim.rows.append((f"Gongdi, {n:,} compounds", median_seconds(decide_all, runs=5), f"{len(wanted)} tables"))
    return claim

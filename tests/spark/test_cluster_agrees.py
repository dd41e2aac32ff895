"""The cluster gives row by row the answers of the embedded engine, on the same packs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytest.importorskip("pyspark")

from pyspark.sql import SparkSession

from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.engines.polars_tables import decide_table, facts_frame
from gongdi.engines.spark import decide_dataframe
from gongdi.exchange.packfiles import load_library

pytestmark = pytest.mark.spark
LIBRARY = load_library()
ON = date(2022, 12, 6)
TABLES = [(slug, name) for slug, pack in LIBRARY.packs.items() for name in pack.tables]
DAYS = ("1999-12-31", "2000-01-01", "2000-12-31", "2001-01-01", "2005-12-31", "2022-11-30", "2022-12-31", "2017-02-28")


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("gongdi")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


def value(fact: Fact, chance: random.Random) -> Any:
    """Any value of a fact, unknown as often as not."""
    if chance.random() < 0.4:
        return None
    match fact.kind:
        case Kind.BOOL | Kind.OPTION:
            return chance.random() < 0.5
        case Kind.DATE:
            return chance.choice(DAYS)
        case Kind.EVENT:
            return chance.choice(("none", *DAYS))
        case Kind.YEAR:
            return chance.choice((1999, 2000, 2001, 2021, 2022, 2025))
        case Kind.COUNT:
            return chance.randrange(1, 9)
        case Kind.YUAN | Kind.M2:
            return f"{chance.randrange(1, 900)}.{chance.randrange(100):02d}"
        case Kind.LIST:
            return chance.sample(sorted(fact.labels), k=min(len(fact.labels), chance.randrange(5)))
        case Kind.MONTH_DAY:
            return chance.choice(("07-31", "08-31"))
        case _:
            return chance.choice(sorted(fact.labels))


def some_cases(table: Table, count: int, seed: int) -> list[dict[str, Any]]:
    """Made-up cases of a table from a fixed seed; those that nobody can have are left to the embedded engine."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        facts = {fact.name: value(fact, chance) for fact in table.reads}
        facts |= {fact.year_fact: chance.choice((None, 1999, 2000, 2003)) for fact in table.reads if fact.year_fact}
        found.append(facts)
    return found


def embedded(slug: str, decision: str, count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    table = LIBRARY.packs[slug].tables[decision]
    frame, faults = facts_frame(table, some_cases(table, count, 7), ON, LIBRARY.vocabulary)
    at_fault = {number for number, _ in faults}
    frame = frame.filter(~pl.col("__case").is_in(sorted(at_fault)))
    return frame, decide_table(LIBRARY, slug, decision, frame, ON).frame


@pytest.mark.parametrize(("slug", "decision"), TABLES)
def test_every_table_gives_the_same_answers_row_by_row(
    spark: SparkSession, tmp_path: Path, slug: str, decision: str
) -> None:
    frame, ours = embedded(slug, decision, 60)
    frame.write_parquet(tmp_path / "cases.parquet")
    theirs = decide_dataframe(LIBRARY, slug, decision, spark.read.parquet(str(tmp_path / "cases.parquet")), ON)
    found = {row["__case"]: (row["outcome"], row["clause"], sorted(row["missing"])) for row in theirs.collect()}
    expected = {
        case: (outcome, clause, sorted(missing))
        for case, (outcome, clause, missing) in zip(frame["__case"], ours.iter_rows(), strict=True)
    }
    assert found == expected


def test_a_partitioned_dataset_gives_the_same_answers(spark: SparkSession, tmp_path: Path) -> None:
    slug, decision = "henan-zhumadian-2021", "scope"
    frame, ours = embedded(slug, decision, 4000)
    parts = frame.with_columns((pl.col("__case") % 5).alias("county"))
    parts.write_parquet(tmp_path / "compounds", partition_by="county")
    read = spark.read.parquet(str(tmp_path / "compounds"))
    theirs = decide_dataframe(LIBRARY, slug, decision, read, ON).select("__case", "outcome", "clause")
    found = sorted(tuple(row) for row in theirs.collect())
    assert found == sorted(
        zip(frame["__case"], ours["outcome"].cast(pl.String), ours["clause"].cast(pl.String), strict=True)
    )

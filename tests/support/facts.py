"""Made-up facts for property tests: any value that a fact may have, absent as often as not."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind

AT_BOUNDS = [
    "1999-12-31", "2000-01-01", "2000-12-31", "2001-01-01", "2005-12-31", "2006-01-01", "2010-12-31",
    "2011-01-01", "2017-12-06", "2020-05-08", "2020-07-31", "2020-08-01", "2020-12-31", "2021-01-01",
    "2022-10-31", "2022-11-30", "2022-12-01", "2022-12-31", "2023-01-01", "2024-02-29", "2025-06-30",
    "2025-07-01",
]  # fmt: skip
"""Days on which a document's answer turns, and their neighbours."""
DAYS = st.one_of(
    st.sampled_from(AT_BOUNDS),
    st.dates(date(1995, 1, 1), date(2028, 12, 31)).map(date.isoformat),
)
ASKED_ON = st.sampled_from([date.fromisoformat(day) for day in AT_BOUNDS])
"""A day for which a question is put."""
AMOUNTS = st.one_of(
    st.sampled_from(
        ["0", "0.01", "1.00", "4.99", "5.00", "5.01", "29.99", "30.00", "66.67", "79.99", "80.00", "100.00"]
    ),
    st.integers(0, 10**6).map(lambda n: f"{n // 100}.{n % 100:02d}"),
)
YEARS = st.one_of(
    st.sampled_from([1999, 2000, 2001, 2005, 2006, 2020, 2021, 2022, 2023, 2025]), st.integers(1995, 2028)
)
PLAIN: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.BOOL: st.booleans(),
    Kind.OPTION: st.booleans(),
    Kind.DATE: DAYS,
    Kind.EVENT: st.one_of(st.just("none"), DAYS),
    Kind.YEAR: YEARS,
    Kind.COUNT: st.integers(0, 12),
    Kind.YUAN: AMOUNTS,
    Kind.M2: AMOUNTS,
    Kind.MONTH_DAY: st.sampled_from(["07-31", "08-31"]),
    Kind.TEXT: st.text(max_size=3),
}


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value of one fact."""
    if fact.kind is Kind.ENUM:
        return st.sampled_from(sorted(fact.labels))
    if fact.kind is Kind.LIST:
        return st.lists(st.sampled_from(sorted(fact.labels)), max_size=6, unique=True)
    return PLAIN[fact.kind]


def cases(table: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Facts that a table reads, each present or not; a date may be known by its year alone."""
    optional = {fact.name: values(fact) for fact in table.reads}
    optional |= {fact.year_fact: PLAIN[Kind.YEAR] for fact in table.reads if fact.year_fact}
    return st.fixed_dictionaries({}, optional=optional)

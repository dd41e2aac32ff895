"""Made-up facts for property tests: any value that a fact may have, absent as often as not."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from gongdi.core.policy.packs import Table
from gongdi.core.policy.vocabulary import Fact, Kind

DAYS = st.one_of(
    st.dates(date(1995, 1, 1), date(2028, 12, 31)),
    st.sampled_from(
        [
            date(1999, 12, 31),
            date(2000, 1, 1),
            date(2000, 12, 31),
            date(2001, 1, 1),
            date(2005, 12, 31),
            date(2024, 2, 29),
        ]
    ),
).map(date.isoformat)
AMOUNTS = st.integers(0, 10**6).map(lambda n: f"{n // 100}.{n % 100:02d}")
PLAIN: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.BOOL: st.booleans(),
    Kind.OPTION: st.booleans(),
    Kind.DATE: DAYS,
    Kind.EVENT: st.one_of(st.just("none"), DAYS),
    Kind.YEAR: st.integers(1995, 2028),
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

"""Rows to facts: what the rules read about one compound, or about many as a table.

A fact is recorded by a person (CompoundFact), or counted from rows that another app keeps (its provider). Where both
know it, the one of the later day counts, and the counted one on the same day: a count can be looked at row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet

from gongdi.apps.places.models import Compound, CompoundFact
from gongdi.web.once import once

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as it is known: its value, where from, of which day, how sure (a CompoundFact.Sureness)."""

    value: Any
    source: str
    on: date | None
    sureness: str
    counted: bool = False


class Listed(Protocol):
    """What is read of a compound for its facts: a Compound, or a row of a list of thousands."""

    @property
    def pk(self) -> int:
        """Its number."""

    @property
    def place(self) -> str:
        """Its division code."""

    @property
    def households(self) -> int | None:
        """How many households it was listed with."""

    @property
    def source(self) -> str:
        """Where that comes from."""


Provider = Callable[[Sequence[int]], dict[int, dict[str, Known]]]


@dataclass(frozen=True, slots=True)
class FactProvider:
    """An app that counts facts from its own rows: which facts, and how for many compounds at once."""

    names: frozenset[str]
    known: Provider


PROVIDERS: dict[str, FactProvider] = {}
"""By app. PROVIDERS["dwellings"] = FactProvider(frozenset({"owners_total"}), known_of)."""


def current_facts(compounds: Iterable[int] | QuerySet[Compound] | None = None) -> QuerySet[CompoundFact]:
    """The recorded facts in force (those that no later row supersedes), of some compounds or of all."""
    rows = CompoundFact.objects.filter(superseded_by=None)
    return rows if compounds is None else rows.filter(compound__in=compounds)


def known_of(compound: Compound) -> dict[str, Known]:
    """What is known of one compound, with its sources; an unknown value is kept as None."""
    return dict(once(("places.known_of", compound.pk), lambda: known_of_many([compound])[compound.pk]))


def known_of_many(compounds: QuerySet[Compound] | Iterable[Listed]) -> dict[int, dict[str, Known]]:
    """What is known of many compounds, by compound: one query for recorded facts, a few for counted ones."""
    rows: list[Listed] = list(compounds)
    known: dict[int, dict[str, Known]] = defaultdict(dict)
    for row in rows:
        known[row.pk] = _figures(row)
    found = current_facts(compounds if isinstance(compounds, QuerySet) else [row.pk for row in rows])
    fields = ("compound_id", "name", "value", "source", "recorded_on", "sureness")
    for pk, name, value, source, on, sureness in found.values_list(*fields):
        known[pk][name] = Known(value, source, on, sureness)
    for provider in PROVIDERS.values():
        for pk, counted in provider.known([row.pk for row in rows]).items():
            for name, fact in counted.items():
                if _counts_before(fact, known[pk].get(name)):
                    known[pk][name] = fact
    return known


def _counts_before(counted: Known, recorded: Known | None) -> bool:
    if recorded is None or recorded.value is None or recorded.on is None:
        return True
    return counted.on is not None and counted.on >= recorded.on


def facts_of(compound: Compound) -> Facts:
    """The facts of one compound as the rules read them; what is unknown is absent."""
    return _as_read(known_of(compound))


def facts_of_many(compounds: QuerySet[Compound] | Iterable[Listed]) -> dict[int, Facts]:
    """The facts of many compounds, by compound, as the rules read them."""
    return {pk: _as_read(known) for pk, known in known_of_many(compounds).items()}


def _as_read(known: Mapping[str, Known]) -> Facts:
    return {name: fact.value for name, fact in known.items() if fact.value is not None}


def facts_table(compounds: QuerySet[Compound]) -> list[Facts]:
    """The facts of many compounds as rows, each with its compound's id under `compound_id`."""
    return [{"compound_id": pk, **facts} for pk, facts in facts_of_many(compounds).items()]


def _figures(compound: Listed) -> dict[str, Known]:
    if compound.households is None:
        return {}
    source = compound.source or "小区登记"
    return {"households_total": Known(compound.households, source, None, CompoundFact.Sureness.READ)}

"""Rows to facts: what the rules read about one compound, or about many as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from gongdi.apps.places.models import Compound, CompoundFact

Facts = dict[str, Any]


def current_facts(compounds: Iterable[int] | QuerySet[Compound] | None = None) -> QuerySet[CompoundFact]:
    """The facts in force (those that no later row supersedes), of some compounds or of all."""
    rows = CompoundFact.objects.filter(superseded_by=None)
    return rows if compounds is None else rows.filter(compound__in=compounds)


def facts_of(compound: Compound) -> Facts:
    """The facts of one compound as the rules read them; what is unknown is absent."""
    return facts_of_many([compound])[compound.pk]


def facts_of_many(compounds: QuerySet[Compound] | Iterable[Compound]) -> dict[int, Facts]:
    """The facts of many compounds, by compound, with one query for the facts."""
    rows = list(compounds)
    stored: dict[int, Facts] = defaultdict(dict)
    found = current_facts(compounds if isinstance(compounds, QuerySet) else [row.pk for row in rows])
    for compound_id, name, value in found.values_list("compound_id", "name", "value"):
        if value is not None:
            stored[compound_id][name] = value
    return {row.pk: {**_figures(row), **stored[row.pk]} for row in rows}


def facts_table(compounds: QuerySet[Compound]) -> list[Facts]:
    """The facts of many compounds as rows, each with its compound's id under `compound_id`."""
    return [{"compound_id": pk, **facts} for pk, facts in facts_of_many(compounds).items()]


def _figures(compound: Compound) -> Facts:
    return {} if compound.households is None else {"households_total": compound.households}

"""The first rows of many, and how many there are, in one query."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Case, Count, F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

Row = TypeVar("Row", bound=Model)


def few(rows: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """The first rows of a query set, at most so many, and the number of all."""
    found = list(rows.annotate(in_all=Window(Count("*")))[:most])
    return found, (found[0].in_all if found else 0)  # type: ignore[attr-defined]


def few_of_each(rows: QuerySet[Row], kind: Case, most: int, *order: str) -> dict[str, tuple[list[Row], int]]:
    """The same for rows of several kinds, each row of the one that `kind` tells: by kind, in an order of fields."""
    same = [F("of_kind")]
    numbered = (
        rows.order_by()
        .annotate(of_kind=kind)
        .annotate(in_all=Window(Count("*"), same), at=Window(RowNumber(), same, list(order)))
    )
    found: dict[str, tuple[list[Row], int]] = {}
    for row in numbered.filter(at__lte=most).order_by("at"):
        found.setdefault(row.of_kind, ([], row.in_all))[0].append(row)
    return found

"""Reads of yearly registers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from gongdi.apps.registers.models import RegisterLine, YearRegister


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register as shown: the lines that stand with their sums, the lines removed, those added after publishing."""

    standing: list[RegisterLine]
    removed: list[RegisterLine]
    added_late: list[RegisterLine]
    buildings: int
    households: int
    area: int


def with_counts(rows: QuerySet[YearRegister]) -> QuerySet[YearRegister]:
    """Registers with how many compounds and households stand on each."""
    standing = Q(lines__removed_at=None)
    return rows.annotate(
        compounds=Count("lines", filter=standing), households=Sum("lines__households", filter=standing)
    )


def view_of(register: YearRegister, lines: QuerySet[RegisterLine]) -> RegisterView:
    """A register from the lines that a person may see."""
    rows = list(lines.filter(register=register).select_related("added_by", "removed_by"))
    standing = [row for row in rows if row.removed_at is None]
    return RegisterView(
        standing,
        [row for row in rows if row.removed_at is not None],
        [row for row in standing if row.after_publishing],
        sum(row.buildings or 0 for row in standing),
        sum(row.households or 0 for row in standing),
        sum(row.area or 0 for row in standing),
    )

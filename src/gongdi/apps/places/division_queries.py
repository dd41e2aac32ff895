"""Reads of divisions: found by words, with their codes and what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongdi.apps.places import remapping
from gongdi.apps.places.models import Division, DivisionChange, DivisionCode
from gongdi.apps.places.standing import names_today


@dataclass(frozen=True, slots=True)
class DivisionLine:
    """A division as listed: its codes by system, and what it is today when it is no more ("" while it is)."""

    division: Division
    nbs: str
    mca: str
    today: str


def found(words: str, county: Division | None) -> QuerySet[Division]:
    """The divisions of official codes whose name or code has the words, those above first; of one county, if given."""
    rows = Division.objects.exclude(system="own").select_related("parent")
    if county is not None:
        rows = rows.filter(Q(code__startswith=county.code) | Q(parent=county))
    if words:
        named = Q(name__contains=words) | Q(code__startswith=words) | Q(codes__code__startswith=words)
        rows = rows.filter(named).distinct()
    return rows.order_by("level", "code", "pk")


def lines(rows: list[Division]) -> list[DivisionLine]:
    """The rows with their codes."""
    codes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.code:
            codes[row.pk, row.system].append(row.code)
    for each in DivisionCode.objects.filter(division__in=rows):
        codes[each.division_id, each.system].append(each.code + ("" if each.until is None else "（曾用）"))
    today = names_today(rows)
    return [
        DivisionLine(row, "、".join(codes[row.pk, "nbs"]), "、".join(codes[row.pk, "mca"]), today.get(row.pk, ""))
        for row in rows
    ]


def provisional() -> list[Division]:
    """The divisions under provisional codes."""
    return list(Division.objects.filter(system="own", level=Division.Level.COUNTY).order_by("code"))


def resting_on(division: Division) -> list[tuple[str, int]]:
    """What lies under a division, by kind in words."""
    return remapping.counts_at(division)


def latest_changes() -> list[DivisionChange]:
    """The latest changes of divisions, the newest first."""
    return list(DivisionChange.objects.prefetch_related("former", "later")[:50])

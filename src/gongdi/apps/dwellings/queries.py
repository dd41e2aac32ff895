"""Reads of buildings, dwellings, owners, and the roll of any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from gongdi.apps.dwellings.figures import as_they_were
from gongdi.apps.dwellings.models import Building, CompoundTally, Dwelling, DwellingImport, Owner, Ownership
from gongdi.apps.places.models import Compound
from gongdi.core.ownership.shares import share_text
from gongdi.core.voting.roll import HeadsRule


def figures_of(compound: Compound) -> CompoundTally:
    """The figures of one compound as they stand; all zero before anything is kept of it."""
    return CompoundTally.objects.filter(compound=compound).first() or CompoundTally(compound=compound)


def buildings_of(compound: Compound) -> list[Building]:
    """The buildings with the number and area of their standing dwellings, in the order a person would walk."""
    standing = Q(dwellings__ended_on=None)
    rows = Building.objects.filter(compound=compound).annotate(
        dwelling_count=Count("dwellings", filter=standing), dwelling_area=Sum("dwellings__area", filter=standing)
    )
    return sorted(rows, key=lambda row: natural(row.name))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2幢 before 10幢."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for letter in text + "\0":
        if letter.isdecimal():
            digits += letter
            continue
        if digits:
            parts.append((0, int(digits), ""))
            digits = ""
        parts.append((1, 0, letter))
    return tuple(parts)


def dwellings_of(building: Building, on: date) -> list[Dwelling]:
    """The dwellings of a building with those who hold them on a day (`held`), stairwell by stairwell, from the top."""
    rows = list(Dwelling.objects.filter(building=building).prefetch_related(held_on(on)))
    return sorted(rows, key=lambda row: (natural(row.stairwell), -(row.floor or 0), natural(row.room)))


def held_on(day: date) -> Prefetch[str, QuerySet[Ownership], str]:
    """Those who hold a dwelling on a day, under `held`."""
    covering = Ownership.objects.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))
    return Prefetch("ownerships", covering.select_related("owner").order_by("pk"), to_attr="held")


def history_of(dwelling: Dwelling) -> list[Ownership]:
    """Every spell of a dwelling, the latest first."""
    rows = Ownership.objects.filter(dwelling=dwelling).select_related("owner")
    return sorted(rows, key=lambda row: (row.since or date.min, row.pk), reverse=True)


def dwellings_of_owner(owner: Owner) -> list[Ownership]:
    """What an owner holds now in the compound."""
    rows = Ownership.objects.filter(owner=owner, until=None).select_related("dwelling__building")
    return list(rows.order_by("dwelling__building__name", "dwelling__room"))


@dataclass(frozen=True, slots=True)
class RollLine:
    """One dwelling on the roll of a day (名册), or left off it with the reason."""

    dwelling: Dwelling
    owners: tuple[tuple[str, str], ...]
    left_off: str
    """Why it does not stand on the roll; "" when it does."""


def roll_on(compound: Compound, day: date) -> Iterator[RollLine]:
    """The roll of a compound on a day: every dwelling ever listed, on it or with the reason why not.

    What is left off is what a vote leaves off; a dwelling whose owner nobody knows stays in the base."""
    rows = as_they_were(
        Dwelling.objects.filter(compound=compound).select_related("building").prefetch_related(held_on(day)), day
    )
    for row in sorted(
        rows, key=lambda each: (natural(each.building.name), natural(each.stairwell), natural(each.room))
    ):
        held: list[Any] = row.held  # type: ignore[attr-defined]
        owners = tuple((str(spell.owner), "共同共有" if spell.joint else share_text(spell.share)) for spell in held)
        yield RollLine(row, owners, _left_off(row, day))


def _left_off(row: Dwelling, day: date) -> str:
    if row.ended_on is not None and row.ended_on <= day:
        return f"已于 {row.ended_on} 注销：{row.ended_why}"
    if row.use in HeadsRule().uses_left_off:
        return f"{row.get_use_display()}不计入表决"
    return ""


def latest_rolls(rows: QuerySet[DwellingImport]) -> list[DwellingImport]:
    """The latest imports, with who did what."""
    return list(rows.select_related("uploaded_by", "kept_by", "compound").defer("problems")[:50])


def building_named(compound: Compound, name: str) -> Building | None:
    """The building of a name, when there is one."""
    return Building.objects.filter(compound=compound, name=name).first() if name else None

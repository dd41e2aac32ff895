"""Reads of buildings, dwellings, owners, and the roll of any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

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
    rows = Ownership.objects.filter(covering(day)).select_related("owner").order_by("pk")
    return Prefetch("ownerships", rows, to_attr="held")


def covering(day: date) -> Q:
    """Spells of ownership in force on a day."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def history_of(dwelling: Dwelling) -> list[Ownership]:
    """Every spell of a dwelling, the latest first."""
    rows = Ownership.objects.filter(dwelling=dwelling).select_related("owner")
    return sorted(rows, key=lambda row: (row.since or date.min, row.pk), reverse=True)


def dwellings_of_owner(owner: Owner) -> list[Ownership]:
    """What an owner holds now in the compound."""
    rows = Ownership.objects.filter(owner=owner, until=None).select_related("dwelling__building")
    return list(rows.order_by("dwelling__building__name", "dwelling__room"))


def namesakes_of(owner: Owner) -> QuerySet[Owner]:
    """Other owners of the compound with the same name who may be the same person: not both with a number."""
    rows = Owner.objects.filter(compound=owner.compound_id, name_digest=owner.name_digest, merged_into=None)
    if owner.number_digest:
        rows = rows.filter(number_digest="")
    held = Prefetch("ownerships", Ownership.objects.filter(until=None).select_related("dwelling__building"), "held")
    return rows.exclude(pk=owner.pk).order_by("pk").prefetch_related(held)


def overlapping(one: Owner, other: Owner) -> Dwelling | None:
    """A dwelling of which two owners held shares at the same time; None when there is none."""
    theirs: dict[int, list[Ownership]] = defaultdict(list)
    for spell in Ownership.objects.filter(owner=other):
        theirs[spell.dwelling_id].append(spell)
    mine = Ownership.objects.filter(owner=one, dwelling__in=theirs).select_related("dwelling__building")
    for spell in mine.order_by("pk"):
        for each in theirs[spell.dwelling_id]:
            first, last = max(spell.since or date.min, each.since or date.min), spell.until or date.max
            if first < min(last, each.until or date.max):
                return spell.dwelling
    return None


@dataclass(frozen=True, slots=True)
class RollLine:
    """One dwelling on the roll of a day (名册), or left off it with the reason."""

    dwelling: Dwelling
    owners: tuple[tuple[str, str], ...]
    left_off: str
    """Why it does not stand on the roll; "" when it does."""


def listed_on(compound: Compound, day: date) -> list[Dwelling]:
    """Every dwelling ever listed in a compound, with the area and use of a day, in the order a person would walk."""
    # Read apart: hundreds of dwellings share some ten buildings.
    rows = Dwelling.objects.filter(compound=compound).order_by().prefetch_related("building")
    return sorted(
        as_they_were(rows.defer("unit_number"), day),
        key=lambda each: (natural(each.building.name), natural(each.stairwell), natural(each.room)),
    )


def roll_lines(rows: Sequence[Dwelling], day: date) -> list[RollLine]:
    """The lines of the roll for some dwellings, with those who held them on a day."""
    spells = Ownership.objects.filter(covering(day), dwelling__in=[row.pk for row in rows]).order_by("pk")
    owners: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, name, part, whole, joint in spells.values_list("dwelling", "owner__name_masked", "part", "whole", "joint"):
        owners[pk].append((name, "共同共有" if joint else share_text(Fraction(part, whole))))
    return [RollLine(row, tuple(owners[row.pk]), left_off(row, day)) for row in rows]


def roll_on(compound: Compound, day: date) -> list[RollLine]:
    """The roll of a compound on a day: every dwelling ever listed, on it or with the reason why not.

    What is left off is what a vote leaves off; a dwelling whose owner nobody knows stays in the base."""
    return roll_lines(listed_on(compound, day), day)


def left_off(row: Dwelling, day: date) -> str:
    """Why a dwelling does not stand on the roll of a day; "" when it does."""
    if row.ended_on is not None and row.ended_on <= day:
        return f"已于 {row.ended_on} 注销：{row.ended_why}"
    if row.began_on is not None and day < row.began_on:
        return f"{row.began_on} 起才有这一户"
    if row.use in HeadsRule().uses_left_off:
        return f"{row.get_use_display()}不计入表决"
    return ""


def latest_rolls(rows: QuerySet[DwellingImport]) -> list[DwellingImport]:
    """The latest imports, with who did what."""
    return list(rows.select_related("uploaded_by", "kept_by", "compound").defer("problems")[:50])


def building_named(compound: Compound, name: str) -> Building | None:
    """The building of a name, when there is one."""
    return Building.objects.filter(compound=compound, name=name).first() if name else None


def as_merged(owners: Iterable[int]) -> dict[int, int]:
    """For each key of an owner that of the record which stands: itself, or the one into which it was merged. One
    statement, and one more for each time that a record was merged on."""
    found = {key: key for key in owners}
    while True:
        merged = Owner.objects.filter(pk__in=set(found.values()), merged_into__isnull=False)
        gone = {pk: into for pk, into in merged.values_list("pk", "merged_into") if into is not None}
        if not gone:
            return found
        found = {key: gone.get(at, at) for key, at in found.items()}

"""What is known of a compound while a roll of dwellings is compared with it: its buildings, dwellings, owners."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Max

from gongdi.apps.dwellings.models import Building, Dwelling, FormerFigures, Owner, Ownership
from gongdi.apps.places.models import Compound
from gongdi.core.ownership.identity import Identity, OwnerBook

MOST_BOOKS = 60
"""Compounds held at once; the one longest unused is put away. Its rows must not come again: a roll stands in order."""


@dataclass(frozen=True, slots=True)
class Held:
    """A spell in force: its row, who holds it, the share, whether jointly, since when."""

    pk: int
    owner: int
    share: Fraction
    joint: bool
    since: date | None


@dataclass(slots=True)
class Known:
    """A dwelling that stood before."""

    pk: int
    columns: dict[str, object]
    held: list[Held] = field(default_factory=list)
    ended_on: date | None = None
    figures_since: date | None = None
    """The day of the last change of its area or use, when one is kept."""


@dataclass(slots=True)
class CompoundBook:
    """One compound. Owners and buildings not yet written have negative keys; `real` tells them once written."""

    compound: int
    buildings: dict[str, int]
    dwellings: dict[tuple[str, str, str], Known]
    owners: OwnerBook
    phones: dict[int, str]
    real: dict[int, int] = field(default_factory=dict)
    rooms: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """The stairwells under which a room of a building is known; "" is none."""

    def resolved(self, key: int) -> int:
        """The key of a row as it stands in the database, when it does."""
        return self.real.get(key, key)


DWELLING_COLUMNS = ("floor", "area", "area_basis", "use", "unit_number")
"""What a roll may change of a dwelling that stood before."""


def read_book(compound: int) -> CompoundBook:
    """Read what is known of a compound: five statements, whatever its size."""
    buildings = dict(Building.objects.filter(compound=compound).values_list("name", "pk"))
    names = {pk: name for name, pk in buildings.items()}
    dwellings: dict[tuple[str, str, str], Known] = {}
    by_pk: dict[int, Known] = {}
    rows = Dwelling.objects.filter(compound=compound).values(
        "pk", "building_id", "stairwell", "room", "ended_on", *DWELLING_COLUMNS
    )
    for row in rows.iterator(5000):
        known = Known(row["pk"], {name: row[name] for name in DWELLING_COLUMNS}, ended_on=row["ended_on"])
        dwellings[names[row["building_id"]], row["stairwell"], row["room"]] = by_pk[row["pk"]] = known
    # Their own order would take the days apart.
    changed = FormerFigures.objects.filter(dwelling__compound=compound).order_by().values_list("dwelling")
    for pk, day in changed.annotate(Max("until")):
        by_pk[pk].figures_since = day
    spells = Ownership.objects.filter(dwelling__compound=compound, until=None)
    fields = ("pk", "dwelling_id", "owner_id", "part", "whole", "joint", "since")
    for pk, dwelling, owner, part, whole, joint, since in spells.values_list(*fields).iterator(5000):
        by_pk[dwelling].held.append(Held(pk, owner, Fraction(part, whole), joint, since))
    book = CompoundBook(compound, buildings, dwellings, OwnerBook(), {})
    for building, stairwell, room in dwellings:
        book.rooms.setdefault((building, room), set()).add(stairwell)
    people = Owner.objects.filter(compound=compound, merged_into=None).order_by("pk")
    for pk, name, number, phone in people.values_list(
        "pk", "name_digest", "number_digest", "phone_digest"
    ).iterator(5000):  # fmt: skip
        book.owners.add(pk, Identity(name, number, phone))
        book.phones[pk] = phone
    return book


class ScatteredError(Exception):
    """The rows of a compound do not stand together in the roll, so that what was read of it has been put away."""


@dataclass(slots=True)
class Books:
    """The books of the compounds that a roll has met lately."""

    compounds: dict[str, Compound]
    open: OrderedDict[int, CompoundBook] = field(default_factory=OrderedDict)
    closed: set[int] = field(default_factory=set)

    def of(self, name: str) -> CompoundBook:
        """The book of a compound by its name; raises ScatteredError when it has been put away."""
        pk = self.compounds[name].pk
        book = self.open.get(pk)
        if book is None:
            if pk in self.closed:
                raise ScatteredError
            book = self.open[pk] = read_book(pk)
            if len(self.open) > MOST_BOOKS:
                self.closed.add(self.open.popitem(last=False)[0])
        self.open.move_to_end(pk)
        return book

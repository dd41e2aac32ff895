"""Whom residents of a compound ask (找谁问): the community's committee, or the street, with address and telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from gongdi.apps.organisations.models import Body
from gongdi.apps.places.models import Compound

_ASKED = (Body.Kind.RESIDENTS_COMMITTEE, Body.Kind.STREET_OFFICE)


@dataclass(frozen=True, slots=True)
class Contact:
    """A body that residents may go to or ring up."""

    name: str
    address: str
    phone: str
    hours: str

    @property
    def dialled(self) -> str:
        """What a phone dials for it: the first number, without its extension."""
        return re.sub(r"[^\d+]", "", re.split("转|分机|[、,，;；/]", self.phone)[0])

    def __str__(self) -> str:
        parts = (self.name, self.address, f"电话 {self.phone}" if self.phone else "", self.hours)
        return "，".join(part for part in parts if part)


def whom_to_ask(compound: Compound) -> Contact | None:
    """The committee of a compound's community, else its street; None while neither has an address or telephone."""
    return _nearest(compound, _bodies_at([compound]))


def whom_to_ask_of(compounds: Iterable[Compound]) -> list[Contact]:
    """Whom residents of several compounds ask, each body once, in one statement."""
    listed = list(compounds)
    rows = _bodies_at(listed) if listed else []
    return list(dict.fromkeys(found for each in listed if (found := _nearest(each, rows)) is not None))


def _bodies_at(compounds: list[Compound]) -> list[Body]:
    places = {place for each in compounds for place in (each.place, each.place[:9])}
    return list(
        Body.objects.filter(~Q(address="") | ~Q(phone=""), kind__in=_ASKED, compound=None, until=None, place__in=places)
    )


def _nearest(compound: Compound, rows: list[Body]) -> Contact | None:
    rows = [row for row in rows if row.place in (compound.place, compound.place[:9])]
    # The nearest first: a community's code is longer than its street's.
    found = sorted(rows, key=lambda row: (-len(row.place), _ASKED.index(Body.Kind(row.kind)), row.pk))
    return Contact(found[0].name, found[0].address, found[0].phone, found[0].hours) if found else None

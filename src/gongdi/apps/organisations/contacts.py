"""Whom residents of a compound ask (找谁问): the community's committee, or the street, with address and telephone."""

from __future__ import annotations

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

    def __str__(self) -> str:
        parts = (self.name, self.address, f"电话 {self.phone}" if self.phone else "", self.hours)
        return "，".join(part for part in parts if part)


def whom_to_ask(compound: Compound) -> Contact | None:
    """The committee of a compound's community, else its street; None while neither has an address or telephone."""
    rows = Body.objects.filter(
        ~Q(address="") | ~Q(phone=""), kind__in=_ASKED, compound=None, until=None,
        place__in={compound.place, compound.place[:9]},
    )  # fmt: skip
    # The nearest first: a community's code is longer than its street's.
    found = sorted(rows, key=lambda row: (-len(row.place), _ASKED.index(Body.Kind(row.kind)), row.pk))
    return Contact(found[0].name, found[0].address, found[0].phone, found[0].hours) if found else None

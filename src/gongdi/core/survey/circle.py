"""The 15-minute circle of a compound (十五分钟生活圈): which services can be walked to, and which are lacking.

The circle is named by anhuiA 四2 and puer 五(二); the list of services is the project's own, after the services that
the documents name among improvement and upgrade items.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MINUTES = 15


class ServiceKind(StrEnum):
    """A service that a resident should be able to walk to."""

    COMMUNITY_CENTRE = "community_centre"
    ELDERLY_CARE = "elderly_care"
    CHILDCARE = "childcare"
    HEALTH = "health"
    CANTEEN = "canteen"
    SHOP = "shop"
    MARKET = "market"
    PARK = "park"
    SPORTS = "sports"
    SCHOOL = "school"
    PUBLIC_TOILET = "public_toilet"
    PARCEL = "parcel"
    CULTURE = "culture"
    BUS_STOP = "bus_stop"


@dataclass(frozen=True, slots=True)
class Service:
    """A service near a compound: what it is, and the minutes on foot."""

    kind: ServiceKind
    minutes: int


def lacking(services: Iterable[Service]) -> list[ServiceKind]:
    """The kinds that no service within the circle gives, in the order of the list; a walk of 15 minutes is within."""
    near = {service.kind for service in services if service.minutes <= MINUTES}
    return [kind for kind in ServiceKind if kind not in near]

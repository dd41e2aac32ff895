"""The library at hand, and which pack governs which place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongdi.apps.policy.models import PackInForce
from gongdi.core.policy.packs import Library, Pack
from gongdi.exchange.packfiles import load_library
from gongdi.web import clock
from gongdi.web.once import once


@dataclass(frozen=True, slots=True)
class Governing:
    """A pack with the day for which decisions are taken."""

    pack: Pack
    as_of: date
    fixed: bool
    """Whether the day was set, not merely today."""


def library() -> Library:
    """The packs that come with the installation."""
    return load_library()


def governing_of(places: Iterable[str]) -> dict[str, Governing | None]:
    """For each division code the pack that governs it, or None: the longest code that it begins with counts."""
    rows = sorted(
        once("policy.in_force", lambda: list(PackInForce.objects.all())), key=lambda row: len(row.place), reverse=True
    )
    packs, today = library().packs, clock.today()
    found: dict[str, Governing | None] = {}
    for place in set(places):
        row = next((row for row in rows if place.startswith(row.place) and row.pack in packs), None)
        found[place] = Governing(packs[row.pack], row.as_of or today, row.as_of is not None) if row else None
    return found


def governing(place: str) -> Governing | None:
    """The pack that governs one place, or None."""
    return governing_of([place])[place]


def pack_title(place: str) -> tuple[str, str] | None:
    """Slug and title of the pack that governs a place; None where there is none."""
    ground = governing(place)
    return (ground.pack.slug, ground.pack.document.title) if ground is not None else None


def missing_words(names: Iterable[str]) -> list[str]:
    """What facts and parameters are called (待补充的事实和参数); one that no pack knows keeps its name."""
    known = dict(library().vocabulary.facts)
    for pack in library().packs.values():
        known |= {fact.name: fact for fact in pack.parameters.values()}
    return [known[name].zh if name in known else name for name in names]

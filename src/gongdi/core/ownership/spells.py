"""The spells in which a dwelling was held (产权期间), and the roll of any day rebuilt from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gongdi.core.values import Share


@dataclass(frozen=True, slots=True)
class Spell:
    """One owner's holding of one dwelling: from the day `since` (None: from before the records began) up to, but not
    including, the day `until` (None: still)."""

    dwelling: int
    owner: int
    share: Share
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the spell holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held one dwelling on a day: the owners with their shares, in the order of owner numbers."""

    dwelling: int
    owners: tuple[tuple[int, Share], ...]

    @property
    def total(self) -> Share:
        """The sum of the shares known; less than one where a part is unknown."""
        return sum((share for _, share in self.owners), Fraction(0))


def holdings_on(day: date, spells: Iterable[Spell]) -> dict[int, Holding]:
    """The holding of each dwelling that anybody held on a day."""
    found: dict[int, dict[int, Share]] = {}
    for spell in spells:
        if spell.covers(day):
            owners = found.setdefault(spell.dwelling, {})
            owners[spell.owner] = owners.get(spell.owner, Fraction(0)) + spell.share
    return {
        dwelling: Holding(dwelling, tuple(sorted(owners.items(), key=lambda pair: pair[0])))
        for dwelling, owners in sorted(found.items())
    }


def overfull_days(spells: Iterable[Spell]) -> list[tuple[int, date | None]]:
    """The dwellings whose shares exceed the whole, each with the first day on which they do (None: the beginning).

    A dwelling's shares can only grow on a day on which a spell begins, so those days are enough to look at.
    """
    by_dwelling: dict[int, list[Spell]] = {}
    for spell in spells:
        by_dwelling.setdefault(spell.dwelling, []).append(spell)
    faults: list[tuple[int, date | None]] = []
    for dwelling, own in sorted(by_dwelling.items()):
        days: list[date | None] = [None, *sorted({spell.since for spell in own if spell.since is not None})]
        for day in days:
            held = date.min if day is None else day
            if sum((spell.share for spell in own if spell.covers(held)), Fraction(0)) > 1:
                faults.append((dwelling, day))
                break
    return faults

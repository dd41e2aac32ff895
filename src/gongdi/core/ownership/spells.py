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

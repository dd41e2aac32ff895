"""The roll of a vote (表决名册): who counts, with how many heads and how much area, frozen as of a day.

Every dwelling of the scope stands on the roll or is listed with the reason why it does not. Heads by
建筑物区分所有权司法解释 arts. 8 and 9: all dwellings of one owner are one head; the owners of one dwelling
together are one head and name one voter; all that one developer has not sold is one head. Cities differ
(宁波市住宅小区物业管理条例 art. 18 leaves out parking spaces and garages), so each point is a setting.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongdi.core.ownership.spells import Spell, holdings_on
from gongdi.core.voting.canonical import Record, canonical
from gongdi.core.voting.counting import Count, total
from gongdi.core.voting.merkle import digest
from gongdi.core.voting.receipts import short_code

ROLL_CONTEXT = b"gongdi roll v1\n"
PSEUDONYM_LENGTH = 12


@dataclass(frozen=True, slots=True)
class RollDwelling:
    """A dwelling as the roll reads it. `area` in 0.01 m2; `ended_on` is the first day on which it was no more,
    `began_on` the first on which it was, where it came of a split or was built later."""

    dwelling: int
    area: int
    use: str = "residence"
    ended_on: date | None = None
    began_on: date | None = None


class Reason(StrEnum):
    """Why a dwelling does not stand on the roll (未列入原因)."""

    ENDED = "ended"
    NOT_YET = "not_yet"
    USE_NOT_COUNTED = "use_not_counted"
    OWNER_UNKNOWN = "owner_unknown"


@dataclass(frozen=True, slots=True)
class HeadsRule:
    """How heads are counted (计人规则); the defaults are national law with the parking rule of the city's regulation.

    `unknown_counts`: a dwelling whose owner nobody knows counts in the base, as one head for whom nobody can vote.
    Leaving it off would lower the base, so that is a choice to be made openly.
    """

    uses_left_off: frozenset[str] = frozenset({"parking", "garage", "storage"})
    one_head_an_owner: bool = True
    developer_one_head: bool = True
    unknown_counts: bool = True

    def record(self) -> Record:
        """As it is bound into the log."""
        return {
            "developer_one_head": self.developer_one_head,
            "one_head_an_owner": self.one_head_an_owner,
            "unknown_counts": self.unknown_counts,
            "uses_left_off": sorted(self.uses_left_off),
        }


@dataclass(frozen=True, slots=True)
class VotingUnit:
    """One head (一票): the owners who name one voter, their dwellings, their area. Without owners nobody votes."""

    owners: tuple[int, ...]
    dwellings: tuple[int, ...]
    area: int
    heads: int = 1

    @property
    def count(self) -> Count:
        """What it weighs."""
        return Count(self.heads, self.area)


@dataclass(frozen=True, slots=True)
class LeftOff:
    """A dwelling that does not stand on the roll, and why."""

    dwelling: int
    area: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Roll:
    """A frozen roll."""

    on: date
    units: tuple[VotingUnit, ...]
    left_off: tuple[LeftOff, ...]

    @property
    def everyone(self) -> Count:
        """All owners: the base of every share."""
        return total(unit.count for unit in self.units)


def build_roll(
    on: date,
    dwellings: Iterable[RollDwelling],
    spells: Iterable[Spell],
    developers: Mapping[int, str],
    rule: HeadsRule = HeadsRule(),
) -> Roll:
    """The roll of a day; units in the order of their dwellings.

    `developers` names each owner that is a developer by its identity: the stock of each is one head (art. 9 speaks of
    the developer's own), also where it stands under two owners.
    """
    held = holdings_on(on, spells)
    groups: dict[tuple[object, ...], list[RollDwelling]] = {}
    owners: dict[tuple[object, ...], set[int]] = {}
    left: list[LeftOff] = []
    for row in sorted(dwellings, key=lambda each: each.dwelling):
        holding = held.get(row.dwelling)
        who = tuple(owner for owner, _ in holding.owners) if holding else ()
        reason = _reason(row, bool(who), on, rule)
        if reason is not None:
            left.append(LeftOff(row.dwelling, row.area, reason))
            continue
        key = _head(row.dwelling, who, developers, rule)
        groups.setdefault(key, []).append(row)
        owners.setdefault(key, set()).update(who)
    units = tuple(
        VotingUnit(tuple(sorted(owners[key])), tuple(r.dwelling for r in rows), sum(r.area for r in rows))
        for key, rows in groups.items()
    )
    return Roll(on, units, tuple(left))


def _reason(row: RollDwelling, has_owner: bool, on: date, rule: HeadsRule) -> Reason | None:
    if row.ended_on is not None and row.ended_on <= on:
        return Reason.ENDED
    if row.began_on is not None and on < row.began_on:
        return Reason.NOT_YET
    if row.use in rule.uses_left_off:
        return Reason.USE_NOT_COUNTED
    return None if has_owner or rule.unknown_counts else Reason.OWNER_UNKNOWN


def _head(dwelling: int, who: tuple[int, ...], developers: Mapping[int, str], rule: HeadsRule) -> tuple[object, ...]:
    """The head to which a dwelling belongs. The same co-owners of two dwellings are one head; other sets are others."""
    if not who:
        return ("unknown", dwelling)
    if rule.developer_one_head and all(owner in developers for owner in who):
        return ("developer", *sorted({developers[owner] for owner in who}))
    return ("owners", *who) if rule.one_head_an_owner else ("dwelling", dwelling)


def pseudonym(salt: bytes, name: str) -> str:
    """A name that tells nothing without the salt, in the alphabet of receipts: what the public file calls a unit."""
    return short_code(hmac.new(salt, name.encode(), hashlib.sha256).digest(), PSEUDONYM_LENGTH)


@dataclass(frozen=True, slots=True)
class PublicRoll:
    """A roll as it is published: lines in canonical form, sorted by pseudonym, and their digest."""

    lines: tuple[str, ...]
    digest: str
    everyone: Count


def unit_name(salt: bytes, unit: VotingUnit) -> str:
    """The pseudonym of a unit: by its first dwelling, which belongs to it alone."""
    return pseudonym(salt, f"unit {unit.dwellings[0]}")


def public_roll(
    roll: Roll, salt: bytes, algorithm: str, rooms: Callable[[Sequence[int]], str] | None = None
) -> PublicRoll:
    """The roll for the public file. `rooms` words the dwellings where the city's rule publishes them; never names."""
    lines = []
    for unit in roll.units:
        record: dict[str, str | int] = {
            "area": unit.area, "heads": unit.heads, "kind": "unit", "unit": unit_name(salt, unit)
        }  # fmt: skip
        if rooms is not None:
            record["rooms"] = rooms(unit.dwellings)
        lines.append((str(record["unit"]), canonical(record)))
    left = []
    for row in roll.left_off:
        name = pseudonym(salt, f"dwelling {row.dwelling}")
        record = {"area": row.area, "dwelling": name, "kind": "left_off", "reason": row.reason.value}
        left.append((name, canonical(record)))
    texts = tuple(text for _, text in [*sorted(lines), *sorted(left)])
    return PublicRoll(texts, roll_digest(algorithm, texts), roll.everyone)


def roll_digest(algorithm: str, lines: Iterable[str]) -> str:
    """The digest of a published roll: each line with its line feed, after the context."""
    return digest(algorithm, ROLL_CONTEXT + "".join(f"{line}\n" for line in lines).encode()).hex()

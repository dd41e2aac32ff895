"""What an item of the menu costs, who pays, and what of it falls to one household. Whole fen; areas in 0.01 m2.

Rounding: the total and each household's part are rounded once, at the end, to the nearest fen, halves up. The parts
of the payers always sum to the total: what rounding leaves goes to the largest remainders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gongdi.core.values import round_half_up

WHOLE = 10_000
"""Shares of payers are whole hundredths of a percent; together they make this."""


class Basis(StrEnum):
    """What a price is for."""

    TOTAL = "total"
    """整项估算"""
    PER_DWELLING = "per_dwelling"
    """每户"""
    PER_M2 = "per_m2"
    """每平方米专有部分面积"""
    PER_UNIT = "per_unit"
    """每台、每处、每米……乘数量"""
    STAIRWELL = "stairwell"
    """每个单元，乘单元数；由要它的单元自己分摊（加装电梯）"""


class Payer(StrEnum):
    """Who may pay for an item."""

    FISCAL = "fiscal"
    OWNERS = "owners"
    UTILITY = "utility"
    ORIGINAL_UNIT = "original_unit"
    SOCIETY = "society"


@dataclass(frozen=True, slots=True)
class Price:
    """A price in fen on a basis; `quantity` counts what a price per unit or per stairwell is for."""

    basis: Basis
    fen: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Everyone:
    """All households of a round: how many, and their exclusive floor area in 0.01 m2."""

    households: int
    area: int


def total_of(price: Price, everyone: Everyone) -> int:
    """What an item costs the whole compound, in fen."""
    if price.basis is Basis.PER_DWELLING:
        return price.fen * everyone.households
    if price.basis is Basis.PER_M2:
        return round_half_up(Fraction(price.fen * everyone.area, 100))
    return price.fen * (price.quantity if price.basis in (Basis.PER_UNIT, Basis.STAIRWELL) else 1)


def parts_of(total: int, shares: Mapping[Payer, int]) -> dict[Payer, int]:
    """What each payer pays of a total, in fen; the parts sum to it exactly. Shares in hundredths of a percent.

    Raises:
        ValueError: the shares do not make a whole.
    """
    if sum(shares.values()) != WHOLE or min(shares.values()) < 0:
        raise ValueError("shares must make a whole")
    exact = {payer: Fraction(total * share, WHOLE) for payer, share in shares.items()}
    parts = {payer: int(part) for payer, part in exact.items()}
    rest = total - sum(parts.values())
    for payer in sorted(exact, key=lambda each: (parts[each] - exact[each], each))[:rest]:
        parts[payer] += 1
    return parts


def owners_part(total: int, shares: Mapping[Payer, int]) -> int:
    """What the owners together pay of a total, in fen: the same as stands among the parts of all payers."""
    return parts_of(total, shares)[Payer.OWNERS]


def stairwell_part(price: Price, owners_share: int) -> int:
    """What the owners of one stairwell pay together for what is theirs alone, in fen, rounded half up."""
    return round_half_up(price.fen * Fraction(owners_share, WHOLE))


def household_part(price: Price, owners_share: int, area: int, everyone: Everyone) -> int | None:
    """What falls to one household of an area, in fen, rounded half up.

    None where a stairwell bears it: it is voted on and shared there (Civil Code art. 278 and 283: among those whose
    common part it is), by floor as a rule, so that nobody knows it yet; who wants no lift pays for none.

    A price per dwelling or per m2 falls to the household as it stands; a total is shared by exclusive floor area
    (Civil Code art. 283: by area where nothing else is agreed).
    """
    share = Fraction(owners_share, WHOLE)
    if price.basis is Basis.STAIRWELL:
        return None
    if price.basis is Basis.PER_DWELLING:
        return round_half_up(price.fen * share)
    if price.basis is Basis.PER_M2:
        return round_half_up(Fraction(price.fen * area, 100) * share)
    if not everyone.area:
        return 0
    return round_half_up(total_of(price, everyone) * share * Fraction(area, everyone.area))


@dataclass(frozen=True, slots=True)
class Costs:
    """What several items cost together, in fen: the total, and what each payer would pay of it.

    `stairwells` is what of the owners' part single stairwells bear; it falls to no other household.
    """

    total: int
    parts: Mapping[Payer, int]
    stairwells: int = 0

    def owners_each(self, households: int) -> int:
        """The owners' part that all households bear, over all of them, in fen, rounded half up."""
        return round_half_up(Fraction(self.parts[Payer.OWNERS] - self.stairwells, households)) if households else 0


def costs_of(items: Iterable[tuple[Price, Mapping[Payer, int]]], everyone: Everyone) -> Costs:
    """The costs of items with the shares of their payers, summed item by item."""
    total, parts, stairwells = 0, dict.fromkeys(Payer, 0), 0
    for price, shares in items:
        cost = total_of(price, everyone)
        total += cost
        for payer, part in parts_of(cost, shares).items():
            parts[payer] += part
        stairwells += owners_part(cost, shares) if price.basis is Basis.STAIRWELL else 0
    return Costs(total, parts, stairwells)

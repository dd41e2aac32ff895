"""Worths of a usual size: the solver's tolerances are absolute, so benefits of a millionth would be lost in them.

An instance whose best start is worth very little or very much is solved with benefits and weights times powers of ten,
which is exact, and what comes of it is divided by them again.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gongdi.core.portfolio.model import Instance, Plan
from gongdi.engines.highs.naming import ShadowPrices
from gongdi.engines.highs.session import Progress

LEAST, MOST = Fraction(1), Fraction(10**6)
"""Benefits (and weights, a hundredth of it) whose greatest lies between these are left as they are."""


def power_of_ten(greatest: Fraction, least: Fraction, most: Fraction) -> Fraction:
    """What brings a greatest value between the bounds; 1 for one that lies there, or is nothing."""
    factor = Fraction(1)
    if greatest <= 0:
        return factor
    while greatest * factor < least:
        factor *= 10
    while greatest * factor > most:
        factor /= 10
    return factor


def factors(instance: Instance) -> tuple[Fraction, Fraction]:
    """By what benefits and weights are multiplied."""
    benefit = max((level.benefit for row in instance.compounds for level in row.levels), default=Fraction(0))
    weight = max(instance.weights, default=Fraction(0))
    return power_of_ten(benefit, LEAST, MOST), power_of_ten(weight, LEAST / 100, MOST / 100)


def scaled(instance: Instance, benefit: Fraction, weight: Fraction) -> Instance:
    """The instance with all benefits and weights multiplied."""
    return replace(
        instance,
        weights=tuple(each * weight for each in instance.weights),
        compounds=tuple(
            replace(row, levels=tuple(replace(level, benefit=level.benefit * benefit) for level in row.levels))
            for row in instance.compounds
        ),
    )


def prices_times(prices: ShadowPrices, factor: Fraction) -> ShadowPrices:
    """Prices in another unit of worth."""
    by = float(factor)
    return replace(
        prices,
        need={key: price * by for key, price in prices.need.items()},
        bonus={key: price * by for key, price in prices.bonus.items()},
    )


def plan_over(plan: Plan, factor: Fraction) -> Plan:
    """A plan of the scaled instance as one of the instance itself."""
    return replace(
        plan,
        worth=plan.worth / factor,
        bound=None if plan.bound is None else plan.bound / factor,
        marginals=tuple(replace(row, per_million=row.per_million / factor) for row in plan.marginals),
        displaced=tuple(
            replace(row, rivals=tuple(replace(rival, worth=rival.worth / factor) for rival in row.rivals))
            for row in plan.displaced
        ),
    )


def progress_over(progress: Progress | None, factor: Fraction) -> Progress | None:
    """Progress told in the instance's own unit of worth."""
    if progress is None:
        return None
    by = float(factor)
    return lambda worth, bound: progress(worth / by, bound / by)

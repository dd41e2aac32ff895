"""Which demands cannot hold together in a large instance: certificates by prices, one demand left out at a time.

With all benefits set to nothing, prices at which the bound lies below zero prove that no plan exists: even if shares of
compounds could start, the money would not reach. Each demand is left out in turn; if prices still prove it, it stays
out. That the rest can hold when one of what remains is left out is shown by a plan for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np

from gongdi.core.portfolio.model import Demand, Instance
from gongdi.engines.highs.arrays import Arrays, Floats, Ints
from gongdi.engines.highs.bundle_method import Descent
from gongdi.engines.highs.limits import Limits
from gongdi.engines.highs.pricing import Prices

Seconds = Callable[[], float]

EVALUATIONS = 60
"""The most evaluations spent on one question."""

TOLERANCE = 1e-7
"""A shortfall of less than this share of the money is no proof."""


def demands_of(instance: Instance) -> list[Demand]:
    """Every demand, those first that people would give up last: the filter keeps later ones."""
    musts = [Demand("must", row.id) for row in instance.compounds if row.must]
    minimums = [Demand("minimum", row.code) for row in instance.counties if row.minimum]
    return [*musts, *minimums, *(Demand("budget", row.code) for row in instance.funds)]


def relaxed(arrays: Arrays, kept: Collection[Demand]) -> Arrays:
    """The instance with those demands alone: a budget that is not among them is boundless."""
    instance, kept = arrays.instance, set(kept)
    whole = int(arrays.net.sum(axis=2).max(axis=1, initial=0).sum()) + 1
    funds = tuple(
        row if Demand("budget", row.code) in kept else replace(row, budget=tuple(whole for _ in row.budget))
        for row in instance.funds
    )
    counties = tuple(
        row if Demand("minimum", row.code) in kept else replace(row, minimum=0) for row in instance.counties
    )
    compounds = tuple(
        replace(row, must=False) if row.must and Demand("must", row.id) not in kept else row
        for row in instance.compounds
    )
    must = np.array([row.must for row in compounds], dtype=np.bool_)
    budget = np.array([row.budget for row in funds], dtype=np.float64).reshape(arrays.budget.shape) / arrays.unit
    return replace(
        arrays,
        instance=replace(instance, funds=funds, counties=counties, compounds=compounds),
        must=must[arrays.index],
        budget=budget,
        least=np.array([row.minimum for row in counties], dtype=np.float64),
    )


@dataclass(slots=True)
class Certificate:
    """Prices that prove infeasibility, or None with whether that is sure."""

    prices: Prices | None
    sure: bool = True


def certificate(arrays: Arrays, known: Prices | None, seconds: Seconds) -> Certificate:
    """Prices at which the bound without benefits lies below zero, if there are any."""
    descent = Descent(arrays, flat=True)
    count = descent.space.count
    high = np.ones(count)
    bonus = descent.space.bonus[descent.space.bonus >= 0]
    high[bonus] = float(arrays.net.sum(axis=2).max(initial=1)) / arrays.unit
    nothing = -TOLERANCE * float(arrays.budget.sum() + 1)
    point = high * 0.5 if known is None else _scaled(descent.space.point(known), high, bonus)
    for _ in range(EVALUATIONS):
        found = descent.look(point)
        if found.bound < 0 and found.value < nothing:
            return Certificate(descent.space.prices(point))
        target, estimate = descent.master.solve(np.zeros(count), high)
        if estimate >= nothing:
            return Certificate(None)
        if seconds() <= 0:
            break
        point = target
    return Certificate(None, sure=False)


def _scaled(point: Floats, high: Floats, bonus: Ints) -> Floats:
    """Prices prove as much at any scale."""
    needs = np.ones(len(point), dtype=np.bool_)
    needs[bonus] = False
    top = float(point[needs].max(initial=0.0))
    return np.minimum(point / top, high) if top > 0 else point


def priced_conflict(arrays: Arrays, seconds: Seconds) -> tuple[tuple[Demand, ...], bool]:
    """Demands that cannot hold together, and whether it is shown that every smaller part of them can."""
    kept = _impossible_musts(arrays)
    if kept:
        return kept[:1], True
    every = demands_of(arrays.instance)
    proof = certificate(arrays, None, seconds).prices
    if proof is None:
        return tuple(every), False
    result = _without_lots(arrays, every, proof, seconds)
    return tuple(result), _holds_without_any(arrays, result, seconds)


def with_years(arrays: Arrays, conflict: tuple[Demand, ...], seconds: Seconds) -> tuple[Demand, ...]:
    """The demands with the years of each budget that alone make them impossible, as far as prices prove it.

    Where a fund's year has no price in a proof, the proof holds with any budget in that year.
    """
    if not any(row.kind == "budget" for row in conflict):
        return conflict
    proof = certificate(relaxed(arrays, conflict), None, seconds).prices
    if proof is None:
        return conflict
    price = proof.of_funds(arrays)
    binds = {fund.code: price[at] > 0 for at, fund in enumerate(arrays.instance.funds)}

    def told(row: Demand) -> Demand:
        years = arrays.instance.years
        bound = tuple(year for year, counts in zip(years, binds[row.id], strict=True) if counts)
        return replace(row, years=bound) if 0 < len(bound) < len(years) else row

    return tuple(told(row) if row.kind == "budget" else row for row in conflict)


def _impossible_musts(arrays: Arrays) -> tuple[Demand, ...]:
    """Compounds that must start and have no start at all."""
    able = np.isfinite(arrays.benefit).any(axis=1) & arrays.open.any(axis=1)
    rows = np.flatnonzero(arrays.must & ~able)
    return tuple(Demand("must", arrays.instance.compounds[at].id) for at in sorted(arrays.index[rows].tolist()))


def _without_lots(arrays: Arrays, every: list[Demand], proof: Prices, seconds: Seconds) -> list[Demand]:
    """Drop demands, large lots first, as long as prices still prove that the rest cannot hold."""
    result = list(every)
    lot = max(1, sum(row.kind == "must" for row in every))
    while True:
        at = 0
        while at < len(result) and seconds() > 0:
            rest = result[:at] + result[at + lot :]
            found = certificate(relaxed(arrays, rest), proof, seconds)
            if found.prices is not None:
                result, proof = rest, found.prices
            else:
                at += lot
        if lot == 1:
            return result
        lot = max(1, lot // 8)


def _holds_without_any(arrays: Arrays, conflict: list[Demand], seconds: Seconds) -> bool:
    """Whether a plan was found for what is left when any one of the demands is given up."""
    from gongdi.engines.highs.parts import search
    from gongdi.engines.highs.search import Search

    for one in conflict:
        left = seconds()
        if left <= 0:
            return False
        rest = relaxed(arrays, [row for row in conflict if row != one])
        found = search(Search(rest, Limits.from_now(min(left, 20.0)), 1e9))
        if found.best is None:
            return False
    return True

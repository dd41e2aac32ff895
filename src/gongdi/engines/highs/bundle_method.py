"""The best prices: cutting planes in a box around the best point, every point evaluated exactly (see `pricing`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Floats, Ints, sample
from gongdi.engines.highs.master import Master, Space, space_of
from gongdi.engines.highs.pricing import Prices, Valuation, evaluate

BLOCKS = 64
"""About how many blocks the compounds are gathered in; a block lies in one county."""

SAMPLE = 12_000
"""Larger instances find their first prices on a sample of about so many compounds."""


@dataclass(slots=True)
class Dual:
    """The best prices so far and what they prove."""

    prices: Prices
    valuation: Valuation
    evaluations: int = 0
    estimate: float = -np.inf
    """What the cuts hold possible in the last box; tells how near the best prices are."""


def blocks_of(arrays: Arrays) -> tuple[Ints, Ints]:
    """Every row's block and every block's county; area groups are not cut."""
    rows = np.diff(arrays.span)
    parts = np.maximum(1, np.round(BLOCKS * rows / max(1, arrays.rows))).astype(np.int64)
    within = (arrays.unit_of - arrays.span[arrays.county]) * parts[arrays.county] // np.maximum(1, rows[arrays.county])
    first = np.concatenate(([0], np.cumsum(parts)))[:-1]
    return first[arrays.county] + within, np.repeat(np.arange(arrays.counties), parts)


@dataclass(slots=True)
class Descent:
    """A run of the method on one set of arrays."""

    arrays: Arrays
    flat: bool = False
    space: Space = field(init=False)
    blocks: Ints = field(init=False)
    master: Master = field(init=False)
    best: Dual | None = None
    evaluations: int = 0

    def __post_init__(self) -> None:
        self.space = space_of(self.arrays)
        self.blocks, counties = blocks_of(self.arrays)
        self.master = Master(self.arrays, self.space, counties)

    def look(self, point: Floats) -> Valuation:
        """Evaluate at a point, keep the cuts and the best."""
        prices = self.space.prices(point)
        found = evaluate(self.arrays, prices, self.blocks, self.flat, len(self.master.block_county))
        self.evaluations += 1
        self.master.cut(found)
        if self.best is None or found.value < self.best.valuation.value:
            self.best = Dual(prices, found)
        return found

    def begin(self) -> Floats:
        """The best of prices that are the same for every need but for the weights of the years."""
        shape = np.ones(self.space.count)
        weight = self.arrays.weight
        shape[self.space.variable] = np.where(weight > 0, weight, 1e-6)[:, None, None]
        shape[self.space.bonus[self.space.bonus >= 0]] = 0.0
        rate = typical_rate(self.arrays)
        tried = {k: self.look(shape * rate * 2.0**k).value for k in (-1, 0, 1)}
        while len(tried) < 16 and not self.impossible():
            least = min(tried, key=lambda k: (tried[k], k))
            missing = [k for k in (least - 1, least + 1) if k not in tried]
            if not missing:
                break
            for k in missing:
                tried[k] = self.look(shape * rate * 2.0**k).value
        return shape * rate * 2.0 ** min(tried, key=lambda k: (tried[k], k))

    def run(
        self, point: Floats, most: int, near: float, radius: float, on: Callable[[Dual], bool] | None = None
    ) -> None:
        """Go down from a point: at most so many evaluations, until so near to the best (as a share of the bound)."""
        found = self.look(point)
        assert self.best is not None
        centre, value = point, found.value
        typical = max(float(np.median(point[point > 0])) if (point > 0).any() else 1.0, 1e-9)
        for _ in range(most):
            if self.impossible():
                break
            width = radius * np.maximum(centre, 0.3 * typical)
            width[self.space.bonus[self.space.bonus >= 0]] = radius * self.bonus_scale()
            target, estimate = self.master.solve(np.maximum(centre - width, 0.0), centre + width)
            promised = value - estimate
            if promised <= near * max(abs(value), 1e-9):
                self.best.estimate = estimate
                if radius >= 0.1:
                    break
                radius *= 4
                continue
            found = self.look(target)
            if found.value < value - 0.1 * promised:
                radius = min(2.0, radius * (2.0 if found.value < value - 0.5 * promised else 1.2))
            else:
                radius = max(1e-5, radius * 0.4)
            if found.value < value:
                centre, value = target, found.value
            if on is not None and not on(self.best):
                break

    def impossible(self) -> bool:
        """Whether the bound lies below zero, which no plan's worth does."""
        return self.best is not None and self.best.valuation.bound < 0

    def bonus_scale(self) -> float:
        """What a start is worth, about."""
        benefit = np.where(np.isfinite(self.arrays.benefit), self.arrays.benefit, 0.0).max(axis=1, initial=0.0)
        return float(benefit.sum()) / max(1, len(benefit)) + 1e-9


def typical_rate(arrays: Arrays) -> float:
    """What a unit of money buys, about: all benefits over all needs, the best level of each."""
    benefit = np.where(np.isfinite(arrays.benefit), arrays.benefit, 0.0)
    worth = float(benefit.max(axis=1, initial=0.0).sum())
    money = float(arrays.net.sum(axis=2).max(axis=1, initial=0).sum()) / arrays.unit
    return worth / money if worth > 0 and money > 0 else 1.0


def best_prices(
    arrays: Arrays,
    near: float,
    most: int = 90,
    known: Prices | None = None,
    flat: bool = False,
    on: Callable[[Dual], bool] | None = None,
) -> Dual:
    """The prices of the best bound, from prices known for a like instance if there are any."""
    descent = Descent(arrays, flat)
    if known is not None and known.need.shape == (arrays.years, arrays.counties, 3):
        point, radius = descent.space.point(known), 0.02
    elif arrays.rows > 3 * SAMPLE:
        few = sample(arrays, arrays.rows // SAMPLE)
        close = best_prices(few, max(near, 1e-5), most, None, flat)
        point, radius = descent.space.point(close.prices), 0.05
    else:
        point, radius = descent.begin(), 0.5
    descent.run(point, most, near, radius, on)
    assert descent.best is not None
    descent.best.evaluations = descent.evaluations
    return descent.best

"""What a chosen compound keeps out of a plan (挤出): the best of those left out that its money would have paid.

The compound is taken out, all else stays as it is, and what then can be paid exactly is asked of every compound that is
left out, one at a time. So each answer is a swap that somebody could make; the plan says why it is none for the better.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import numpy as np

from gongdi.core.portfolio.model import Displaced, Rival
from gongdi.engines.highs.arrays import Arrays, Floats, Ints
from gongdi.engines.highs.filling import lacks
from gongdi.engines.highs.standing import Standing

RIVALS = 3
"""How many are named."""


def displaced_by(standing: Standing, ids: Collection[str]) -> tuple[Displaced, ...]:
    """What each of these compounds keeps out, by id; those that are not chosen are passed over."""
    arrays = standing.arrays
    compounds = arrays.instance.compounds
    wanted = set(ids)
    rows = [row for row in np.flatnonzero(standing.pick >= 0).tolist() if compounds[arrays.index[row]].id in wanted]
    return tuple(sorted((_displaced(standing, row) for row in rows), key=lambda found: found.id))


def _displaced(standing: Standing, row: int) -> Displaced:
    arrays = standing.arrays
    name = arrays.instance.compounds[arrays.index[row]].id
    pick = standing.pick.copy()
    pick[row] = -1
    without = Standing(arrays, pick)
    if not without.paid:
        return Displaced(name, (), unpaid=True)
    county = arrays.county[row]
    started = int((pick[arrays.county == county] >= 0).sum())
    short_of_minimum = bool(started < arrays.least[county])
    demanded = bool(arrays.must[row]) or short_of_minimum
    return Displaced(name, _rivals(without, row), demanded)


def _rivals(without: Standing, left: int) -> tuple[Rival, ...]:
    arrays = without.arrays
    out = np.flatnonzero((without.pick < 0) & arrays.open.any(axis=1) & np.isfinite(arrays.benefit).any(axis=1))
    out = out[out != left]
    if not len(out):
        return ()
    short = lacks(without, out).short
    worth = _worths(arrays, out)
    worth[short > 0] = -np.inf
    flat = worth.reshape(len(out), -1)
    option = flat.argmax(axis=1)
    best = flat[np.arange(len(out)), option]
    order = [at for at in np.argsort(-best, kind="stable").tolist() if best[at] > 0][:RIVALS]
    return tuple(_rival(arrays, int(out[at]), int(option[at])) for at in order)


def _worths(arrays: Arrays, rows: Ints) -> Floats:
    benefit = arrays.benefit[rows][:, :, None]
    finite = np.isfinite(benefit)
    return np.where(finite, np.where(finite, benefit, 0.0) * arrays.weight, -np.inf)


def _rival(arrays: Arrays, row: int, option: int) -> Rival:
    instance = arrays.instance
    compound, (level, year) = instance.compounds[arrays.index[row]], divmod(option, arrays.years)
    worth: Fraction = compound.levels[level].benefit * instance.weights[year]
    return Rival(compound.id, compound.levels[level].name, instance.years[year], worth)

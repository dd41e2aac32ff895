"""Small parts of a plan that are freed together, and the plan's own starts as entries of a core."""

from __future__ import annotations

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Bools
from gongdi.engines.highs.nearby import Entries
from gongdi.engines.highs.standing import Standing

SEED = 20_270_101
"""Chance decides what is freed; from a fixed seed, so that it decides the same again."""


def modes_of(arrays: Arrays, standing: Standing) -> dict[int, int]:
    """The mode of every area group that saves in a plan, by its first row."""
    which, year = np.nonzero(standing.count.joined >= arrays.areas.need[:, None])
    return dict(zip(arrays.areas.first[which].tolist(), (year + 1).tolist(), strict=True))


def own_entries(arrays: Arrays, standing: Standing) -> Entries:
    """What a plan does, as entries: each row's start or none, in the mode of its area group."""
    which, year = np.nonzero(standing.count.joined >= arrays.areas.need[:, None])
    mode = np.zeros(len(arrays.areas) + 1, dtype=np.int64)
    mode[which] = year + 1
    rows = np.arange(arrays.rows)
    return Entries(rows, mode[arrays.bundle], standing.pick.copy(), np.zeros(arrays.rows))


def units_by_chance(arrays: Arrays, wide: Entries, many: int, turn: int) -> Bools:
    """Rows of area groups and single compounds that have other ways near the prices, about `many` entries of them.

    Two turns of three they come from the counties of one fund, each fund in its turn, so that they compete for the
    same money; those that lose least are the likeliest.
    """
    random = np.random.default_rng([SEED, turn])
    unit = arrays.unit_of
    of = unit[wide.row]
    entries = np.bincount(of, minlength=arrays.rows)
    least = np.full(arrays.rows, np.inf)
    further = wide.loss > 1e-9
    np.minimum.at(least, of[further], wide.loss[further])
    units = np.flatnonzero(entries > arrays.unit_sizes)
    rank = np.where(np.isfinite(least[units]), least[units], 0.0) * random.exponential(size=len(units))
    if turn % 3:
        outside = ~counties_of_fund(arrays, turn - turn // 3 - 1)[arrays.county[units]]
        rank = np.where(outside, np.inf, rank)
    units = units[np.argsort(rank, kind="stable")]
    kept = units[: int(np.searchsorted(np.cumsum(entries[units]), many)) + 1]
    chosen = np.zeros(arrays.rows, dtype=np.bool_)
    chosen[kept] = True
    return np.asarray(chosen[unit], dtype=np.bool_)


def sets_of_counties(arrays: Arrays) -> list[tuple[int, ...]]:
    """The sets of counties that funds pay, each set once, the smallest first."""
    sets = set()
    for at in range(len(arrays.instance.funds)):
        groups = [group for group, funds in enumerate(arrays.groups.funds) if at in funds]
        sets.add(tuple(np.flatnonzero(np.isin(arrays.group, groups).any(axis=1)).tolist()))
    return sorted(sets, key=lambda row: (len(row), row))


def counties_of_fund(arrays: Arrays, turn: int) -> Bools:
    """The counties of the fund whose turn it is."""
    ordered = sets_of_counties(arrays)
    found = np.zeros(arrays.counties, dtype=np.bool_)
    found[list(ordered[turn % len(ordered)])] = True
    return found


def regions(arrays: Arrays) -> list[Bools]:
    """Sets of counties that share no money with any other: problems of their own."""
    of = np.arange(arrays.counties)
    for members in sets_of_counties(arrays):
        joined = np.isin(of, of[list(members)])
        of[joined] = of[joined].min(initial=arrays.counties)
    return [of == first for first in np.unique(of)]


def nearest_in(arrays: Arrays, wide: Entries, rows: Bools, many: int) -> tuple[Bools, float]:
    """Those of the rows whose units have one of the `many` starts of least loss beyond the best, and the last loss."""
    unit = arrays.unit_of
    inside = np.flatnonzero(rows[wide.row] & (wide.loss > 1e-9))
    inside = inside[np.argsort(wide.loss[inside], kind="stable")][:many]
    chosen = np.zeros(arrays.rows, dtype=np.bool_)
    chosen[unit[wide.row[inside]]] = True
    return np.asarray(chosen[unit], dtype=np.bool_), float(wide.loss[inside].max(initial=0.0))

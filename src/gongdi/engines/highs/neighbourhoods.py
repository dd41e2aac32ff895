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

    Every other turn they come from counties next to each other in the order of a chance, so that starts there compete
    for the same money.
    """
    random = np.random.default_rng([SEED, turn])
    entries = np.bincount(arrays.unit_of[wide.row], minlength=arrays.rows)
    units = np.flatnonzero(entries > arrays.unit_sizes)
    order = random.permutation(len(units))
    if turn % 2:
        place = random.permutation(arrays.counties)[arrays.county[units]]
        order = order[np.argsort(place[order], kind="stable")]
    units = units[order]
    kept = units[: int(np.searchsorted(np.cumsum(entries[units]), many)) + 1]
    chosen = np.zeros(arrays.rows, dtype=np.bool_)
    chosen[kept] = True
    return np.asarray(chosen[arrays.unit_of], dtype=np.bool_)

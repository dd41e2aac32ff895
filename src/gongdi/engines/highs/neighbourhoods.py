"""Small parts of a plan that are freed together, and the plan's own starts as entries of a core."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Bools, Ints
from gongdi.engines.highs.nearby import Entries, joined
from gongdi.engines.highs.standing import Standing

SEED = 20_270_101
"""Chance decides what is freed; from a fixed seed, so that it decides the same again."""

FOURTH = 4
"""Each so manieth neighbourhood is drawn by chance."""

MANY = 1_200
"""Starts beyond the plan's own in a neighbourhood that is drawn by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Freed:
    """What may change: whole area groups and single compounds, with all that they may do instead."""

    rows: Bools
    entries: Entries


def freed_in_turn(arrays: Arrays, standing: Standing, wide: Entries, turn: int) -> Freed:
    """The neighbourhood whose turn it is.

    Few years at once compete for few budgets, which the solver settles fast: first every two years with all savings as
    they are, then every two with savings free, then every three; each fourth time a draw by chance among all years.
    """
    if among_all_years(turn):
        rows = by_chance(arrays, wide, MANY, turn // FOURTH)
        return _with_own(arrays, standing, wide.where(rows[wide.row]))
    sets = year_sets(arrays.years)
    years, savings = sets[(turn - turn // FOURTH) % len(sets)]
    return _with_own(arrays, standing, wide.where(_in_years(arrays, standing, wide, years, savings)))


def among_all_years(turn: int) -> bool:
    """Whether the turn draws by chance."""
    return turn % FOURTH == FOURTH - 1


def year_sets(years: int) -> list[tuple[tuple[int, ...], bool]]:
    """Years that are freed together, and whether savings may come and go in them."""
    size = min(2, years)
    found = [(row, savings) for savings in (False, True) for row in combinations(range(years), size)]
    return found + [(row, False) for row in combinations(range(years), 3) if years > 3]


def _in_years(arrays: Arrays, standing: Standing, wide: Entries, years: tuple[int, ...], savings: bool) -> Bools:
    """Starts of rows that start in one of the years or not at all, to be moved among the years or left out."""
    inside = [-1, *years]
    mode, pick = own_modes(arrays, standing), standing.pick
    movable = np.isin(np.where(pick >= 0, pick % arrays.years, -1), inside)[wide.row]
    moved = np.isin(np.where(wide.option >= 0, wide.option % arrays.years, -1), inside)
    stays = wide.option == pick[wide.row]
    if not savings:
        return np.asarray((wide.mode == mode[wide.row]) & movable & moved)
    modes = [0, *(year + 1 for year in years)]
    free = np.isin(mode[wide.row], modes) & np.isin(wide.mode, modes)
    return np.asarray(free & np.where(movable, moved, stays))


def _with_own(arrays: Arrays, standing: Standing, some: Entries) -> Freed:
    """Those starts together with what the plan does: every member of an area group has its own start in every mode."""
    unit = arrays.unit_of
    chosen = np.zeros(arrays.rows, dtype=np.bool_)
    chosen[unit[some.row]] = True
    rows = np.asarray(chosen[unit], dtype=np.bool_)
    own = own_entries(arrays, standing)
    modes = arrays.years + 1
    pairs = np.unique(unit[some.row] * modes + some.mode)
    first, size = pairs // modes, arrays.unit_sizes[pairs // modes]
    offset = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    members = np.repeat(first, size) + offset
    kept = Entries(members, np.repeat(pairs % modes, size), standing.pick[members], np.zeros(len(members)))
    return Freed(rows, joined([some, own.where(rows[own.row]), kept]))


def modes_of(arrays: Arrays, standing: Standing) -> dict[int, int]:
    """The mode of every area group that saves in a plan, by its first row."""
    which, year = np.nonzero(standing.count.joined >= arrays.areas.need[:, None])
    return dict(zip(arrays.areas.first[which].tolist(), (year + 1).tolist(), strict=True))


def own_modes(arrays: Arrays, standing: Standing) -> Ints:
    """Every row's mode in a plan."""
    which, year = np.nonzero(standing.count.joined >= arrays.areas.need[:, None])
    mode = np.zeros(len(arrays.areas) + 1, dtype=np.int64)
    mode[which] = year + 1
    return mode[arrays.bundle]


def own_entries(arrays: Arrays, standing: Standing) -> Entries:
    """What a plan does, as entries: each row's start or none, in the mode of its area group."""
    rows = np.arange(arrays.rows)
    return Entries(rows, own_modes(arrays, standing), standing.pick.copy(), np.zeros(arrays.rows))


def by_chance(arrays: Arrays, wide: Entries, many: int, turn: int) -> Bools:
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
    return sorted(sets, key=lambda row: (len(row), row)) or [tuple(range(arrays.counties))]


def counties_of_fund(arrays: Arrays, turn: int) -> Bools:
    """The counties of the fund whose turn it is."""
    ordered = sets_of_counties(arrays)
    found = np.zeros(arrays.counties, dtype=np.bool_)
    found[list(ordered[turn % len(ordered)])] = True
    return found

"""What a start lacks on top of a plan, for every compound left out at once, and the taking of what still fits.

The figures are exact: for each county and year the room left for every set of its classes comes from the same flow
that pays, and what cannot be paid of several needs is the greatest excess over such a room (maximum flow, minimum cut).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from gongdi.core.portfolio.flow import Place
from gongdi.engines.highs.arrays import Ints
from gongdi.engines.highs.standing import Standing

NEVER = np.iinfo(np.int64).max
"""No money would help: no fund may pay, or the window is closed."""

ROUNDS = 40
"""How often leftovers are taken before the rest is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Lacks:
    """What every start of the rows lacks, in yuan: row, level, year."""

    rows: Ints
    short: Ints

    def least(self) -> tuple[Ints, Ints, Ints]:
        """By row the least that is lacking, the earliest year and in it the first level with it."""
        years = np.moveaxis(self.short, 2, 1)
        flat = years.reshape(len(self.rows), -1)
        at = flat.argmin(axis=1)
        return flat[np.arange(len(at)), at], at // years.shape[2], at % years.shape[2]


def lacks(standing: Standing, rows: Ints, freed: bool = True) -> Lacks:
    """What the rows lack on top of a plan. `freed` looks at savings that free more than the start needs, too."""
    arrays = standing.arrays
    found = np.full((len(rows), arrays.levels, arrays.years), NEVER, dtype=np.int64)
    county = arrays.county[rows]
    rooms: dict[tuple[Place, ...], dict[frozenset[Place], int]] = {}
    for at in np.unique(county):
        here = np.flatnonzero(county == at)
        for year in range(arrays.years):
            able = here[arrays.open[rows[here], year]]
            if len(able):
                _lacks_in(standing, rows, able, (int(at), year), rooms, found)
    if freed:
        _freed(standing, rows, found)
    return Lacks(rows, found)


def _basic(standing: Standing, rows: Ints, county: int, year: int) -> Ints:
    """By how much the basic need of the county and year changes with each start: row, level."""
    arrays, count, areas = standing.arrays, standing.count, standing.arrays.areas
    saving = np.zeros(len(rows), dtype=np.int64)
    inside = np.flatnonzero(arrays.bundle[rows] >= 0)
    bundle = arrays.bundle[rows[inside]]
    tips = count.joined[bundle, year] == areas.need[bundle] - 1
    saving[inside[tips]] = areas.saving[bundle[tips]]
    gross, saved = count.gross[year, county, 0], count.saved[year, county]
    after = np.maximum(0, gross + arrays.net[rows, :, 0] - saved - saving[:, None])
    return np.asarray(after - max(0, int(gross - saved)))


def _lacks_in(
    standing: Standing,
    rows: Ints,
    able: Ints,
    where: tuple[int, int],
    rooms: dict[tuple[Place, ...], dict[frozenset[Place], int]],
    found: Ints,
) -> None:
    arrays, (county, year) = standing.arrays, where
    change = np.concatenate(
        [_basic(standing, rows[able], county, year)[:, :, None], arrays.net[rows[able], :, 1:]], axis=2
    )
    groups = arrays.group[county]
    places = tuple(sorted({(year, int(group)) for group in groups if group >= 0}))
    if places not in rooms:
        rooms[places] = standing.treasury.room_by_subset(places)
    short = np.zeros(change.shape[:2], dtype=np.int64)
    by_place = {place: sum(change[:, :, at] for at in range(3) if groups[at] == place[1]) for place in places}
    for subset in chain.from_iterable(combinations(places, size) for size in range(1, len(places) + 1)):
        np.maximum(short, sum(by_place[place] for place in subset) - rooms[places][frozenset(subset)], out=short)
    lost = (change[:, :, groups < 0] > 0).any(axis=2) | ~np.isfinite(arrays.benefit[rows[able]])
    found[able, :, year] = np.where(lost, NEVER, short)


def _freed(standing: Standing, rows: Ints, found: Ints) -> None:
    """Count starts exactly whose saving frees money that their other needs may use, where that could matter."""
    arrays = standing.arrays
    if not len(arrays.areas):
        return
    tips = standing.count.joined == arrays.areas.need[:, None] - 1
    for at in np.flatnonzero(tips.any(axis=1)[arrays.bundle[rows]] & (arrays.bundle[rows] >= 0)):
        row = int(rows[at])
        for level, year in np.argwhere((found[at] < NEVER) & (found[at] > 0) & tips[arrays.bundle[row]]):
            changes = standing.changes(row, int(level) * arrays.years + int(year))
            back = -sum(yuan for yuan in (changes or {}).values() if yuan < 0)
            if changes and back and found[at, level, year] - back < found[at].min():
                found[at, level, year] = _short_by_trial(standing, changes)


def _short_by_trial(standing: Standing, changes: dict[Place, int]) -> int:
    """Give the freed money back, see what can be paid, and undo all."""
    treasury = standing.treasury
    freed = {place: yuan for place, yuan in changes.items() if yuan < 0}
    wanted = {place: yuan for place, yuan in changes.items() if yuan > 0}
    treasury.change(freed)
    places = tuple(sorted(wanted))
    room = treasury.room_by_subset(places)
    sets = chain.from_iterable(combinations(places, size) for size in range(len(places) + 1))
    short = max(sum(wanted[place] for place in subset) - room[frozenset(subset)] for subset in sets)
    treasury.change({place: -yuan for place, yuan in freed.items()})
    return short


def fill(standing: Standing) -> None:
    """Take whatever the funds can still pay, what is worth most first, until nothing fits."""
    for _ in range(ROUNDS):
        if not any([standing.start(row, option) for row, option in _fitting(standing)]):
            return


def _fitting(standing: Standing) -> Iterator[tuple[int, int]]:
    """Rows left out that could be paid for as things stand, each with its best start, the greatest worth first."""
    arrays = standing.arrays
    rows = np.flatnonzero((standing.pick < 0) & arrays.open.any(axis=1))
    rows = rows[np.isfinite(arrays.benefit[rows]).any(axis=1)]
    if not len(rows):
        return
    short = lacks(standing, rows).short
    with np.errstate(invalid="ignore"):
        worth = np.where(short == 0, arrays.benefit[rows][:, :, None] * arrays.weight, -np.inf)
    flat = np.where(np.isnan(worth), -np.inf, worth).reshape(len(rows), -1)
    option = flat.argmax(axis=1)
    best = flat[np.arange(len(rows)), option]
    fits = np.flatnonzero(best >= 0)
    for at in fits[np.argsort(-best[fits], kind="stable")]:
        yield int(rows[at]), int(option[at])

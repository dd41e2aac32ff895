"""A choice of starts counted and paid exactly, in whole yuan: the judge of everything that floating point proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gongdi.core.portfolio.flow import Place, Shortage, Treasury
from gongdi.core.portfolio.model import CLASSES, Chosen, Demand
from gongdi.core.portfolio.needs import NeedKey
from gongdi.engines.highs.arrays import Arrays, Ints


@dataclass(slots=True, eq=False)
class Count:
    """What a choice needs, in whole yuan: gross by year, county, class; savings by year, county; joined by bundle."""

    gross: Ints
    saved: Ints
    joined: Ints

    def need(self) -> Ints:
        """Need by year, county, class: savings off the basic class, never below zero."""
        found = self.gross.copy()
        found[:, :, 0] = np.maximum(0, found[:, :, 0] - self.saved)
        return found


def count_of(arrays: Arrays, pick: Ints) -> Count:
    """Count a choice of starts."""
    rows = np.flatnonzero(pick >= 0)
    level, year = pick[rows] // arrays.years, pick[rows] % arrays.years
    gross = np.zeros((arrays.years, arrays.counties, 3), dtype=np.int64)
    np.add.at(gross, (year, arrays.county[rows]), arrays.net[rows, level])
    areas = arrays.areas
    joined = np.zeros((len(areas), arrays.years), dtype=np.int64)
    inside = arrays.bundle[rows] >= 0
    np.add.at(joined, (arrays.bundle[rows][inside], year[inside]), 1)
    which, when = np.nonzero(joined >= areas.need[:, None])
    saved = np.zeros((arrays.years, arrays.counties), dtype=np.int64)
    np.add.at(saved, (when, areas.county[which]), areas.saving[which])
    return Count(gross, saved, joined)


def needs_by_place(arrays: Arrays, need: Ints) -> dict[Place, int]:
    """Needs by year and group of funds. Raises if no fund may pay one."""
    found: dict[Place, int] = {}
    for year, county, at in zip(*np.nonzero(need), strict=True):
        group = int(arrays.group[county, at])
        if group < 0:
            raise ValueError(f"no fund may pay {CLASSES[at]} in {arrays.instance.counties[county].code}")
        key = (int(year), group)
        found[key] = found.get(key, 0) + int(need[year, county, at])
    return found


def needs_by_key(arrays: Arrays, need: Ints) -> dict[NeedKey, int]:
    """Needs as core's payments take them."""
    instance = arrays.instance
    return {
        (instance.years[year], instance.counties[county].code, CLASSES[at]): int(need[year, county, at])
        for year, county, at in zip(*np.nonzero(need), strict=True)
    }


def shortage_of(arrays: Arrays, need: Ints) -> Shortage | None:
    """What the funds cannot pay of these needs."""
    treasury = Treasury(arrays.instance, arrays.groups)
    short = sum(yuan - treasury.raise_need(place, yuan) for place, yuan in sorted(needs_by_place(arrays, need).items()))
    return Shortage(short, *treasury.unreached()) if short else None


def unmet(arrays: Arrays, pick: Ints) -> list[Demand]:
    """The demands that a choice of starts does not meet."""
    instance = arrays.instance
    lacking = np.flatnonzero(arrays.must & (pick < 0))
    started = np.bincount(arrays.county[pick >= 0], minlength=arrays.counties)
    musts = [Demand("must", instance.compounds[at].id) for at in arrays.index[lacking]]
    short = [Demand("minimum", row.code) for row, n in zip(instance.counties, started, strict=True) if n < row.minimum]
    return [*musts, *short]


def chosen_of(arrays: Arrays, pick: Ints) -> tuple[Chosen, ...]:
    """A choice of starts as rows of a plan, by id of compound."""
    instance = arrays.instance
    rows = np.flatnonzero(pick >= 0)
    rows = rows[np.argsort(arrays.index[rows])]
    compounds, years = instance.compounds, instance.years
    levels, when = (pick[rows] // arrays.years).tolist(), (pick[rows] % arrays.years).tolist()
    found = zip(arrays.index[rows].tolist(), levels, when, strict=True)
    return tuple(Chosen(compounds[at].id, compounds[at].levels[level].name, years[year]) for at, level, year in found)


class Standing:
    """A choice of starts that is paid, and to which starts can be added one at a time."""

    def __init__(self, arrays: Arrays, pick: Ints) -> None:
        self.arrays = arrays
        self.pick = pick.copy()
        self.count = count_of(arrays, pick)
        self.treasury = Treasury(arrays.instance, arrays.groups)
        self.paid = self.treasury.change(needs_by_place(arrays, self.count.need()))

    def changes(self, row: int, option: int) -> dict[Place, int] | None:
        """The changes of need by place if a row starts; None if a class needs money that no fund may pay."""
        arrays, year = self.arrays, option % self.arrays.years
        county, net = int(arrays.county[row]), arrays.net[row, option // arrays.years]
        gross, saved = int(self.count.gross[year, county, 0]), int(self.count.saved[year, county])
        basic = max(0, gross + int(net[0]) - saved - self.saving(row, year)) - max(0, gross - saved)
        found: dict[Place, int] = {}
        for at, yuan in enumerate((basic, int(net[1]), int(net[2]))):
            group = int(arrays.group[county, at])
            if yuan and group < 0:
                return None
            if yuan:
                found[year, group] = found.get((year, group), 0) + yuan
        return found

    def saving(self, row: int, year: int) -> int:
        """What the row's area group saves by its joining."""
        bundle, areas = int(self.arrays.bundle[row]), self.arrays.areas
        if bundle < 0 or self.count.joined[bundle, year] != areas.need[bundle] - 1:
            return 0
        return int(areas.saving[bundle])

    def start(self, row: int, option: int) -> bool:
        """Start a row if the funds can pay it on top of the rest."""
        changes = self.changes(row, option)
        if changes is None or not self.treasury.change(changes):
            return False
        year, county = option % self.arrays.years, self.arrays.county[row]
        self.count.saved[year, county] += self.saving(row, year)
        self.count.gross[year, county] += self.arrays.net[row, option // self.arrays.years]
        if self.arrays.bundle[row] >= 0:
            self.count.joined[self.arrays.bundle[row], year] += 1
        self.pick[row] = option
        return True

    def start_many(self, rows: Ints, options: Ints) -> bool:
        """Start several rows at once or none."""
        pick = self.pick.copy()
        pick[rows] = options
        count = count_of(self.arrays, pick)
        before = needs_by_place(self.arrays, self.count.need())
        changes = difference(needs_by_place(self.arrays, count.need()), before)
        if not self.treasury.change(changes):
            return False
        self.pick, self.count = pick, count
        return True


def difference(after: Mapping[Place, int], before: Mapping[Place, int]) -> dict[Place, int]:
    """What changed, by place."""
    every = {key: after.get(key, 0) - before.get(key, 0) for key in sorted({*after, *before})}
    return {key: yuan for key, yuan in every.items() if yuan}

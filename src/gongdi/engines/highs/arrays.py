"""An instance as NumPy arrays, built once, for a city or a country: one row a compound, by county and area group.

Money stays in whole yuan (int64) and worth in whole units of `1 / scale`, so that counting is exact; prices work on
floating-point copies. Rows follow county, then bundle, then id, so the order of the input changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import lcm

import numpy as np
from numpy.typing import NDArray

from gongdi.core.portfolio.flow import Groups
from gongdi.core.portfolio.model import CLASSES, Instance

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_MOST = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """The bundles as arrays: their members are the rows from `first` on, `size` of them."""

    first: Ints
    size: Ints
    need: Ints
    saving: Ints
    county: Ints
    index: Ints
    """Position of each in the instance."""

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """The instance by rows. A start is `level * years + year`; no start is -1."""

    instance: Instance
    groups: Groups
    index: Ints
    """Position of each row in the instance."""
    county: Ints
    """Position of each row's county, ascending."""
    unit: int
    """Yuan in one unit of money inside the solver: a power of ten that keeps its numbers near one."""
    net: Ints
    """Net need in yuan: row, level, class."""
    benefit: Floats
    """Row, level; -inf where there is no such level or no fund may pay it."""
    units: Ints
    """The same exactly, in units of 1 / `scale` together with `weight_units`; 0 where there is no level."""
    weight_units: Ints
    scale: int
    open: Bools
    """Row, year: the window."""
    must: Bools
    bundle: Ints
    """Row's bundle in `areas`, or -1."""
    areas: Areas
    group: Ints
    """County, class: which funds pay (a group of `groups`), or -1."""
    span: Ints
    """First row of each county, and the number of rows at the end."""
    budget: Floats
    """Fund, year: budgets in units of money."""
    least: Floats
    """Each county's minimum."""

    @property
    def rows(self) -> int:
        """How many compounds."""
        return len(self.index)

    @property
    def years(self) -> int:
        """How many years."""
        return len(self.instance.years)

    @property
    def levels(self) -> int:
        """The most levels of any compound."""
        return int(self.net.shape[1])

    @property
    def counties(self) -> int:
        """How many counties."""
        return len(self.instance.counties)

    @property
    def weight(self) -> Floats:
        """Weights of the years."""
        return np.array([float(w) for w in self.instance.weights])

    @property
    def unit_of(self) -> Ints:
        """Every row's unit by its first row: its area group, or itself."""
        rows = np.arange(self.rows)
        return np.where(self.bundle >= 0, self.areas.first[self.bundle], rows) if len(self.areas) else rows

    @property
    def unit_sizes(self) -> Ints:
        """At the first row of every unit its number of rows."""
        found = np.ones(self.rows, dtype=np.int64)
        found[self.areas.first] = self.areas.size
        return found

    def worth(self, pick: Ints) -> Fraction:
        """What a choice of starts is worth, exactly."""
        rows = np.flatnonzero(pick >= 0)
        level, year = pick[rows] // self.years, pick[rows] % self.years
        by_year = np.zeros(self.years, dtype=self.units.dtype)
        np.add.at(by_year, year, self.units[rows, level])
        return Fraction(sum(int(a) * int(b) for a, b in zip(by_year, self.weight_units, strict=True)), self.scale)


def arrays_of(instance: Instance) -> Arrays:
    """The arrays of an instance in canonical order."""
    groups = Groups(instance)
    group = np.array(
        [[-1 if (at := groups.of(c.code, k)) is None else at for k in CLASSES] for c in instance.counties],
        dtype=np.int64,
    ).reshape(-1, len(CLASSES))
    code = {county.code: at for at, county in enumerate(instance.counties)}
    county = _ints((code[row.county] for row in instance.compounds), len(instance.compounds))
    bundle = _bundle_of(instance)
    index = np.lexsort((np.arange(len(county)), np.where(bundle < 0, len(instance.bundles), bundle), county))
    county = county[index]
    net, units, scale, real = _levels(instance, index)
    weight_units, weight_scale = _weights(instance)
    benefit = np.where(real, _as_floats(units, scale), -np.inf)
    areas, by_row = _areas(instance, code, bundle[index])
    benefit[~_payable(net, county, group, areas)] = -np.inf
    unit = 1
    while int(net.max(initial=0)) // unit > 10_000:
        unit *= 10
    return Arrays(
        instance,
        groups,
        index,
        county,
        unit,
        net,
        benefit,
        units,
        weight_units,
        scale * weight_scale,
        _open(instance, index),
        np.array([row.must for row in instance.compounds], dtype=np.bool_)[index],
        by_row,
        areas,
        group,
        np.searchsorted(county, np.arange(len(instance.counties) + 1)).astype(np.int64),
        np.array([fund.budget for fund in instance.funds], dtype=np.float64).reshape(-1, len(instance.years)) / unit,
        np.array([row.minimum for row in instance.counties], dtype=np.float64),
    )


def sample(arrays: Arrays, one_in: int) -> Arrays:
    """Every so manieth area group and single row, with budgets and minimums in proportion: prices there come close."""
    number = np.unique(arrays.unit_of, return_inverse=True)[1]
    rows = np.flatnonzero(number % one_in == 0)
    share = len(rows) / arrays.rows
    areas = arrays.areas
    kept = np.unique(arrays.bundle[rows])
    kept = kept[kept >= 0]
    renumbered = np.full(len(areas) + 1, -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    first = np.searchsorted(rows, areas.first[kept])
    return replace(
        arrays,
        index=arrays.index[rows],
        county=arrays.county[rows],
        net=arrays.net[rows],
        benefit=arrays.benefit[rows],
        units=arrays.units[rows],
        open=arrays.open[rows],
        must=arrays.must[rows],
        bundle=renumbered[arrays.bundle[rows]],
        areas=Areas(
            first, areas.size[kept], areas.need[kept], areas.saving[kept], areas.county[kept], areas.index[kept]
        ),
        span=np.searchsorted(arrays.county[rows], np.arange(arrays.counties + 1)).astype(np.int64),
        budget=arrays.budget * share,
        least=arrays.least * share,
    )


def _ints(values: Iterable[int], count: int = -1) -> Ints:
    return np.fromiter(values, dtype=np.int64, count=count)


def _as_floats(units: Ints, scale: int) -> Floats:
    return np.asarray(units / scale, dtype=np.float64)


def _bundle_of(instance: Instance) -> Ints:
    position = {row.id: at for at, row in enumerate(instance.compounds)} if instance.bundles else {}
    found = np.full(len(instance.compounds), -1, dtype=np.int64)
    sizes = _ints((len(row.members) for row in instance.bundles), len(instance.bundles))
    members = _ints(position[name] for row in instance.bundles for name in row.members)
    found[members] = np.repeat(np.arange(len(instance.bundles)), sizes)
    return found


def _levels(instance: Instance, index: Ints) -> tuple[Ints, Ints, int, Bools]:
    """Net needs, benefits in whole units with their scale, and which levels there are."""
    compounds = instance.compounds
    sizes = _ints((len(row.levels) for row in compounds), len(compounds))
    most = int(sizes.max(initial=1))
    row = np.repeat(np.arange(len(compounds)), sizes)
    level = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    scale = lcm(*{one.benefit.denominator for each in compounds for one in each.levels})
    whole = [one.benefit.numerator * (scale // one.benefit.denominator) for each in compounds for one in each.levels]
    exact = sum(whole) * _weights(instance)[1] * 4 < _MOST
    units = np.zeros((len(compounds), most), dtype=np.int64 if exact else object)
    units[row, level] = np.array(whole, dtype=units.dtype)
    cost = np.zeros((len(compounds), most, len(CLASSES)), dtype=np.int64)
    flat = _ints(chain.from_iterable(one.cost for each in compounds for one in each.levels))
    cost[row, level] = flat.reshape(-1, len(CLASSES))
    own = _ints((each.own_money for each in compounds), len(compounds))[:, None]
    net = np.empty_like(cost)
    for at in reversed(range(len(CLASSES))):
        net[:, :, at] = np.maximum(0, cost[:, :, at] - own)
        own = np.maximum(0, own - cost[:, :, at])
    real = np.zeros((len(compounds), most), dtype=np.bool_)
    real[row, level] = True
    return net[index], units[index], scale, real[index]


def _weights(instance: Instance) -> tuple[Ints, int]:
    scale = lcm(*(weight.denominator for weight in instance.weights))
    whole = [weight.numerator * (scale // weight.denominator) for weight in instance.weights]
    return np.array(whole, dtype=np.int64 if max(whole) < _MOST else object), scale


def _open(instance: Instance, index: Ints) -> Bools:
    years = _ints(instance.years)
    first = _ints((row.earliest for row in instance.compounds), len(index))[index]
    last = _ints((row.latest for row in instance.compounds), len(index))[index]
    return np.asarray((first[:, None] <= years) & (years <= last[:, None]), dtype=np.bool_)


def _areas(instance: Instance, code: dict[str, int], bundle: Ints) -> tuple[Areas, Ints]:
    """Bundles in the order of their rows; bundles that save nothing or have no members are no bundles."""
    rows = instance.bundles
    size = np.bincount(bundle[bundle >= 0], minlength=len(rows)).astype(np.int64)
    saving = _ints((row.saving for row in rows), len(rows))
    first = np.full(len(rows), -1, dtype=np.int64)
    held = np.flatnonzero(bundle >= 0)[::-1]
    first[bundle[held]] = held
    kept = np.flatnonzero((size > 0) & (saving > 0))
    kept = kept[np.argsort(first[kept], kind="stable")]
    number = np.full(len(rows) + 1, -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    need = _ints((row.need for row in rows), len(rows))
    county = _ints((code[row.county] for row in rows), len(rows))
    areas = Areas(first[kept], size[kept], need[kept], saving[kept], county[kept], kept)
    return areas, number[bundle]


def _payable(net: Ints, county: Ints, group: Ints, areas: Areas) -> Bools:
    """Which levels some fund may pay; savings alone may bring a basic need to zero that no fund could pay."""
    lost = group < 0
    lost[np.unique(areas.county), 0] = False
    return np.asarray(~((net > 0) & lost[county][:, None, :]).any(axis=2), dtype=np.bool_)

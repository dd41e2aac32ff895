"""What everybody would choose at stated prices, and the upper bound on every plan that follows from it.

A price says what a yuan of need costs in a year, county and class; a bonus what one start towards a county's minimum
brings. At any prices that are not negative,

    sum of every area group's best value + sum of (price of a fund's year x its budget) - sum of (bonus x minimum)

is no less than the worth of any plan. The price of a fund's year is the highest price that it may pay in that year or,
with carry-over, later. An area group's best value is each member's best choice on its own plus, if positive, the best
over the years of saving x price less the `need` smallest losses of pushing members into that year. This is exact,
since `need` is more than half of the members: at most one year saves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Floats, Ints

PIECE = 200_000
"""Rows that are worked on at once, which bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Prices (影子价格): worth for a unit of money (`Arrays.unit`) by year, county, class; bonuses by county."""

    need: Floats
    bonus: Floats

    def of_funds(self, arrays: Arrays) -> Floats:
        """The price of each fund's year, in worth for a unit of money: what a little more would bring at most."""
        instance = arrays.instance
        found = np.zeros((len(instance.funds), arrays.years))
        for group, funds in enumerate(arrays.groups.funds):
            where = arrays.group == group
            price = np.array([self.need[year][where].max(initial=0.0) for year in range(arrays.years)])
            for fund in funds:
                np.maximum(found[fund], price, out=found[fund])
        for at, fund_row in enumerate(instance.funds):
            if fund_row.carry_over:
                found[at] = np.maximum.accumulate(found[at][::-1])[::-1]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Valuation:
    """The choice at stated prices: starts by row, its sums by block, and the bound that it proves."""

    bound: Fraction
    value: float
    pick: Ints
    need: Floats
    """Block, year, class, in units of money, savings taken off."""
    started: Floats
    worth: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best value by year, the level it takes, and the best of all years and of not starting."""

    year: Floats
    level: Ints
    value: Floats


def pieces(arrays: Arrays) -> Iterator[slice]:
    """Spans of rows that cut no area group and no more than PIECE rows long where that can be."""
    start = 0
    while start < arrays.rows:
        end = min(arrays.rows, start + PIECE)
        while end < arrays.rows and arrays.bundle[end] >= 0 and arrays.bundle[end] == arrays.bundle[end - 1]:
            end += 1
        yield slice(start, end)
        start = end


def option_values(arrays: Arrays, prices: Prices, span: slice, flat: bool = False) -> Floats:
    """The value of every start at the prices: level, row, year; -inf where it may not be."""
    found = np.empty((arrays.levels, span.stop - span.start, arrays.years))
    county = arrays.county[span]
    weight = arrays.weight
    for at in range(arrays.levels):
        benefit = arrays.benefit[span, at]
        if flat:
            benefit = np.where(np.isfinite(benefit), 0.0, -np.inf)
        # 0 x -inf is no number: a year that weighs nothing still cannot take a level that is not there.
        finite = np.isfinite(benefit)
        found[at] = np.where(finite, benefit, 0.0)[:, None] * weight
        found[at][~finite] = -np.inf
    money = arrays.net[span] / arrays.unit
    for at in np.unique(county):
        low, high = np.searchsorted(county, (at, at + 1))
        price = prices.need[:, at, :].T
        for level in range(arrays.levels):
            found[level, low:high] += prices.bonus[at] - _cost(money[low:high, level], price)
    found[:, ~arrays.open[span]] = -np.inf
    return found


def _cost(money: Floats, price: Floats) -> Floats:
    """What needs cost at the prices: row, year. Written out, since a matrix product rounds as the processor likes."""
    parts = [money[:, at, None] * price[at] for at in range(3)]
    return np.asarray(parts[0] + parts[1] + parts[2])


def best_starts(arrays: Arrays, values: Floats, span: slice) -> Best:
    """Every row's best value by year and over all."""
    year, level = values[0].copy(), np.zeros(values[0].shape, dtype=np.int64)
    for at in range(1, len(values)):
        better = values[at] > year
        year[better] = values[at][better]
        level[better] = at
    none = np.where(arrays.must[span], -np.inf, 0.0)
    return Best(year, level, np.maximum(none, year.max(axis=1)))


@dataclass(frozen=True, slots=True, eq=False)
class Push:
    """Area groups of one size: which, their members, and the members' losses in each year from least to most."""

    areas: Ints
    members: Ints
    loss: Floats
    total: Floats
    """Sum of the least losses: group, how many, year; how many = 0 ... size."""


def pushes(arrays: Arrays, best: Best, span: slice) -> Iterator[Push]:
    """For every size of area group, what it costs to push members into one year."""
    areas = arrays.areas
    low, high = np.searchsorted(areas.first, (span.start, span.stop))
    sizes = areas.size[low:high]
    for size in np.unique(sizes):
        which = low + np.flatnonzero(sizes == size)
        members = areas.first[which][:, None] + np.arange(size) - span.start
        with np.errstate(invalid="ignore"):
            loss = best.value[members][:, :, None] - best.year[members]
        loss = np.where(np.isnan(loss), np.inf, loss)
        total = np.zeros((len(which), size + 1, arrays.years))
        np.cumsum(np.sort(loss, axis=1), axis=1, out=total[:, 1:])
        yield Push(which, members, loss, total)


def gains(arrays: Arrays, prices: Prices, push: Push) -> Floats:
    """What an area group gains by saving in each year, -inf where it cannot: group, year."""
    areas = arrays.areas
    saved = areas.saving[push.areas][:, None] / arrays.unit * prices.need[:, areas.county[push.areas], 0].T
    cost = np.take_along_axis(push.total, areas.need[push.areas][:, None, None], axis=1)[:, 0]
    return np.asarray(saved - cost)


def evaluate(arrays: Arrays, prices: Prices, blocks: Ints, flat: bool = False, many: int = 0) -> Valuation:
    """The bound at stated prices, with what is chosen for it. `blocks` numbers the rows' blocks, `flat` drops benefits.

    A row that must start and cannot makes the bound minus infinity.
    """
    many = many or int(blocks.max(initial=-1)) + 1
    pick = np.empty(arrays.rows, dtype=np.int64)
    need = np.zeros((many, arrays.years, 3))
    total = magnitude = 0.0
    for span in pieces(arrays):
        values = option_values(arrays, prices, span, flat)
        best = best_starts(arrays, values, span)
        year = best.year.argmax(axis=1)
        at = np.arange(len(year))
        starts = best.year[at, year] > np.where(arrays.must[span], -np.inf, 0.0)
        pick[span] = np.where(starts, best.level[at, year] * arrays.years + year, -1)
        total += float(best.value.sum())
        for push in pushes(arrays, best, span):
            total += _save(arrays, prices, push, best, pick[span], need, blocks[span])
        magnitude += float(np.abs(best.value).sum())
    started, worth = _sums(arrays, pick, blocks, need, flat)
    paid = prices.of_funds(arrays)
    money, owed = float((paid * arrays.budget).sum()), float((prices.bonus * arrays.least).sum())
    value = total + money - owed
    # Every number above is a sum of products, each off by a few units in the last place of what enters it.
    turnover = float((np.abs(need).sum(axis=0) * prices.need.max(axis=1, initial=0.0)).sum())
    slack = 1e-13 * (magnitude + money + owed + 2 * turnover + float(worth.sum())) + 1e-9
    bound = Fraction(value + slack) if np.isfinite(value) else Fraction(-1)
    return Valuation(bound, value, pick, need, started, worth)


def _save(arrays: Arrays, prices: Prices, push: Push, best: Best, pick: Ints, need: Floats, blocks: Ints) -> float:
    """Push area groups into the years in which they gain; what they gain."""
    gain = gains(arrays, prices, push)
    year = gain.argmax(axis=1)
    top = gain[np.arange(len(gain)), year]
    won = np.flatnonzero(top > 0)
    if not len(won):
        return 0.0
    areas, members, year = push.areas[won], push.members[won], year[won]
    loss = np.take_along_axis(push.loss[won], year[:, None, None], axis=2)[:, :, 0]
    rank = np.argsort(np.argsort(loss, axis=1, kind="stable"), axis=1, kind="stable")
    pushed = rank < arrays.areas.need[areas][:, None]
    rows, when = members[pushed], np.broadcast_to(year[:, None], members.shape)[pushed]
    pick[rows] = best.level[rows, when] * arrays.years + when
    np.subtract.at(need[:, :, 0], (blocks[members[:, 0]], year), arrays.areas.saving[areas] / arrays.unit)
    return float(top[won].sum())


def _sums(arrays: Arrays, pick: Ints, blocks: Ints, need: Floats, flat: bool) -> tuple[Floats, Floats]:
    """Add the needs of a choice by block; its starts and its worth by block."""
    rows = np.flatnonzero(pick >= 0)
    level, year = pick[rows] // arrays.years, pick[rows] % arrays.years
    many = len(need)
    key = blocks[rows] * arrays.years + year
    for at in range(3):
        money = arrays.net[rows, level, at] / arrays.unit
        need[:, :, at] += np.bincount(key, money, minlength=many * arrays.years).reshape(many, arrays.years)
    started = np.bincount(blocks[rows], minlength=many).astype(np.float64)
    worth = np.zeros(len(rows)) if flat else arrays.benefit[rows, level] * arrays.weight[year]
    return started, np.bincount(blocks[rows], worth, minlength=many).astype(np.float64)

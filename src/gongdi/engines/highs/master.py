"""The linear program that proposes prices: exact rows for the funds, cuts for what the blocks of compounds gain.

Its value is a lower estimate of the best bound, never reported: only an evaluation at its prices proves anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np

from gongdi.engines.highs.arrays import Arrays, Floats, Ints
from gongdi.engines.highs.pricing import Prices, Valuation
from gongdi.engines.highs.session import SolverError, _ok, quiet_solver

SAVED_SHARE = 0.3
"""A county whose area groups might save this share of its cheapest basic needs has basic prices of its own."""

KEPT = 12
"""Rounds after which a cut that binds nothing is dropped."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Which prices are one variable: needs that the same funds may pay in a year, unless savings may end their need."""

    variable: Ints
    """Year, county, class."""
    count: int
    bonus: Ints
    """County: variable of its bonus, or -1 without a minimum."""

    def prices(self, point: Floats) -> Prices:
        """The prices at a point."""
        bonus = np.where(self.bonus >= 0, point[self.bonus], 0.0)
        return Prices(point[self.variable], bonus)

    def point(self, prices: Prices) -> Floats:
        """The point of given prices: the highest where several prices are one variable."""
        found = np.zeros(self.count)
        np.maximum.at(found, self.variable, prices.need)
        found[self.bonus[self.bonus >= 0]] = prices.bonus[self.bonus >= 0]
        return found


def space_of(arrays: Arrays) -> Space:
    """The prices that are sought for an instance."""
    counties, years = arrays.counties, arrays.years
    cheapest = np.where(np.isfinite(arrays.benefit), arrays.net[:, :, 0], np.iinfo(np.int64).max).min(axis=1, initial=0)
    basic = np.bincount(arrays.county, cheapest, minlength=counties)
    saved = np.bincount(arrays.areas.county, arrays.areas.saving, minlength=counties)
    kind = arrays.group.copy()
    groups = len(arrays.groups.funds)
    alone = (kind < 0) | (np.arange(3) == 0) & (saved >= SAVED_SHARE * basic)[:, None] & (saved > 0)[:, None]
    kind[alone] = groups + np.arange(int(alone.sum()))
    used, number = np.unique(kind, return_inverse=True)
    variable = np.arange(years)[:, None, None] * len(used) + number.reshape(kind.shape)
    count = years * len(used)
    owed = arrays.least > 0
    bonus = np.full(counties, -1, dtype=np.int64)
    bonus[owed] = count + np.arange(int(owed.sum()))
    return Space(variable, count + int(owed.sum()), bonus)


@dataclass(slots=True)
class Master:
    """Cuts gathered so far, over prices, a value for every block and a price for every fund's year."""

    arrays: Arrays
    space: Space
    block_county: Ints
    highs: highspy.Highs = field(default_factory=quiet_solver)
    idle: list[int] = field(default_factory=list)
    fixed_rows: int = 0
    seen: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        count, blocks = self.space.count, len(self.block_county)
        cost = np.zeros(count)
        owed = self.space.bonus >= 0
        cost[self.space.bonus[owed]] = -self.arrays.least[owed]
        self._columns(cost, 0.0)
        self._columns(np.ones(blocks), -highspy.kHighsInf)
        self._columns(self.arrays.budget.ravel(), 0.0)
        self._fund_rows(count + blocks)

    def _columns(self, cost: Floats, lower: float) -> None:
        many = len(cost)
        empty = np.array([], dtype=np.int32)
        status = self.highs.addCols(
            many, cost, np.full(many, lower), np.full(many, highspy.kHighsInf), 0, empty, empty, np.array([])
        )
        _ok(status, "columns of prices")

    def _rows(self, lower: Floats, starts: list[int], index: Ints, value: Floats) -> None:
        many = len(lower)
        upper = np.full(many, highspy.kHighsInf)
        status = self.highs.addRows(
            many, lower, upper, len(index), np.array(starts, dtype=np.int32), index.astype(np.int32), value
        )
        _ok(status, "rows of prices")

    def _fund_rows(self, first: int) -> None:
        """A fund's year costs at least what it may pay then and, with carry-over, its next year."""
        pairs = set()
        years, funds = self.arrays.years, self.arrays.instance.funds
        for group, members in enumerate(self.arrays.groups.funds):
            where = self.arrays.group == group
            for year in range(years):
                for variable in np.unique(self.space.variable[year][where]):
                    pairs |= {(first + fund * years + year, int(variable)) for fund in members}
        for at, fund_row in enumerate(funds):
            if fund_row.carry_over:
                pairs |= {(first + at * years + year, first + at * years + year + 1) for year in range(years - 1)}
        rows = sorted(pairs)
        index = np.array(rows, dtype=np.int64).ravel()
        value = np.tile([1.0, -1.0], len(rows))
        self._rows(np.zeros(len(rows)), list(range(0, 2 * len(rows), 2)), index, value)
        self.fixed_rows = len(rows)

    def cut(self, found: Valuation) -> int:
        """Take what an evaluation shows about every block; how many cuts were new."""
        count = self.space.count
        lower, starts, index, value = [], [], [], []
        at = 0
        for block, county in enumerate(self.block_county):
            key = np.array([block, found.worth[block], found.started[block], *found.need[block].ravel()]).tobytes()
            if key in self.seen:
                continue
            self.seen.add(key)
            dense = np.bincount(self.space.variable[:, county].ravel(), found.need[block].ravel(), minlength=count)
            if self.space.bonus[county] >= 0:
                dense[self.space.bonus[county]] = -found.started[block]
            used = np.flatnonzero(dense)
            lower.append(found.worth[block])
            starts.append(at)
            index.append(np.append(used, count + block))
            value.append(np.append(dense[used], 1.0))
            at += len(used) + 1
        if lower:
            self._rows(np.array(lower), starts, np.concatenate(index), np.concatenate(value))
            self.idle += [0] * len(lower)
        return len(lower)

    def solve(self, low: Floats, high: Floats) -> tuple[Floats, float]:
        """The best prices in a box as far as the cuts know, and their value."""
        count = self.space.count
        _ok(self.highs.changeColsBounds(count, np.arange(count, dtype=np.int32), low, high), "the box")
        _ok(self.highs.run(), "the run")
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS ended with {self.highs.getModelStatus()} on prices")
        solution = self.highs.getSolution()
        self._drop(np.array(solution.row_dual[self.fixed_rows :]))
        return np.maximum(np.array(solution.col_value[:count]), 0.0), float(
            self.highs.getInfo().objective_function_value
        )

    def _drop(self, dual: Floats) -> None:
        self.idle = [0 if price > 1e-9 else rounds + 1 for price, rounds in zip(dual, self.idle, strict=True)]
        old = [at for at, rounds in enumerate(self.idle) if rounds > KEPT]
        if len(old) > len(self.idle) // 3:
            rows = np.array(old, dtype=np.int32) + self.fixed_rows
            _ok(self.highs.deleteRows(len(rows), rows), "dropping cuts")
            self.idle = [rounds for rounds in self.idle if rounds <= KEPT]
            self.seen.clear()

    def forget_objective(self, costs: Floats) -> None:
        """Other minimums and budgets over the same cuts."""
        many = len(costs)
        _ok(self.highs.changeColsCost(many, np.arange(many, dtype=np.int32), costs), "the costs")

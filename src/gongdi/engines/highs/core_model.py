"""The core: an exact program over the starts that are still open, all others being fixed.

Every area group that is still open has a column for each year in which it may save and columns for the starts of its
members; it saves only if enough of them start in that year, each counting for no more than the saving itself. Without
budgets these columns have whole corners only, so the program's relaxation is as tight as prices can make it. What is
fixed stands as constants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongdi.core.portfolio.flow import Shortage
from gongdi.engines.highs.arrays import Arrays, Ints
from gongdi.engines.highs.nearby import NONE, Entries
from gongdi.engines.highs.pricing import Prices
from gongdi.engines.highs.session import Rows
from gongdi.engines.highs.standing import Count, count_of

Line = dict[int, float]
Options = dict[int, list[int]]
"""A mode's members, by row, with the options that each may take."""


@dataclass(slots=True)
class CoreModel:
    """The program with the meaning of its columns. `margin` yuan of every fund's year are held back for rounding."""

    arrays: Arrays
    base: Ints
    """Starts by row; those of open rows do not count."""
    margin: float = 0.0
    elastic: tuple[Prices, float] | None = None
    """Prices and a share: money may be bought and sold at prices dearer and cheaper by that share (no plan then)."""
    buys: bool = False
    """Further money may be bought for every fund and year, at one for a unit of money."""
    bought: dict[tuple[int, int], int] = field(default_factory=dict)
    """Fund, year: the column of what is bought."""
    rows: Rows = field(default_factory=Rows)
    count: Count = field(init=False)
    picks: list[tuple[int, int, int]] = field(default_factory=list)
    """Column (or -1 for always), row, option: what a column's being one means."""
    modes: dict[tuple[int, int], int] = field(default_factory=dict)
    """First row of a unit and mode: its column, -1 if it is the only mode."""
    need: dict[tuple[int, int, int], Line] = field(default_factory=lambda: defaultdict(dict))
    started: dict[int, Line] = field(default_factory=lambda: defaultdict(dict))
    saving: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    place_lines: dict[tuple[int, int], tuple[Line, float]] = field(default_factory=dict)
    place_rows: dict[tuple[int, int], int] = field(default_factory=dict)
    floor_rows: dict[tuple[int, int], int] = field(default_factory=dict)
    minimum_rows: dict[int, int] = field(default_factory=dict)
    slack: list[int] = field(default_factory=list)
    certain: float = 0.0
    """Worth of starts that are the only option."""

    def __post_init__(self) -> None:
        self.count = count_of(self.arrays, self.base)
        self.rows.column(upper=0.0)

    def build(self, entries: Entries) -> CoreModel:
        """Write the program over open entries: all modes and options of the open units."""
        for unit, modes in _units(self.arrays, entries):
            self._unit(unit, modes)
        self._minimums()
        self._places()
        self._money()
        return self

    def _unit(self, unit: int, modes: dict[int, Options]) -> None:
        """One area group, or one compound on its own."""
        ways: Options = {}
        for members in modes.values():
            for row, options in members.items():
                ways[row] = sorted({*ways.get(row, ()), *options})
        columns = {row: self._member(row, options) for row, options in ways.items()}
        choice: Line = {}
        for mode in sorted(mode for mode in modes if mode):
            only = len(modes) == 1
            column = -1 if only else self.rows.column(0.0, 1.0, whole=True)
            self.modes[unit, mode] = column
            if not only:
                choice[column] = 1.0
            self._saves(unit, mode - 1, column, columns)
        if choice:
            self.rows.row(choice, 1.0, -np.inf if 0 in modes else 1.0)

    def _member(self, row: int, options: list[int]) -> dict[int, int]:
        """A member's options with their columns, -1 for the only one."""
        if len(options) == 1:
            self._mean(-1, row, options[0])
            return {options[0]: -1}
        found = {option: self.rows.column(0.0, 1.0, whole=True) for option in options}
        for option, column in found.items():
            self._mean(column, row, option)
        self.rows.row(dict.fromkeys(found.values(), 1.0), 1.0, 1.0)
        return found

    def _mean(self, column: int, row: int, option: int) -> None:
        """A column (or, at -1, a constant) stands for a start: its worth, needs and count."""
        self.picks.append((column, row, option))
        if option == NONE:
            return
        arrays = self.arrays
        level, year = divmod(option, arrays.years)
        county = int(arrays.county[row])
        worth = float(arrays.benefit[row, level]) * float(arrays.instance.weights[year])
        if column < 0:
            self.certain += worth
            self.count.gross[year, county] += arrays.net[row, level]
        else:
            self.rows.cost[column] += worth
            for at, yuan in enumerate(arrays.net[row, level].tolist()):
                if yuan:
                    _add(self.need[year, county, at], column, yuan / arrays.unit)
        _add(self.started[county], column, 1.0)

    def _saves(self, unit: int, year: int, column: int, members: dict[int, dict[int, int]]) -> None:
        """A mode holds only if enough members start in its year; each counts for no more than the mode does."""
        areas, bundle = self.arrays.areas, int(self.arrays.bundle[unit])
        least, line = float(areas.need[bundle]), Line()
        for options in members.values():
            inside = [at for option, at in options.items() if option >= 0 and option % self.arrays.years == year]
            if -1 in inside or (inside and len(inside) == len(options)):
                least -= 1.0
            elif inside and column < 0:
                line.update(dict.fromkeys(inside, 1.0))
            elif inside:
                share = self.rows.column(0.0, 1.0)
                self.rows.row({share: 1.0, **dict.fromkeys(inside, -1.0)}, 0.0)
                self.rows.row({share: 1.0, column: -1.0}, 0.0)
                line[share] = 1.0
        if least > 0:
            self.rows.row(line if column < 0 else {**line, column: -least}, np.inf, least if column < 0 else 0.0)
        county, yuan = int(areas.county[bundle]), int(areas.saving[bundle])
        if column < 0:
            self.count.saved[year, county] += yuan
        else:
            _add(self.need[year, county, 0], column, -yuan / self.arrays.unit)
            self.saving[year, county] += yuan

    def _minimums(self) -> None:
        fixed = np.bincount(self.arrays.county[self.base >= 0], minlength=self.arrays.counties)
        for county, line in sorted(self.started.items()):
            least = float(self.arrays.least[county] - fixed[county]) - line.pop(-1, 0.0)
            if self.elastic is not None:
                line[self._bought(float(self.elastic[0].bonus[county]))] = 1.0
            if least > 0:
                self.minimum_rows[county] = self.rows.row(line, np.inf, least)

    def _places(self) -> None:
        """Lines over columns, with a constant in units of money, of what each year's group of needs takes."""
        arrays, lines = self.arrays, self.place_lines
        fixed = self.count.need()
        for year, county, at in sorted({*self.need, *map(tuple, np.argwhere(fixed > 0).tolist())}):
            line = self.need.get((year, county, at), {})
            gross, saved = int(self.count.gross[year, county, at]), int(self.count.saved[year, county])
            constant = gross - saved if at == 0 else gross
            group = int(arrays.group[county, at])
            if at == 0 and (group < 0 or constant < self.saving.get((year, county), 0.0)):
                line = self._floored(line, constant, (year, county), group)
                constant = 0
            if group >= 0:
                old, sum_so_far = lines.setdefault((year, group), ({}, 0.0))
                for column, value in line.items():
                    _add(old, column, value)
                lines[year, group] = old, sum_so_far + constant / self.arrays.unit

    def _floored(self, line: Line, constant: int, where: tuple[int, int], group: int) -> Line:
        """A column for a county's basic need that savings may bring to zero and no further."""
        need = self.rows.column(upper=0.0 if group < 0 else np.inf)
        self.floor_rows[where] = self.rows.row({**line, need: -1.0}, -constant / self.arrays.unit)
        return {need: 1.0}

    def _money(self) -> None:
        """Payments cover the needs; a fund pays within its budgets, with carry-over within their running sum."""
        paid: dict[tuple[int, int], Line] = defaultdict(dict)
        arrays = self.arrays
        for at, fund in enumerate(arrays.instance.funds):
            running: Line = {}
            available = 0
            for year, budget in enumerate(fund.budget):
                available = budget + (available if fund.carry_over else 0)
                running = running if fund.carry_over else {}
                for group, funds in enumerate(arrays.groups.funds):
                    if at in funds and (year, group) in self.place_lines:
                        column = self.rows.column()
                        running[column] = 1.0
                        paid[year, group][column] = -1.0
                if self.buys:
                    # Of funds that serve as well the first is named, and the earlier year.
                    self.bought[at, year] = self.rows.column(-1.0 - 1e-6 * (at + year / arrays.years))
                    running[self.bought[at, year]] = -1.0
                if running:
                    self.rows.row(dict(running), max(0.0, available - self.margin) / arrays.unit)
        for place, (line, constant) in sorted(self.place_lines.items()):
            if self.elastic is not None:
                need = self.elastic[0].need[place[0]]
                price = float(need[arrays.group == place[1]].max(initial=0.0))
                line[self._bought(price)] = -1.0
                line[self.rows.column(price * (1 - self.elastic[1]))] = 1.0
            self.place_rows[place] = self.rows.row({**line, **paid[place]}, -constant)

    def _bought(self, price: float) -> int:
        """A column that makes up what lacks, at a price somewhat above the known one."""
        assert self.elastic is not None
        self.rows.column(-(price * (1 + self.elastic[1]) + 1e-6))
        self.slack.append(len(self.rows.cost) - 1)
        return self.slack[-1]

    def forbid(self, shortage: Shortage) -> None:
        """Cut off a choice that rounding let through: the needs at those places stay within their whole supply."""
        whole: Line = {}
        fixed = 0.0
        for place in shortage.places:
            line, constant = self.place_lines.get(place, ({}, 0.0))
            fixed += constant
            for column, value in line.items():
                _add(whole, column, value)
        self.rows.row(whole, (shortage.supply + 0.5) / self.arrays.unit - fixed)

    def prices(self, duals: NDArray[np.float64], known: Prices) -> Prices:
        """The prices that the relaxation puts on needs and minimums; those it does not see stay as known."""
        need, bonus = known.need.copy(), known.bonus.copy()
        for (year, group), row in self.place_rows.items():
            need[year][self.arrays.group == group] = abs(duals[row])
        for (year, county), row in self.floor_rows.items():
            need[year, county, 0] = abs(duals[row])
        for county, row in self.minimum_rows.items():
            bonus[county] = abs(duals[row])
        return Prices(need, bonus)

    def read(self, values: NDArray[np.float64]) -> Ints:
        """The starts that a solution chooses."""
        pick = self.base.copy()
        for column, row, option in self.picks:
            if column < 0 or values[column] > 0.5:
                pick[row] = option
        return pick

    def solution(self, pick: Ints, mode_of: dict[int, int]) -> list[tuple[int, float]]:
        """The whole-number columns of a choice; `mode_of` gives the mode of open units, others are 0."""
        found = {column: float(pick[row] == option) for column, row, option in self.picks if column >= 0}
        for (unit, mode), column in self.modes.items():
            if column >= 0:
                found[column] = float(mode_of.get(unit, 0) == mode)
        return sorted(found.items())


def _add(line: Line, column: int, value: float) -> None:
    line[column] = line.get(column, 0.0) + value


def _units(arrays: Arrays, entries: Entries) -> Iterator[tuple[int, dict[int, Options]]]:
    """The open units, each with its modes, members and options, in the order of rows."""
    unit = arrays.unit_of[entries.row]
    found: dict[int, dict[int, Options]] = {}
    listed = zip(unit.tolist(), entries.mode.tolist(), entries.row.tolist(), entries.option.tolist(), strict=True)
    for at, mode, row, option in listed:
        found.setdefault(at, {}).setdefault(mode, {}).setdefault(row, []).append(option)
    yield from sorted(found.items())


def split(arrays: Arrays, entries: Entries) -> tuple[Ints, Entries]:
    """What is fixed since it has one way left (a choice of starts, open rows at -1), and the entries of open units."""
    unit = arrays.unit_of[entries.row]
    size = arrays.unit_sizes
    fixed = np.bincount(unit, minlength=arrays.rows)[unit] == size[unit]
    base = np.full(arrays.rows, NONE, dtype=np.int64)
    base[entries.row[fixed]] = entries.option[fixed]
    return base, entries.where(~fixed)

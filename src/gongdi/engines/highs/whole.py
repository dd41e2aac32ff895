"""The planning problem as one mixed-integer program, money in units that keep its numbers near one.

A column says "this compound starts at this level in this year", another "this bundle's saving counts in this year".
Payments are columns by fund, year and group of needs that the same funds may pay. Where bundles may bring a county's
basic need down to zero, a column holds that need from below, so that savings beyond it are lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongdi.core.portfolio.flow import Groups, Place, Shortage
from gongdi.core.portfolio.model import CLASSES, Demand
from gongdi.core.portfolio.needs import Tables
from gongdi.core.portfolio.state import PlanState, Start, worth_of
from gongdi.engines.highs.session import Rows

Entries = dict[int, float]


@dataclass(slots=True)
class WholeModel:
    """The program with the meaning of its columns. `without` names demands that are left out of it."""

    tables: Tables
    groups: Groups
    without: Collection[Demand] = ()
    flat: bool = False
    rows: Rows = field(default_factory=Rows)
    starts: dict[tuple[int, Start], int] = field(default_factory=dict)
    holds: dict[tuple[int, int], int] = field(default_factory=dict)
    needs: dict[Place, Entries] = field(default_factory=dict)
    unit: int = 1

    def __post_init__(self) -> None:
        largest = max((max(net) for levels in self.tables.net for net in levels), default=0)
        while largest // self.unit > 10_000:
            self.unit *= 10
        # HiGHS calls a program without columns empty before it looks at rows that cannot hold.
        self.rows.column(upper=0.0)
        self._starts()
        self._holds()
        self._choices()
        self._minimums()
        self._needs()
        self._money()

    def _starts(self) -> None:
        """A column for every start that some fund may pay; worth nothing if only feasibility is asked."""
        tables = self.tables
        bundled = {bundle.county for bundle in tables.instance.bundles}
        for at, compound in enumerate(tables.instance.compounds):
            for level in tables.useful_levels(at):
                lost = {
                    name
                    for name, yuan in zip(CLASSES, tables.net[at][level], strict=True)
                    if yuan and self.groups.of(compound.county, name) is None
                }
                # Savings alone may bring a basic need to zero that no fund could pay.
                if lost - ({"basic"} if compound.county in bundled else set()):
                    continue
                for year in tables.instance.years_open(compound):
                    start = (level, year)
                    worth = 0.0 if self.flat else float(worth_of(tables, at, start))
                    self.starts[at, start] = self.rows.column(worth, 1.0, whole=True)

    def _of(self, compound: int, year: int | None = None) -> list[int]:
        tables = self.tables
        years = tables.instance.years_open(tables.instance.compounds[compound]) if year is None else (year,)
        tried = ((compound, (level, when)) for level in tables.useful_levels(compound) for when in years)
        return [self.starts[key] for key in tried if key in self.starts]

    def _holds(self) -> None:
        """A column for every bundle and year in which enough members can start, and not more than one year each."""
        for at, bundle in enumerate(self.tables.instance.bundles):
            found = []
            for year in range(len(self.tables.instance.years)):
                members = [self._of(member, year) for member in self.tables.members[at]]
                if sum(map(bool, members)) < bundle.need or not bundle.saving:
                    continue
                column = self.rows.column(0.0, 1.0, whole=True)
                self.holds[at, year] = column
                found.append(column)
                joined = {start: -1.0 for member in members for start in member}
                self.rows.row({column: float(bundle.need), **joined}, 0.0)
            if len(found) > 1:
                self.rows.row(dict.fromkeys(found, 1.0), 1.0)

    def _choices(self) -> None:
        for at, compound in enumerate(self.tables.instance.compounds):
            must = compound.must and Demand("must", compound.id) not in self.without
            columns = self._of(at)
            if must or len(columns) > 1:
                self.rows.row(dict.fromkeys(columns, 1.0), 1.0, 1.0 if must else -np.inf)

    def _minimums(self) -> None:
        by_county: dict[str, Entries] = {}
        for (at, _), column in self.starts.items():
            by_county.setdefault(self.tables.instance.compounds[at].county, {})[column] = 1.0
        for county in self.tables.instance.counties:
            if county.minimum and Demand("minimum", county.code) not in self.without:
                self.rows.row(by_county.get(county.code, {}), np.inf, float(county.minimum))

    def _needs(self) -> None:
        """What each place needs, as entries over columns, in units of money."""
        floored: dict[tuple[int, str], Entries] = {}
        bundled = {self.tables.instance.bundles[at].county for at, _ in self.holds}
        for (at, (level, year)), column in self.starts.items():
            county = self.tables.instance.compounds[at].county
            for name, yuan in zip(CLASSES, self.tables.net[at][level], strict=True):
                if name == "basic" and county in bundled:
                    floored.setdefault((year, county), {})[column] = yuan / self.unit
                elif yuan:
                    group = self.groups.of(county, name)
                    entries = self.needs.setdefault((year, -1 if group is None else group), {})
                    entries[column] = entries.get(column, 0.0) + yuan / self.unit
        for (at, year), column in self.holds.items():
            bundle = self.tables.instance.bundles[at]
            floored.setdefault((year, bundle.county), {})[column] = -bundle.saving / self.unit
        for (year, county), entries in floored.items():
            group = self.groups.of(county, "basic")
            need = self.rows.column(upper=0.0 if group is None else np.inf)
            self.rows.row({**entries, need: -1.0}, 0.0)
            if group is not None:
                self.needs.setdefault((year, group), {})[need] = 1.0

    def _money(self) -> None:
        """Payments cover the needs; a fund pays within its budgets, with carry-over within their running sum."""
        paid: dict[Place, Entries] = {}
        for at, fund in enumerate(self.tables.instance.funds):
            boundless = Demand("budget", fund.code) in self.without
            running: Entries = {}
            available = 0
            for year, budget in enumerate(fund.budget):
                available = budget + (available if fund.carry_over else 0)
                running = running if fund.carry_over else {}
                for group, funds in enumerate(self.groups.funds):
                    if at in funds and (year, group) in self.needs:
                        column = self.rows.column()
                        running[column] = 1.0
                        paid.setdefault((year, group), {})[column] = -1.0
                if running and not boundless:
                    self.rows.row(dict(running), available / self.unit)
        for place, entries in self.needs.items():
            self.rows.row({**entries, **paid.get(place, {})}, 0.0)

    def forbid(self, shortage: Shortage) -> None:
        """Cut off a choice that rounding let through: the needs at those places stay within their whole supply.

        Every true plan keeps the row with half a yuan to spare, since needs and supply are whole.
        """
        entries: Entries = {}
        for place in shortage.places:
            for column, value in self.needs.get(place, {}).items():
                entries[column] = entries.get(column, 0.0) + value
        self.rows.row(entries, (shortage.supply + 0.5) / self.unit)

    def first_solution(self, state: PlanState) -> list[tuple[int, float]]:
        """The whole-number columns of a plan under construction."""
        chosen = {(at, start) for at, start in state.starts.items()}
        values = [(column, float(key in chosen)) for key, column in self.starts.items()]
        count: dict[tuple[int, int], int] = {}
        for at, (_, year) in state.starts.items():
            bundle = self.tables.bundle_of.get(at)
            if bundle is not None:
                count[bundle, year] = count.get((bundle, year), 0) + 1
        bundles = self.tables.instance.bundles
        return values + [
            (column, float(count.get((at, year), 0) >= bundles[at].need)) for (at, year), column in self.holds.items()
        ]

    def read(self, values: NDArray[np.float64]) -> Iterator[tuple[int, Start]]:
        """The starts that a solution chooses."""
        return (key for key, column in self.starts.items() if values[column] > 0.5)

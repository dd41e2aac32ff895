"""A plan under construction: what has started, what that needs with savings, and whether the funds can still pay."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gongdi.core.portfolio.flow import Groups, Place, Treasury
from gongdi.core.portfolio.model import CLASSES, Amounts, Chosen, ItemClass
from gongdi.core.portfolio.needs import Tables

Start = tuple[int, int]
"""Position of a level among the compound's levels, position of a year in the horizon."""


class PlanState:
    """Starts and stops compounds one at a time; every state it is in can be paid exactly."""

    def __init__(self, tables: Tables, groups: Groups | None = None) -> None:
        self.tables = tables
        self.treasury = Treasury(tables.instance, groups)
        self.starts: dict[int, Start] = {}
        self._gross: dict[tuple[int, str], int] = {}
        self._saved: dict[tuple[int, str], int] = {}
        self._joined: dict[tuple[int, int], int] = {}

    def basic_change(self, compound: int, start: Start, sign: int = 1) -> int:
        """By how much the county's basic need of the year changes if the compound joins (or leaves: sign -1)."""
        key = (start[1], self.tables.instance.compounds[compound].county)
        gross, saved = self._gross.get(key, 0), self._saved.get(key, 0)
        basic = self.tables.net[compound][start[0]][0]
        after = max(0, gross + sign * basic - saved - sign * self._saving(compound, start[1], sign))
        return after - max(0, gross - saved)

    def _saving(self, compound: int, year: int, sign: int) -> int:
        """What the compound's bundle saves by its joining, or stops saving by its leaving."""
        bundle = self.tables.bundle_of.get(compound)
        if bundle is None:
            return 0
        row = self.tables.instance.bundles[bundle]
        joined = self._joined.get((bundle, year), 0)
        return row.saving if joined == row.need - (1 if sign > 0 else 0) else 0

    def changes(self, compound: int, start: Start, sign: int = 1) -> dict[Place, int] | None:
        """The changes of need by place; None if a class needs money that no fund may pay there."""
        county = self.tables.instance.compounds[compound].county
        net = self.tables.net[compound][start[0]]
        amounts: Amounts = (self.basic_change(compound, start, sign), sign * net[1], sign * net[2])
        rows: dict[Place, int] = {}
        for item_class, yuan in zip(CLASSES, amounts, strict=True):
            group = self.treasury.groups.of(county, item_class)
            if yuan and group is None:
                return None
            if yuan and group is not None:
                rows[start[1], group] = rows.get((start[1], group), 0) + yuan
        return rows

    def start(self, compound: int, start: Start) -> bool:
        """Start a compound if the funds can pay it on top of all that has started."""
        changes = self.changes(compound, start)
        if changes is None or not self.treasury.change(changes):
            return False
        self._book(compound, start, 1)
        self.starts[compound] = start
        return True

    def stop(self, compound: int) -> bool:
        """Take a compound out again; False if a saving that breaks would cost more than the funds have."""
        start = self.starts[compound]
        changes = self.changes(compound, start, -1)
        if changes is None or not self.treasury.change(changes):
            return False
        self._book(compound, start, -1)
        del self.starts[compound]
        return True

    def _book(self, compound: int, start: Start, sign: int) -> None:
        row = self.tables.instance.compounds[compound]
        key = (start[1], row.county)
        saving = self._saving(compound, start[1], sign)
        self._gross[key] = self._gross.get(key, 0) + sign * self.tables.net[compound][start[0]][0]
        self._saved[key] = self._saved.get(key, 0) + sign * saving
        bundle = self.tables.bundle_of.get(compound)
        if bundle is not None:
            self._joined[bundle, start[1]] = self._joined.get((bundle, start[1]), 0) + sign

    def saves(self, compound: int, year: int) -> bool:
        """Whether starting the compound in that year would make its bundle's saving count."""
        return self._saving(compound, year, 1) > 0

    def worth(self) -> Fraction:
        """The worth of what has started."""
        return sum((worth_of(self.tables, at, start) for at, start in self.starts.items()), Fraction(0))

    def chosen(self) -> tuple[Chosen, ...]:
        """What has started, by id of compound."""
        return chosen_rows(self.tables, self.starts.items())


def worth_of(tables: Tables, compound: int, start: Start) -> Fraction:
    """What one start adds to the worth of a plan."""
    instance = tables.instance
    return instance.compounds[compound].levels[start[0]].benefit * instance.weights[start[1]]


def chosen_rows(tables: Tables, starts: Iterable[tuple[int, Start]]) -> tuple[Chosen, ...]:
    """Starts by position as rows of a plan, by id of compound."""
    instance = tables.instance
    return tuple(
        Chosen(instance.compounds[at].id, instance.compounds[at].levels[level].name, instance.years[year])
        for at, (level, year) in sorted(starts)
    )


def load(tables: Tables, starts: Iterable[tuple[int, Start]], groups: Groups | None = None) -> PlanState | None:
    """The state with all these starts, or None if it cannot be paid.

    The whole is booked first and paid once, since savings that come late may be what makes it payable.
    """
    state = PlanState(tables, groups)
    rows = sorted(starts)
    for compound, start in rows:
        state._book(compound, start, 1)
        state.starts[compound] = start
    return state if state.treasury.change(_whole_need(state)) else None


def _whole_need(state: PlanState) -> dict[Place, int]:
    """All needs of a booked state by place. Raises if no fund may pay one."""
    tables = state.tables
    totals: dict[tuple[int, str, ItemClass], int] = {}
    for compound, (level, year) in state.starts.items():
        county = tables.instance.compounds[compound].county
        for item_class, yuan in zip(CLASSES[1:], tables.net[compound][level][1:], strict=True):
            totals[year, county, item_class] = totals.get((year, county, item_class), 0) + yuan
    for (year, county), gross in state._gross.items():
        totals[year, county, "basic"] = max(0, gross - state._saved.get((year, county), 0))
    needs: dict[Place, int] = {}
    for (year, county, item_class), yuan in totals.items():
        group = state.treasury.groups.of(county, item_class)
        if yuan and group is None:
            raise ValueError(f"no fund may pay {item_class} in {county}")
        if yuan and group is not None:
            needs[year, group] = needs.get((year, group), 0) + yuan
    return needs

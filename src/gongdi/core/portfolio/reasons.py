"""Why a compound is left out of a plan (未列入原因), and how much money would bring it in.

`short_yuan` is exact: with everything else in the plan as it is, the least sum over the compound's levels and years
that its start needs beyond what the funds allowed for it can still pay, savings of its area group counted. Given that
much more money of a kind that may pay it, in that year, it could start.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations

from gongdi.core.portfolio.flow import Place
from gongdi.core.portfolio.model import CLASSES, Reason
from gongdi.core.portfolio.needs import Tables
from gongdi.core.portfolio.state import PlanState, Start

Rooms = dict[tuple[Place, ...], Mapping[frozenset[Place], int]]


def reasons_for(tables: Tables, state: PlanState) -> tuple[Reason, ...]:
    """A reason for every compound that the state leaves out, by id."""
    rooms: Rooms = {}
    left_out = [at for at in range(len(tables.instance.compounds)) if at not in state.starts]
    return tuple(_reason(tables, state, at, rooms) for at in left_out)


def _reason(tables: Tables, state: PlanState, compound: int, rooms: Rooms) -> Reason:
    row = tables.instance.compounds[compound]
    years = tables.instance.years_open(row)
    if not years:
        return Reason(row.id, "window")
    best: tuple[int, int, int] | None = None
    for level in tables.useful_levels(compound):
        for year in years:
            short = _short(state, compound, (level, year), rooms)
            if short is not None and (best is None or (short, year, level) < best):
                best = (short, year, level)
    if best is None:
        return Reason(row.id, "no_fund", classes=_unpayable(tables, state, compound))
    short, year, level = best
    if not short:
        return Reason(row.id, "no_gain")
    return Reason(row.id, "outranked", short, row.levels[level].name, tables.instance.years[year])


def _unpayable(tables: Tables, state: PlanState, compound: int) -> tuple[str, ...]:
    """The classes that block the level with the fewest such classes."""
    county = tables.instance.compounds[compound].county
    blocked = [
        tuple(
            name
            for name, yuan in zip(CLASSES, net, strict=True)
            if yuan and state.treasury.groups.of(county, name) is None
        )
        for net in tables.net[compound]
    ]
    return min(blocked, key=len)


def _short(state: PlanState, compound: int, start: Start, rooms: Rooms) -> int | None:
    """What is missing for one start, in yuan; None if no fund may pay a class of it."""
    changes = state.changes(compound, start)
    if changes is None:
        return None
    if any(yuan < 0 for yuan in changes.values()):
        return _short_by_trial(state, changes)
    places = tuple(sorted(changes))
    if places not in rooms:
        rooms[places] = state.treasury.room_by_subset(places)
    return sum(changes.values()) - _payable(changes, rooms[places])


def _payable(changes: Mapping[Place, int], room: Mapping[frozenset[Place], int]) -> int:
    """The most that can be paid of several needs at once.

    What can be paid is bounded by every split into needs counted in full and needs counted by their room; the least of
    these bounds is reached (maximum flow, minimum cut).
    """
    total = sum(changes.values())
    subsets = chain.from_iterable(combinations(changes, size) for size in range(len(changes) + 1))
    return min(total - sum(changes[place] for place in subset) + room[frozenset(subset)] for subset in subsets)


def _short_by_trial(state: PlanState, changes: Mapping[Place, int]) -> int:
    """The same where a saving frees money: give it back, see what can be paid, and undo all."""
    treasury = state.treasury
    freed = {place: yuan for place, yuan in changes.items() if yuan < 0}
    wanted = {place: yuan for place, yuan in changes.items() if yuan > 0}
    treasury.change(freed)
    places = tuple(sorted(wanted))
    short = sum(wanted.values()) - _payable(wanted, treasury.room_by_subset(places))
    treasury.change({place: -yuan for place, yuan in freed.items()})
    return short

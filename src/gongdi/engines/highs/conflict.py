"""Which demands cannot hold together: a deletion filter, first over the linear relaxation, then over the program.

Each demand is left out in turn; if what remains still cannot hold, it stays out. What is left in the end cannot hold,
and without any one of it the rest can, as far as every question was answered within the work allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from gongdi.core.portfolio.flow import Groups
from gongdi.core.portfolio.model import Demand
from gongdi.core.portfolio.needs import Tables
from gongdi.engines.highs.arrays import Arrays
from gongdi.engines.highs.priced_conflict import demands_of, priced_conflict
from gongdi.engines.highs.session import Option, run
from gongdi.engines.highs.whole import WholeModel

LARGE = 400
"""Instances with more compounds find their conflict by prices."""

NODES = 2_000
"""The most branch-and-bound nodes spent on one question: work rather than time, so that answers repeat."""


def smallest_conflict(arrays: Arrays, seconds: Callable[[], float]) -> tuple[tuple[Demand, ...], bool]:
    """A set of demands that cannot hold together, and whether it is proved that every smaller part of it can.

    The instance must be infeasible. `seconds` says how much time is left.
    """
    if arrays.rows > LARGE:
        return priced_conflict(arrays, seconds)
    return _by_programs(Tables.of(arrays.instance), arrays.groups, seconds)


def _by_programs(tables: Tables, groups: Groups, seconds: Callable[[], float]) -> tuple[tuple[Demand, ...], bool]:
    every = demands_of(tables.instance)
    kept = every
    if _answer(tables, groups, every, every, True, seconds()) is False:
        kept, _ = _filter(tables, groups, every, True, seconds)
    kept, sure = _filter(tables, groups, kept, False, seconds)
    return tuple(kept), sure


def _filter(
    tables: Tables, groups: Groups, kept: Sequence[Demand], relaxed: bool, seconds: Callable[[], float]
) -> tuple[list[Demand], bool]:
    """Drop demands, large lots first, as long as the rest still cannot hold."""
    every, sure = demands_of(tables.instance), True
    result, lot = list(kept), max(1, len(kept) // 2)
    while result:
        at = 0
        while at < len(result):
            rest = result[:at] + result[at + lot :]
            answer = _answer(tables, groups, every, rest, relaxed, seconds()) if seconds() > 0 else None
            if answer is False:
                result = rest
            else:
                sure = sure and (answer is True or lot > 1)
                at += lot
        if lot == 1:
            break
        lot = max(1, lot // 4)
    return result, sure


def _answer(
    tables: Tables,
    groups: Groups,
    every: Collection[Demand],
    asked: Collection[Demand],
    relaxed: bool,
    seconds: float,
) -> bool | None:
    """Whether the demands that are asked can hold together; None if that was not found out."""
    if not asked:
        return True
    without = [demand for demand in every if demand not in asked]
    model = WholeModel(tables, groups, without, flat=True)
    options: dict[str, Option] = {"time_limit": max(0.1, seconds)}
    if not relaxed:
        options |= {"mip_max_nodes": NODES, "mip_feasibility_tolerance": 1e-7}
    outcome = run(model.rows, options, relaxed=relaxed)
    if outcome.status == "infeasible":
        return False
    return True if outcome.values is not None else None

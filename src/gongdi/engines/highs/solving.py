"""From an instance to a proved plan: prices, the core, exact payments, the bound, and why the rest is left out.

HiGHS works in floating point. Its choice is recounted in whole yuan and paid exactly; a choice that rounding let
through is cut off by a row that every true plan keeps, and HiGHS goes on. So a plan that leaves here always holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

import numpy as np

from gongdi.core.portfolio.flow import pay
from gongdi.core.portfolio.model import CLASSES, Instance, Plan
from gongdi.core.portfolio.needs import NeedKey
from gongdi.core.portfolio.parse import canonical
from gongdi.core.portfolio.validate import plan_faults
from gongdi.engines.highs.arrays import Arrays, arrays_of
from gongdi.engines.highs.conflict import smallest_conflict
from gongdi.engines.highs.explaining import marginals_of, reasons_of
from gongdi.engines.highs.limits import Limits
from gongdi.engines.highs.pricing import Prices
from gongdi.engines.highs.search import Search, search
from gongdi.engines.highs.session import Progress, SolverError
from gongdi.engines.highs.standing import chosen_of, needs_by_key


@dataclass(frozen=True, slots=True)
class ShadowPrices:
    """Prices by name (影子价格), to solve a changed instance again from: worth for a yuan of need, and for a start."""

    need: Mapping[NeedKey, float]
    bonus: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan with the prices that prove its bound; None if the instance was found infeasible."""

    plan: Plan
    prices: ShadowPrices | None


def solve(
    instance: Instance,
    time_limit: float = 60.0,
    gap: float = 0.001,
    progress: Progress | None = None,
    prices: ShadowPrices | None = None,
) -> Plan:
    """The best plan that is found and proved within `time_limit` seconds, or until its gap is at most `gap`.

    Status `optimal`: the gap that was asked for is proved; `feasible`: a valid plan with a wider gap; `infeasible`: no
    plan exists, `conflict` says which demands cannot hold together; `unknown`: nothing was found in time. `progress` is
    called now and then with the best worth and the bound. `prices` of a like instance shorten the search.
    """
    return solve_with_prices(instance, time_limit, gap, progress, prices).plan


def solve_with_prices(
    instance: Instance,
    time_limit: float = 60.0,
    gap: float = 0.001,
    progress: Progress | None = None,
    prices: ShadowPrices | None = None,
) -> Solved:
    """The same with the prices beside the plan, for questions of what would be if (试算)."""
    limits = Limits.from_now(time_limit)
    arrays = arrays_of(canonical(instance))
    known = None if prices is None else _placed(arrays, prices)
    found = search(Search(arrays, limits, gap, progress), known)
    named = None
    if found.infeasible:
        conflict, smallest = smallest_conflict(arrays, limits.after(10.0))
        plan = Plan("infeasible", Fraction(0), None, conflict=conflict, conflict_smallest=smallest)
    elif found.best is None:
        plan = Plan("unknown", Fraction(0), None)
    else:
        assert found.dual is not None
        plan, named = _plan(found), _named(arrays, found.dual.prices)
    return Solved(replace(plan, seconds=perf_counter() - limits.began), named)


def _plan(found: Search) -> Plan:
    assert found.best is not None
    assert found.dual is not None
    arrays, standing, prices = found.arrays, found.best, found.dual.prices
    payments = pay(arrays.instance, needs_by_key(arrays, standing.count.need()), arrays.groups)
    assert isinstance(payments, tuple), "every kept choice can be paid"
    bound = max(found.bound, found.worth)
    plan = Plan(
        "optimal" if found.proved or bound - found.worth <= Fraction(found.gap) * found.worth else "feasible",
        found.worth,
        bound,
        chosen_of(arrays, standing.pick),
        payments,
        reasons_of(standing, prices),
        marginals=marginals_of(arrays, prices),
    )
    faults = plan_faults(arrays.instance, plan)
    if faults:
        raise SolverError(f"a plan does not hold: {faults[0]}")
    return plan


def _named(arrays: Arrays, prices: Prices) -> ShadowPrices:
    instance = arrays.instance
    need: dict[NeedKey, float] = {
        (year, county.code, name): float(prices.need[k, at, j]) / arrays.unit
        for k, year in enumerate(instance.years)
        for at, county in enumerate(instance.counties)
        for j, name in enumerate(CLASSES)
    }
    return ShadowPrices(need, {row.code: float(prices.bonus[at]) for at, row in enumerate(instance.counties)})


def _placed(arrays: Arrays, prices: ShadowPrices) -> Prices:
    """Known prices in the positions of an instance; what is not known costs what is usual in its class."""
    instance = arrays.instance
    usual = {name: [p for key, p in sorted(prices.need.items()) if key[2] == name] for name in CLASSES}
    middle = {name: float(np.median(row)) if row else 0.0 for name, row in usual.items()}
    need = [
        [[prices.need.get((year, row.code, name), middle[name]) for name in CLASSES] for row in instance.counties]
        for year in instance.years
    ]
    shape = (arrays.years, arrays.counties, len(CLASSES))
    bonus = [prices.bonus.get(row.code, 0.0) for row in instance.counties]
    return Prices(np.array(need).reshape(shape) * arrays.unit, np.array(bonus))

"""From an instance to a proved plan: prices, the core, exact payments, the bound, and why the rest is left out.

HiGHS works in floating point. Its choice is recounted in whole yuan and paid exactly; a choice that rounding let
through is cut off by a row that every true plan keeps, and HiGHS goes on. So a plan that leaves here always holds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

from gongdi.core.portfolio.flow import pay
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.parse import canonical
from gongdi.core.portfolio.validate import plan_faults
from gongdi.engines.highs.arrays import arrays_of
from gongdi.engines.highs.conflict import smallest_conflict
from gongdi.engines.highs.displacing import displaced_by
from gongdi.engines.highs.explaining import marginals_of, reasons_of
from gongdi.engines.highs.limits import Limits, Stop, never
from gongdi.engines.highs.naming import ShadowPrices, named
from gongdi.engines.highs.parts import search
from gongdi.engines.highs.priced_conflict import with_years
from gongdi.engines.highs.scaling import factors, plan_over, prices_times, progress_over, scaled
from gongdi.engines.highs.search import Search
from gongdi.engines.highs.session import Progress, SolverError
from gongdi.engines.highs.standing import chosen_of, needs_by_key
from gongdi.engines.highs.topping_up import cheapest_top_up


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
    explain: Collection[str] = (),
    stop: Stop = never,
) -> Plan:
    """The best plan that is found and proved within `time_limit` seconds, or until its gap is at most `gap`.

    Status `optimal`: the gap that was asked for is proved; `feasible`: a valid plan with a wider gap; `infeasible`: no
    plan exists, `conflict` says which demands cannot hold together; `unknown`: nothing was found in time. `progress` is
    called now and then with the best worth and the bound. `prices` of a like instance shorten the search. Of chosen
    compounds named in `explain` the plan says what they keep out; an infeasible instance is told what money would help.
    Once `stop` says so, the search ends as if time were over.
    """
    return solve_with_prices(instance, time_limit, gap, progress, prices, explain, stop).plan


def solve_with_prices(
    instance: Instance,
    time_limit: float = 60.0,
    gap: float = 0.001,
    progress: Progress | None = None,
    prices: ShadowPrices | None = None,
    explain: Collection[str] = (),
    stop: Stop = never,
) -> Solved:
    """The same with the prices beside the plan, for questions of what would be if (试算)."""
    benefit, weight = factors(instance)
    by = benefit * weight
    if benefit == 1 and weight == 1:
        return _solved(instance, Limits.from_now(time_limit, stop), gap, progress, prices, explain)
    known = None if prices is None else prices_times(prices, by)
    limits, larger = Limits.from_now(time_limit, stop), scaled(instance, benefit, weight)
    found = _solved(larger, limits, gap, progress_over(progress, by), known, explain)
    return Solved(plan_over(found.plan, by), None if found.prices is None else prices_times(found.prices, 1 / by))


def _solved(
    instance: Instance,
    limits: Limits,
    gap: float,
    progress: Progress | None,
    prices: ShadowPrices | None,
    explain: Collection[str],
) -> Solved:
    arrays = arrays_of(canonical(instance))
    found = search(Search(arrays, limits, gap, progress), prices)
    prices = None
    if found.infeasible:
        seconds = limits.after(10.0)
        conflict, smallest = smallest_conflict(arrays, seconds)
        conflict = with_years(arrays, conflict, seconds)
        topping = cheapest_top_up(arrays, limits.after(10.0))
        plan = Plan("infeasible", Fraction(0), None, conflict=conflict, conflict_smallest=smallest)
        if topping is not None:
            plan = replace(plan, top_up=topping.rows, top_up_least=topping.least)
    elif found.best is None:
        plan = Plan("unknown", Fraction(0), None)
    else:
        assert found.dual is not None
        plan = _plan(found, explain)
        prices = replace(named(arrays, found.dual.prices), chosen=plan.chosen)
    return Solved(replace(plan, seconds=perf_counter() - limits.began), prices)


def _plan(found: Search, explain: Collection[str]) -> Plan:
    assert found.best is not None
    assert found.dual is not None
    arrays, standing, prices = found.arrays, found.best, found.dual.prices
    payments = pay(arrays.instance, needs_by_key(arrays, standing.count.need()), arrays.groups)
    assert isinstance(payments, tuple), "every kept choice can be paid"
    bound = max(found.bound, found.worth)
    # What branch and bound proves carries an allowance for its tolerances, which a gap of nothing must not fail for.
    rounding = Fraction(1, 10**5) + found.worth / 10**6 if found.proved else Fraction(0)
    plan = Plan(
        "optimal" if bound - found.worth <= Fraction(found.gap) * found.worth + rounding else "feasible",
        found.worth,
        bound,
        chosen_of(arrays, standing.pick),
        payments,
        reasons_of(standing, prices),
        marginals=marginals_of(arrays, prices),
        displaced=displaced_by(standing, explain),
    )
    faults = plan_faults(arrays.instance, plan)
    if faults:
        raise SolverError(f"a plan does not hold: {faults[0]}")
    return plan

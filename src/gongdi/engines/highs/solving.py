"""From an instance to a proved plan: a first plan by filling, HiGHS on the whole model, exact payments, the bound.

HiGHS works in floating point. Its choice is recounted in whole yuan and paid exactly; a choice that rounding let
through is cut off by a row that every true plan keeps, and HiGHS goes on. So a plan that leaves here always holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from time import perf_counter

from gongdi.core.portfolio.flow import Groups, Shortage, pay
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.needs import Tables, recount, unmet_demands
from gongdi.core.portfolio.parse import canonical
from gongdi.core.portfolio.ranking import best_filling, by_benefit_per_yuan, everybody_best, raise_levels, take
from gongdi.core.portfolio.reasons import reasons_for
from gongdi.core.portfolio.state import PlanState, Start, chosen_rows, load
from gongdi.core.portfolio.validate import plan_faults
from gongdi.engines.highs.conflict import smallest_conflict
from gongdi.engines.highs.session import Option, Outcome, Progress, SolverError, run
from gongdi.engines.highs.whole import WholeModel

ROUNDS = 12
"""How often a choice that cannot be paid exactly is cut off before the first plan stands."""

STEPS_A_SECOND = (20, 300)
"""Steps of the search allowed for each second of the time limit to a large and to a small model.

They come to a quarter to a half of what the clock would allow on two free cores.

Work repeats and time does not: a run that ends by its steps gives the same plan again, on a faster machine too.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the search may take: steps, which repeat, and the clock as the outer stop."""

    time_limit: float
    began: float

    def steps(self, columns: int) -> int:
        """Steps allowed to one run of the solver over so many starts."""
        least, most = STEPS_A_SECOND
        return max(100, int(self.time_limit * min(most, max(least, 80_000 // max(1, columns)))))

    def seconds(self) -> float:
        """Seconds left."""
        return self.time_limit - (perf_counter() - self.began)

    def after(self, least: float) -> Callable[[], float]:
        """Seconds left for what follows the search: as much again, and no less than `least` from now."""
        until = max(perf_counter() + least, self.began + 2 * self.time_limit)
        return lambda: until - perf_counter()


@dataclass(slots=True)
class Search:
    """What is known so far: the best state and an upper bound."""

    best: PlanState | None
    bound: Fraction
    proved: bool = False
    infeasible: bool = False

    @property
    def worth(self) -> Fraction:
        """The worth of the best state, 0 without one."""
        return self.best.worth() if self.best is not None else Fraction(0)


def solve(instance: Instance, time_limit: float = 60.0, gap: float = 0.001, progress: Progress | None = None) -> Plan:
    """The best plan that is found and proved within `time_limit` seconds, or until its gap is at most `gap`.

    Status `optimal`: the gap that was asked for is proved; `feasible`: a valid plan with a wider gap; `infeasible`: no
    plan exists, `conflict` says which demands cannot hold together; `unknown`: nothing was found in time. `progress` is
    called now and then with the best worth and the bound.
    """
    began = perf_counter()
    tables = Tables.of(canonical(instance))
    groups = Groups(tables.instance)

    limits = Limits(time_limit, began)
    search = _search(tables, groups, limits, gap, progress)
    if search.infeasible:
        conflict, smallest = smallest_conflict(tables, groups, limits.after(10.0))
        plan = Plan("infeasible", Fraction(0), None, conflict=conflict, conflict_smallest=smallest)
    elif search.best is None:
        plan = Plan("unknown", Fraction(0), None)
    else:
        plan = _plan(tables, search.best, search, gap)
    return replace(plan, seconds=perf_counter() - began)


def _search(tables: Tables, groups: Groups, limits: Limits, gap: float, progress: Progress | None) -> Search:
    first = best_filling(tables, by_benefit_per_yuan(tables))
    held = not unmet_demands(tables.instance, first.chosen())
    search = Search(first if held else None, everybody_best(tables))
    model = WholeModel(tables, groups)
    for _ in range(ROUNDS):
        outcome = _run(model, search, limits, gap, progress)
        if outcome is None:
            break
        if outcome.status == "infeasible":
            search.infeasible = search.best is None
            break
        if isfinite(outcome.bound):
            search.bound = min(search.bound, _safe(outcome.bound))
        if outcome.values is None:
            break
        shortage = _keep(tables, groups, search, list(model.read(outcome.values)))
        if shortage is None:
            search.proved = outcome.status == "optimal"
            break
        model.forbid(shortage)
    return search


def _run(model: WholeModel, search: Search, limits: Limits, gap: float, progress: Progress | None) -> Outcome | None:
    left = limits.seconds()
    if left <= 0:
        return None
    options: dict[str, Option] = {
        "time_limit": left,
        "mip_rel_gap": max(0.0, 0.999 * gap - 1e-6),
        "mip_abs_gap": 0.0,
        "mip_feasibility_tolerance": 1e-7,
    }
    start = model.first_solution(search.best) if search.best is not None else ()
    return run(model.rows, options, start, limits.steps(len(model.starts)), progress)


def _safe(bound: float) -> Fraction:
    """The bound with what the tolerances of the solver may have taken from it."""
    return Fraction(bound) + Fraction(1, 10**6) + abs(Fraction(bound)) / 10**7


def _keep(tables: Tables, groups: Groups, search: Search, starts: list[tuple[int, Start]]) -> Shortage | None:
    """Recount and pay a choice exactly; keep it if it is the best, or say what it cannot pay."""
    instance = tables.instance
    chosen = chosen_rows(tables, starts)
    paid = pay(instance, recount(instance, chosen).needs, groups)
    if isinstance(paid, Shortage):
        return paid
    if unmet_demands(instance, chosen):
        raise SolverError("HiGHS returned a choice that does not meet its demands")
    state = load(tables, starts, groups)
    assert state is not None, "what can be paid can be loaded"
    polish(state)
    if search.best is None or state.worth() > search.worth:
        search.best = state
    return None


def polish(state: PlanState) -> None:
    """Take what a gap left lying: better levels and further compounds that the funds can still pay."""
    tables = state.tables
    order = by_benefit_per_yuan(tables)
    raise_levels(state, [at for at in order if at in state.starts])
    while any([take(state, at) for at in order if at not in state.starts]):
        continue


def _plan(tables: Tables, state: PlanState, search: Search, gap: float) -> Plan:
    instance, chosen = tables.instance, state.chosen()
    counted = recount(instance, chosen)
    payments = pay(instance, counted.needs, state.treasury.groups)
    assert isinstance(payments, tuple), "every kept state can be paid"
    bound = max(search.bound, counted.worth)
    near = bound - counted.worth <= Fraction(gap) * counted.worth
    plan = Plan(
        "optimal" if search.proved or near else "feasible",
        counted.worth,
        bound,
        chosen,
        payments,
        reasons_for(tables, state),
    )
    faults = plan_faults(instance, plan)
    if faults:
        raise SolverError(f"a plan does not hold: {faults[0]}")
    return plan

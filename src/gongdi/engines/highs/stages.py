"""The stages of a search: prices, a first plan, the core, a proof where the core is small, neighbourhoods.

Everything that is kept is counted and paid in whole yuan; the bound is an evaluation at stated prices or, where the
core holds every plan that could be better than the best one, what branch and bound proves of the core.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, inf, isfinite

import numpy as np

from gongdi.core.portfolio.flow import Shortage
from gongdi.engines.highs.arrays import Ints
from gongdi.engines.highs.bundle_method import Dual, best_prices
from gongdi.engines.highs.core_model import CoreModel, split
from gongdi.engines.highs.filling import fill
from gongdi.engines.highs.first_plan import frugal, needs_more_money
from gongdi.engines.highs.nearby import Entries, near, nearest
from gongdi.engines.highs.neighbourhoods import among_all_years, freed_in_turn, modes_of
from gongdi.engines.highs.pricing import Prices, evaluate
from gongdi.engines.highs.repairing import repaired
from gongdi.engines.highs.search import Search
from gongdi.engines.highs.session import Option, Outcome, Progress, SolverError, run
from gongdi.engines.highs.standing import Standing, count_of, shortage_of

WIDE, CORE, SMALL_CORE = 8_000, 2_500, 700
"""Starts beyond the best ones in the program that corrects prices and in those that are solved in whole numbers."""

WIDEST = 128_000
"""Where widening ends."""

CORRECTIONS = 14
"""How often prices are corrected."""

ELASTIC = 0.01
"""By what share money is dearer than its price where a core cannot be put together without."""

WHOLE = 6_000
"""A core of no more starts is solved with all that a better plan could use, which proves the optimum.

From about ten thousand on HiGHS looks at the first relaxation for half a minute and does not look at the clock.
"""

TINY = 300
"""A core of no more starts is solved so at once."""

FREE = 4_000
"""Starts beyond the best ones among which neighbourhoods choose."""

ALL_YEARS = 12_000
"""The same where all years of a few counties are free: enough of them for every county."""

SMALL_SHARE, CORE_SHARE, PROOF_SHARE = 0.02, 0.2, 0.3
"""Parts of all steps that one run of each kind may take."""

HEAVY, LIGHTEST = 4_000, 0.02
"""Columns from which on a step of a proof counts in full; a smaller program's steps take a fraction of the time."""

STEPS = 60
"""Steps in one neighbourhood; more the longer nothing was gained."""

NEAR = 1e-6
"""Prices whose bound is so near (as a share) to the program's own value are as good as the best."""

ROUNDS = 12
"""How often a choice that cannot be paid exactly is cut off."""


def price(found: Search, known: Prices | None, start: Ints | None = None) -> None:
    """Prices, the bound, and a first plan from what everybody would choose, or from a start that is known."""

    def seen(dual: Dual) -> bool:
        found.infeasible = dual.valuation.bound < 0
        return not found.infeasible and found.limits.seconds() > 0

    nearness = min(1e-4, max(1e-6, found.gap / 50))
    dual = best_prices(found.arrays, nearness, known=known, on=seen)
    found.dual = dual
    found.infeasible = dual.valuation.bound < 0
    found.bound = min(found.bound, dual.valuation.bound)
    if not found.infeasible and found.limits.seconds() > 0:
        for pick in [dual.valuation.pick] if start is None else [start, dual.valuation.pick]:
            standing = None if found.near_enough() else repaired(found.arrays, dual.prices, pick)
            if standing is not None:
                found.keep(standing)
    if not found.infeasible and found.best is None and found.limits.seconds() > 0:
        _begin_frugally(found)
    found.tell()


def _begin_frugally(found: Search) -> None:
    """Where worth leads to no plan: prove that money does not suffice, or meet the demands as cheaply as can be."""
    seconds = found.limits.seconds
    if needs_more_money(found.arrays, seconds):
        found.infeasible = True
        return
    standing = frugal(found.arrays, seconds)
    if standing is not None:
        fill(standing)
        found.keep(standing)


def _reprice(found: Search, prices: Prices, slack: float = 0.0) -> bool:
    """Evaluate other prices and take them if they prove more, or no less but for `slack`; whether they prove more."""
    assert found.dual is not None
    blocks = int(found.blocks.max(initial=-1)) + 1
    valuation = evaluate(found.arrays, prices, found.blocks, many=blocks)
    before = found.dual.valuation.value
    if valuation.value >= before + slack:
        return False
    found.dual = Dual(prices, valuation)
    found.bound = min(found.bound, valuation.bound)
    found.infeasible = valuation.bound < 0
    return valuation.value < before


def _close(found: Search, many: int) -> tuple[Entries, float]:
    assert found.dual is not None
    least = max(1e-9, found.dual.valuation.value / max(1, found.arrays.rows) * 0.01)
    return nearest(found.arrays, found.dual.prices, many, least)


def correct(found: Search) -> None:
    """Correct the prices by the duals of wide cores until their relaxation meets the bound.

    Where a core is too narrow to be put together, money may be bought near the prices, which moves them little by
    little towards prices at which it can.
    """
    elastic = 0.0
    for _ in range(CORRECTIONS):
        if found.limits.seconds() <= 0 or found.infeasible or elastic < 0:
            break
        elastic = _corrected(found, elastic)


def _corrected(found: Search, elastic: float) -> float:
    """One correction; by how much money may be dearer in the next one, below 0 if there is nothing to gain."""
    assert found.dual is not None
    entries, _ = _close(found, WIDE)
    base, still_open = split(found.arrays, entries)
    known = found.dual.prices
    model = CoreModel(found.arrays, base, elastic=(known, elastic) if elastic else None).build(still_open)
    outcome = run(model.rows, {"time_limit": max(0.1, found.limits.seconds())}, relaxed=True)
    if outcome.duals is None or outcome.values is None:
        return -1.0 if elastic or outcome.status != "infeasible" else ELASTIC
    value = float(found.arrays.worth(base)) + model.certain + outcome.worth
    prices = model.prices(outcome.duals, known)
    if not elastic and found.dual.valuation.value - value <= max(0.02 * found.gap, NEAR) * abs(value):
        # Prices that fit the program's own solution show best which starts a plan is made of.
        _reprice(found, prices, NEAR * abs(value))
        return -1.0
    better = _reprice(found, prices)
    if not elastic:
        return 0.0 if better else -1.0
    if float(outcome.values[model.slack].sum()) < 1e-6:
        return 0.0
    return elastic if better else elastic / 4


def begin(found: Search) -> None:
    """Correct the prices, then solve a small core in whole numbers, which takes seconds at any size.

    Where nothing can be put together from so few starts, the full core often is as fast.
    """
    correct(found)
    for many in (SMALL_CORE, CORE):
        if found.done():
            return
        outcome, whole = _core(found, many, SMALL_SHARE)
        if whole or outcome.values is not None or outcome.status != "infeasible":
            return


def core(found: Search) -> None:
    """Solve the full core in whole numbers, a wider one if nothing can be put together."""
    many = CORE
    while not found.done():
        outcome, whole = _core(found, many, CORE_SHARE)
        if whole or many >= WIDEST or outcome.values is not None or outcome.status != "infeasible":
            return
        many *= 2


def _core(found: Search, many: int, share: float) -> tuple[Outcome, bool]:
    """Solve a core of about so many starts; whether nothing is left out of it."""
    assert found.dual is not None
    entries, _ = _close(found, many)
    base, still_open = split(found.arrays, entries)
    margin = min(50.0, found.arrays.unit / 200)
    model = CoreModel(found.arrays, base, margin).build(still_open)
    allowed = float(found.bound) * (1 - 1 / (1 + found.gap)) * 0.5
    return _solve(found, model, allowed, found.steps(share)), len(still_open) == len(entries)


def _solve(
    found: Search, model: CoreModel, allowed: float, steps: int, exact: bool = False, weight: float = 1.0
) -> Outcome:
    """Run a program until its choice can be paid exactly; keep what it brings. A step counts for `weight` steps."""
    start: list[tuple[int, float]] = []
    for _ in range(ROUNDS):
        options: dict[str, Option] = {
            "time_limit": max(0.1, found.limits.seconds()),
            "mip_abs_gap": allowed,
            "mip_rel_gap": 0.0,
            "mip_feasibility_tolerance": 1e-7,
        }
        if exact and found.best is not None:
            start = model.solution(found.best.pick, modes_of(found.arrays, found.best))
        try:
            outcome = run(model.rows, options, start, steps, _within(found), stop=found.limits.stop)
        except SolverError:
            if found.best is None:
                raise
            # A plan that is known is worth more than what went wrong in looking for a better one.
            return Outcome("stopped", None, -inf, inf)
        found.limits.spend(ceil(outcome.steps * weight))
        if outcome.values is None:
            return outcome
        short = _take(found, model.read(outcome.values))
        if short is None:
            return outcome
        model.forbid(short)
    # The last choice cannot be paid either: what the program calls its optimum is none of the problem.
    return replace(outcome, status="stopped")


def _within(found: Search) -> Progress | None:
    """Progress of a run as progress of the whole."""
    if found.progress is None:
        return None
    return lambda worth, bound: found.tell()


def _take(found: Search, pick: Ints) -> Shortage | None:
    """Pay a choice exactly and keep it, or say what it cannot pay (after keeping what can be mended of it)."""
    try:
        short = shortage_of(found.arrays, count_of(found.arrays, pick).need())
    except ValueError:
        # Rounding let a need through that no fund may pay; nothing to keep.
        return Shortage(1, frozenset(), 0)
    if short is None:
        standing = Standing(found.arrays, pick)
        fill(standing)
        found.keep(standing)
        return None
    assert found.dual is not None
    mended = repaired(found.arrays, found.dual.prices, pick)
    if mended is not None:
        found.keep(mended)
    return short


def settle(found: Search) -> None:
    """Solve the core that holds every better plan if that is small enough, else the full core."""
    if found.best is None or not prove(found):
        core(found)


def prove_at_once(found: Search) -> None:
    """Solve the core that holds every better plan if it is so small that nothing else could be faster."""
    prove(found, most=TINY)


def prove(found: Search, share: float = PROOF_SHARE, most: int = WHOLE) -> bool:
    """Solve the core that holds every plan better than the best one; whether that is small enough."""
    assert found.dual is not None
    if found.best is None:
        delta = 1e300
    else:
        # How far a better plan may lie below what these prices prove, which need not be the best bound that is known.
        above = float(found.dual.valuation.bound)
        delta = (above - float(found.worth)) * (1 + 1e-9) + 1e-9 * max(1.0, abs(above))
    if found.arrays.rows > most:
        return False
    entries = near(found.arrays, found.dual.prices, delta)
    base, still_open = split(found.arrays, entries)
    if len(still_open) > most:
        return False
    model = CoreModel(found.arrays, base).build(still_open)
    allowed = max(0.0, 0.999 * found.gap - 1e-6) * float(found.worth)
    weight = min(1.0, max(LIGHTEST, (len(model.rows.cost) / HEAVY) ** 2))
    outcome = _solve(found, model, allowed, int(found.steps(share) / weight), exact=True, weight=weight)
    if outcome.status == "infeasible":
        found.infeasible = found.best is None
    elif isfinite(outcome.bound):
        bound = Fraction(outcome.bound) + found.arrays.worth(base) + Fraction(model.certain)
        found.bound = min(found.bound, max(found.worth, bound + Fraction(1, 10**6) + abs(bound) / 10**7))
        found.proved = outcome.status == "optimal" and found.best is not None
    return True


def improve(found: Search) -> None:
    """Free one small part of the plan, solve it again with all else as it is, keep what is better."""
    if found.best is None or found.dual is None:
        return
    wide, _ = _close(found, ALL_YEARS if among_all_years(found.turn) else FREE)
    before = found.worth
    freed = freed_in_turn(found.arrays, found.best, wide, found.turn)
    base = np.where(freed.rows, -1, found.best.pick)
    model = CoreModel(found.arrays, base).build(freed.entries)
    allowed = float(found.worth) * found.gap * 0.02
    _solve(found, model, allowed, min(found.limits.left(), STEPS * (1 + found.idle // 12)), exact=True)
    found.turn += 1
    found.idle = 0 if found.worth > before else found.idle + 1

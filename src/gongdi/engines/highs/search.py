"""The search for a plan and its bound: prices, a first plan, the core, neighbourhoods, and a proof if it is small.

Everything that is kept is counted and paid in whole yuan; the bound is an evaluation at stated prices or, where the
core holds every plan that could be better than the best one, what branch and bound proves of the core.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from math import isfinite

import numpy as np

from gongdi.core.portfolio.flow import Shortage
from gongdi.engines.highs.arrays import Arrays, Bools, Ints
from gongdi.engines.highs.bundle_method import Dual, best_prices, blocks_of
from gongdi.engines.highs.core_model import CoreModel, split
from gongdi.engines.highs.filling import fill
from gongdi.engines.highs.limits import Limits
from gongdi.engines.highs.nearby import Entries, joined, near, nearest
from gongdi.engines.highs.neighbourhoods import modes_of, nearest_in, own_entries, regions, units_by_chance
from gongdi.engines.highs.pricing import Prices, evaluate
from gongdi.engines.highs.repairing import repaired
from gongdi.engines.highs.session import Option, Outcome, Progress, run
from gongdi.engines.highs.standing import Standing, count_of, shortage_of, unmet

WIDE, CORE, SMALL_CORE = 8_000, 2_500, 700
"""Starts beyond the best ones in the program that corrects prices and in those that are solved in whole numbers."""

WIDEST = 128_000
"""Where widening ends."""

CORRECTIONS = 14
"""How often prices are corrected."""

ELASTIC = 0.01
"""By what share money is dearer than its price where a core cannot be put together without."""

WHOLE = 15_000
"""A core of no more starts is solved with all that a better plan could use, which proves the optimum."""

NEIGHBOURHOOD = 1_200
"""Starts beyond the plan's own that are free in one small neighbourhood."""

SMALL_SHARE = 0.02
CORE_SHARE, REGION_SHARE, PROOF_SHARE, NEIGHBOURHOOD_SHARE = 0.2, 0.4, 0.3, 0.06
"""Parts of all steps that one run of each kind may take."""

IDLE = 24
"""Neighbourhoods without gain after which the search ends."""

ROUNDS = 12
"""How often a choice that cannot be paid exactly is cut off."""


@dataclass(slots=True)
class Search:
    """What is known so far: the best plan, an upper bound, the prices that prove it."""

    arrays: Arrays
    limits: Limits
    gap: float
    progress: Progress | None = None
    best: Standing | None = None
    worth: Fraction = Fraction(0)
    bound: Fraction = Fraction(0)
    dual: Dual | None = None
    proved: bool = False
    infeasible: bool = False
    blocks: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.blocks = blocks_of(self.arrays)[0]
        self.bound = everything(self.arrays)

    def done(self) -> bool:
        """Whether the gap that was asked for is proved, the instance is infeasible, or the time is over."""
        near_enough = self.best is not None and self.bound - self.worth <= Fraction(self.gap) * self.worth
        return self.proved or self.infeasible or near_enough or self.limits.seconds() <= 0

    def tell(self) -> None:
        """Report how far it is."""
        if self.progress is not None:
            self.progress(float(self.worth), float(self.bound))

    def keep(self, standing: Standing) -> bool:
        """Keep a paid choice that meets its demands if it is the best; whether it is."""
        if unmet(self.arrays, standing.pick):
            return False
        worth = self.arrays.worth(standing.pick)
        if self.best is not None and worth <= self.worth:
            return False
        self.best, self.worth = standing, worth
        self.tell()
        return True


def everything(arrays: Arrays) -> Fraction:
    """The sum of everybody's best worth, which no plan can exceed."""
    weight = np.where(arrays.open, arrays.weight, 0.0).max(axis=1, initial=0.0)
    benefit = np.where(np.isfinite(arrays.benefit), arrays.benefit, 0.0).max(axis=1, initial=0.0)
    return Fraction(float((weight * benefit).sum()) * (1 + 1e-12))


def search(found: Search, known: Prices | None = None) -> Search:
    """Search until the gap is proved or the work allowed is done."""
    _price(found, known)
    if not found.done() and not (found.best is not None and _many_regions(found)):
        _core(found)
    if not found.done() and _many_regions(found):
        _regions(found)
    if not found.done():
        _prove(found)
    if not found.done():
        _improve(found)
        if not found.done():
            _prove(found)
    return found


def _price(found: Search, known: Prices | None) -> None:
    """Prices, the bound, and a first plan from what everybody would choose."""

    def seen(dual: Dual) -> bool:
        found.infeasible = dual.valuation.bound < 0
        return not found.infeasible and found.limits.seconds() > 0

    nearness = min(1e-4, max(1e-6, found.gap / 50))
    dual = best_prices(found.arrays, nearness, known=known, on=seen)
    found.dual = dual
    found.infeasible = dual.valuation.bound < 0
    found.bound = min(found.bound, dual.valuation.bound)
    if not found.infeasible and found.limits.seconds() > 0:
        standing = repaired(found.arrays, dual.prices, dual.valuation.pick)
        if standing is not None:
            found.keep(standing)
    found.tell()


def _reprice(found: Search, prices: Prices) -> bool:
    """Evaluate other prices and take them if they prove more; whether they do."""
    assert found.dual is not None
    blocks = int(found.blocks.max(initial=-1)) + 1
    valuation = evaluate(found.arrays, prices, found.blocks, many=blocks)
    if valuation.value >= found.dual.valuation.value:
        return False
    found.dual = Dual(prices, valuation)
    found.bound = min(found.bound, valuation.bound)
    found.infeasible = valuation.bound < 0
    return True


def _close(found: Search, many: int) -> tuple[Entries, float]:
    assert found.dual is not None
    least = max(1e-9, found.dual.valuation.value / max(1, found.arrays.rows) * 0.01)
    return nearest(found.arrays, found.dual.prices, many, least)


def _correct(found: Search) -> None:
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
    if not elastic and found.dual.valuation.value - value <= 0.02 * found.gap * abs(value):
        return -1.0
    better = _reprice(found, model.prices(outcome.duals, known))
    if not elastic:
        return 0.0 if better else -1.0
    if float(outcome.values[model.slack].sum()) < 1e-6:
        return 0.0
    return elastic if better else elastic / 4


def _core(found: Search) -> None:
    """Solve the core in whole numbers: a small one, then the full one, wider if nothing can be put together."""
    _correct(found)
    many = SMALL_CORE
    while not found.done():
        entries, _ = _close(found, many)
        base, still_open = split(found.arrays, entries)
        margin = min(50.0, found.arrays.unit / 200)
        model = CoreModel(found.arrays, base, margin).build(still_open)
        assert found.dual is not None
        allowed = float(found.bound) * (1 - 1 / (1 + found.gap)) * 0.5
        small = many < CORE
        outcome = _solve(found, model, allowed, found.limits.share(SMALL_SHARE if small else CORE_SHARE))
        if len(still_open) == len(entries) or many >= WIDEST:
            return
        if not small and (outcome.values is not None or outcome.status != "infeasible"):
            return
        many = CORE if small else 2 * many


def _solve(found: Search, model: CoreModel, allowed: float, steps: int, exact: bool = False) -> Outcome:
    """Run a program until its choice can be paid exactly; keep what it brings."""
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
        outcome = run(model.rows, options, start, steps, _within(found))
        found.limits.spend(outcome.steps)
        if outcome.values is None:
            return outcome
        short = _take(found, model.read(outcome.values))
        if short is None:
            return outcome
        model.forbid(short)
    return outcome


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


def _prove(found: Search) -> None:
    """Solve the core that holds every plan better than the best one, if that is small enough."""
    assert found.dual is not None
    if found.best is None:
        delta = 1e300
    else:
        delta = float(found.bound - found.worth) * (1 + 1e-9) + 1e-9 * max(1.0, abs(float(found.bound)))
    if found.arrays.rows > WHOLE:
        return
    entries = near(found.arrays, found.dual.prices, delta)
    base, still_open = split(found.arrays, entries)
    if len(still_open) > WHOLE:
        return
    model = CoreModel(found.arrays, base).build(still_open)
    allowed = max(0.0, 0.999 * found.gap - 1e-6) * float(found.worth)
    outcome = _solve(found, model, allowed, found.limits.share(PROOF_SHARE), exact=True)
    if outcome.status == "infeasible":
        found.infeasible = found.best is None
        return
    if not isfinite(outcome.bound):
        return
    bound = Fraction(outcome.bound) + found.arrays.worth(base) + Fraction(model.certain)
    found.bound = min(found.bound, max(found.worth, bound + Fraction(1, 10**6) + abs(bound) / 10**7))
    found.proved = outcome.status == "optimal" and found.best is not None


def _improve(found: Search) -> None:
    """Free small parts of the plan at a time, solve each exactly, keep what is better."""
    if found.best is None or found.dual is None:
        return
    wide, _ = _close(found, 4 * WIDE)
    idle = 0
    for turn in count():
        if found.done() or idle >= IDLE or not found.limits.left():
            return
        before = found.worth
        _neighbourhood(found, wide, turn)
        idle = 0 if found.worth > before else idle + 1


def _neighbourhood(found: Search, wide: Entries, turn: int) -> None:
    rows = units_by_chance(found.arrays, wide, NEIGHBOURHOOD, turn)
    _free(found, wide.where(rows[wide.row]), rows, NEIGHBOURHOOD_SHARE)


def _free(found: Search, entries: Entries, rows: Bools, share: float) -> None:
    """Solve the plan again for some rows, all others staying as they are."""
    assert found.best is not None
    arrays = found.arrays
    own = own_entries(arrays, found.best)
    entries = joined([entries, own.where(rows[own.row])])
    base = np.where(rows, -1, found.best.pick)
    model = CoreModel(arrays, base).build(entries)
    allowed = float(found.worth) * found.gap * 0.05
    _solve(found, model, allowed, found.limits.share(share), exact=True)


def _many_regions(found: Search) -> bool:
    return len(regions(found.arrays)) > 1


def _regions(found: Search) -> None:
    """Solve the core of every region that shares no money with the others on its own, with corrected prices."""
    if found.best is None:
        return
    parts = regions(found.arrays)
    _correct(found)
    wide, _ = _close(found, 4 * WIDE)
    for part in parts:
        if found.done():
            return
        rows, delta = nearest_in(found.arrays, wide, part[found.arrays.county], CORE)
        _free(found, wide.where(rows[wide.row] & (wide.loss <= delta)), rows, REGION_SHARE / len(parts))

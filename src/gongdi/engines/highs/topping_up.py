"""What more money, in which fund and year, would make an impossible instance possible (追加资金), as cheaply as found.

With all benefits set to nothing and no price above one, the bound that prices prove is at least minus the least sum
that any top-up takes. At those prices the starts of least loss make a core in which further money may be bought for
every fund and year. What the core buys is rounded up to whole yuan and held against a plan that is paid exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np

from gongdi.core.portfolio.flow import Treasury
from gongdi.core.portfolio.model import Instance, TopUp
from gongdi.engines.highs.arrays import Arrays, Ints, sample
from gongdi.engines.highs.bundle_method import Descent, Dual
from gongdi.engines.highs.core_model import CoreModel, split
from gongdi.engines.highs.limits import Limits
from gongdi.engines.highs.nearby import nearest
from gongdi.engines.highs.priced_conflict import Seconds
from gongdi.engines.highs.pricing import Prices
from gongdi.engines.highs.search import Search
from gongdi.engines.highs.session import Option, Outcome, run
from gongdi.engines.highs.stages import price
from gongdi.engines.highs.standing import count_of, needs_by_place, unmet

EVALUATIONS = 90
"""Evaluations for the best prices."""

CORE = 1_500
"""Starts beyond the best ones in the program that buys money."""

SAMPLE = 1_000
"""Instances of more than twice as many compounds buy for a sample of about so many."""

MORE = (1.002, 1.005, 1.01, 1.02, 1.05, 1.1, 1.2)
"""By what factor more than the least is tried, shared out as the sample does, until a plan for the whole is found."""

STEPS = 400
"""Steps of that program."""

NEAR = 0.001
"""It ends when its sum is within this share of the least."""


@dataclass(frozen=True, slots=True)
class Topping:
    """The money that was found to suffice, and a sum below which none suffices."""

    rows: tuple[TopUp, ...]
    least: int


def cheapest_top_up(arrays: Arrays, seconds: Seconds) -> Topping | None:
    """The least further money that was found with which a plan exists, shown by that plan; None if none was found."""
    flat = without_benefits(arrays)
    dual = _best_flat(flat, seconds)
    if dual is None or seconds() <= 0:
        return None
    least = max(0, floor((-dual.valuation.value - 1e-6) * arrays.unit * (1 - 1e-9)))
    small = arrays.rows <= 2 * SAMPLE
    rows = _bought(arrays, dual.prices, seconds) if small else _bought_for_sample(arrays, least, seconds)
    if rows is None:
        return None
    return Topping(rows, min(least, sum(row.yuan for row in rows)))


def _program(arrays: Arrays, prices: Prices, seconds: Seconds) -> tuple[CoreModel, Outcome] | None:
    """The core in which money may be bought, and what it came to."""
    flat = without_benefits(arrays)
    entries, _ = nearest(flat, prices, CORE, 1e-6)
    base, still_open = split(flat, entries)
    model = CoreModel(flat, base, buys=True).build(still_open)
    options: dict[str, Option] = {"time_limit": max(0.1, seconds()), "mip_rel_gap": NEAR}
    outcome = run(model.rows, options, steps=STEPS)
    return None if outcome.values is None else (model, outcome)


def _bought(arrays: Arrays, prices: Prices, seconds: Seconds) -> tuple[TopUp, ...] | None:
    found = _program(arrays, prices, seconds)
    if found is None:
        return None
    model, outcome = found
    assert outcome.values is not None
    bought = {key: ceil(outcome.values[column] * arrays.unit - 1e-3) for key, column in model.bought.items()}
    paid = _until_paid(arrays, model.read(outcome.values), bought)
    return None if paid is None else _rows(arrays.instance, paid)


def _bought_for_sample(arrays: Arrays, least: int, seconds: Seconds) -> tuple[TopUp, ...] | None:
    """The least sum and a little more, shared out as a sample of the compounds buys, until a plan is found."""
    few = _with_its_share(sample(arrays, arrays.rows // SAMPLE), arrays)
    dual = _best_flat(without_benefits(few), seconds)
    found = None if dual is None else _program(few, dual.prices, seconds)
    if found is None:
        return None
    model, outcome = found
    assert outcome.values is not None
    total = sum(float(outcome.values[column]) for column in model.bought.values())
    for more in MORE if total > 0 else ():
        whole = more * least / total
        bought = {key: ceil(outcome.values[column] * whole) for key, column in model.bought.items()}
        rows = _rows(arrays.instance, bought)
        left = seconds()
        if left <= 0:
            return None
        richer = replace(arrays, instance=topped(arrays.instance, rows))
        budget = [fund.budget for fund in richer.instance.funds]
        richer = replace(richer, budget=np.array(budget, dtype=np.float64).reshape(arrays.budget.shape) / arrays.unit)
        tried = Search(richer, Limits.from_now(left), 1e9)
        price(tried, None)
        if tried.best is not None:
            return rows
    return None


def _with_its_share(few: Arrays, whole: Arrays) -> Arrays:
    """A sample whose funds have budgets in proportion, and its counties minimums."""
    funds = tuple(
        replace(fund, budget=tuple(yuan * few.rows // whole.rows for yuan in fund.budget))
        for fund in few.instance.funds
    )
    share = np.diff(few.span) / np.maximum(1, np.diff(whole.span))
    return replace(few, instance=replace(few.instance, funds=funds), least=np.floor(whole.least * share))


def _rows(instance: Instance, bought: Mapping[tuple[int, int], int]) -> tuple[TopUp, ...]:
    rows = sorted(bought.items())
    return tuple(TopUp(instance.funds[at].code, instance.years[year], yuan) for (at, year), yuan in rows if yuan > 0)


def without_benefits(arrays: Arrays) -> Arrays:
    """The same instance in which nothing is worth anything, so that only money counts."""
    benefit = np.where(np.isfinite(arrays.benefit), 0.0, -np.inf)
    return replace(arrays, benefit=benefit, units=np.zeros_like(arrays.units))


def topped(instance: Instance, rows: tuple[TopUp, ...]) -> Instance:
    """The instance with that money added to its budgets."""
    more = {(row.fund, row.year): row.yuan for row in rows}
    funds = tuple(
        replace(
            fund,
            budget=tuple(
                yuan + more.get((fund.code, year), 0) for year, yuan in zip(instance.years, fund.budget, strict=True)
            ),
        )
        for fund in instance.funds
    )
    return replace(instance, funds=funds)


def _best_flat(arrays: Arrays, seconds: Seconds) -> Dual | None:
    """The prices, none above one, at which the bound lies lowest; None if a compound that must start cannot."""
    descent = Descent(arrays, flat=True)
    high = np.ones(descent.space.count)
    high[descent.space.bonus[descent.space.bonus >= 0]] = float(arrays.net.sum(axis=2).max(initial=1)) / arrays.unit
    point, radius = high * 0.5, 0.5
    centre, value = point, np.inf
    for _ in range(EVALUATIONS):
        found = descent.look(point)
        if not np.isfinite(found.value):
            return None
        if found.value < value:
            centre, value, radius = point, found.value, min(1.0, 2 * radius)
        else:
            radius /= 2
        low, top = np.maximum(centre - radius * high, 0.0), np.minimum(centre + radius * high, high)
        point, estimate = descent.master.solve(low, top)
        if value - estimate <= 1e-5 * abs(value):
            if radius >= 1.0:
                break
            radius = 1.0
            point, estimate = descent.master.solve(np.zeros_like(high), high)
            if value - estimate <= 1e-5 * abs(value):
                break
        if seconds() <= 0:
            break
    return descent.best


def _until_paid(arrays: Arrays, pick: Ints, bought: dict[tuple[int, int], int]) -> dict[tuple[int, int], int] | None:
    """Raise what was bought by what rounding still lacks, until the choice is paid; None if it cannot be."""
    if unmet(arrays, pick):
        return None
    try:
        needs = needs_by_place(arrays, count_of(arrays, pick).need())
    except ValueError:
        return None
    for _ in range(2 * arrays.years * len(arrays.groups.funds) + 2):
        treasury = Treasury(topped(arrays.instance, _rows(arrays.instance, bought)), arrays.groups)
        lacking = {place: yuan - treasury.raise_need(place, yuan) for place, yuan in sorted(needs.items())}
        place = next((place for place, yuan in sorted(lacking.items()) if yuan), None)
        if place is None:
            return bought
        fund = arrays.groups.funds[place[1]][0]
        bought = {**bought, (fund, place[0]): bought.get((fund, place[0]), 0) + lacking[place]}
    return None

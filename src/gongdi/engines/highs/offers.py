"""Choices of starts that meet every demand, whatever they are worth, and the least money that each of them lacks.

With all benefits set to nothing and no price above one, the bound that prices prove is at least minus the least sum
that any choice lacks. What everybody would choose at those prices, just as many in each county as are demanded, lacks
little more; how much and where is what the greatest flow of money leaves unpaid. Small parts of the choice are then
freed in turn in a program that buys money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gongdi.core.portfolio.flow import Treasury
from gongdi.core.portfolio.model import Instance, TopUp
from gongdi.engines.highs.arrays import Arrays, Ints
from gongdi.engines.highs.bundle_method import Descent, Dual
from gongdi.engines.highs.core_model import CoreModel
from gongdi.engines.highs.nearby import Entries, nearest
from gongdi.engines.highs.neighbourhoods import freed_in_turn, modes_of
from gongdi.engines.highs.priced_conflict import Seconds
from gongdi.engines.highs.pricing import Prices
from gongdi.engines.highs.repairing import meet_minimums, trim
from gongdi.engines.highs.session import Option, Outcome, run
from gongdi.engines.highs.spreading import spread
from gongdi.engines.highs.standing import Standing, count_of, needs_by_place, unmet

EVALUATIONS = 90
"""Evaluations for the best prices."""

CORE = 1_500
"""Starts beyond the best ones among which parts are freed."""

LARGE = 100_000
"""Instances of more compounds are not improved part by part."""

FEW = 60
"""Steps of a program that frees a small part."""

TURNS = 24
"""How many small parts are freed."""

Bought = dict[tuple[int, int], int]
"""Fund, year: yuan."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice of starts that meets its demands, and the money that it lacks."""

    pick: Ints
    bought: Bought

    @property
    def yuan(self) -> int:
        """What it lacks in all."""
        return sum(self.bought.values())


def by_prices(flat: Arrays, dual: Dual) -> Iterable[Offer]:
    """What everybody would choose at the prices, all in the first of years that cost alike, and spread over them."""
    for pick in (dual.valuation.pick, spread(flat, dual.prices)):
        yield from offered(flat, trim(flat, meet_minimums(flat, dual.prices, pick)))


def offered(flat: Arrays, pick: Ints) -> Iterable[Offer]:
    """The choice with the money that it lacks, nothing if it does not meet its demands or no money helps."""
    bought = _until_paid(flat, pick, {})
    if bought is not None:
        yield Offer(pick, bought)


def program(
    flat: Arrays,
    base: Ints,
    entries: Entries,
    gap: float,
    work: tuple[int, Seconds],
    standing: Standing | None = None,
) -> tuple[CoreModel, Outcome]:
    """A core in which money may be bought, and what it came to within so many steps and the seconds left."""
    steps, seconds = work
    model = CoreModel(flat, base, buys=True).build(entries)
    options: dict[str, Option] = {"time_limit": max(0.1, seconds()), "mip_rel_gap": gap}
    start = [] if standing is None else model.solution(standing.pick, modes_of(flat, standing))
    return model, run(model.rows, options, start, steps=steps)


def improved(flat: Arrays, prices: Prices, best: Offer, enough: int, seconds: Seconds) -> Offer:
    """Free a small part at a time and buy less for it, until no more than `enough` or every part had its turn."""
    if flat.rows > LARGE or best.yuan <= enough:
        return best
    wide, _ = nearest(flat, prices, CORE, 1e-6)
    for turn in range(TURNS):
        if best.yuan <= enough or seconds() <= 0:
            break
        richer = replace(flat, instance=topped(flat.instance, rows_of(flat.instance, best.bought)))
        standing = Standing(richer, best.pick)
        freed = freed_in_turn(richer, standing, wide, turn)
        base = np.where(freed.rows, -1, best.pick)
        model, outcome = program(flat, base, freed.entries, 1e-4, (FEW, seconds), standing)
        if outcome.values is not None:
            offers = offered(flat, model.read(outcome.values))
            best = min(best, *offers, key=lambda offer: offer.yuan)
    return best


def rows_of(instance: Instance, bought: Mapping[tuple[int, int], int]) -> tuple[TopUp, ...]:
    """What is bought, by fund and year."""
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


def best_flat(arrays: Arrays, seconds: Seconds) -> Dual | None:
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


def _until_paid(arrays: Arrays, pick: Ints, bought: Bought) -> Bought | None:
    """Raise what was bought by what rounding still lacks, until the choice is paid; None if it cannot be."""
    if unmet(arrays, pick):
        return None
    try:
        needs = needs_by_place(arrays, count_of(arrays, pick).need())
    except ValueError:
        return None
    for _ in range(2 * arrays.years * len(arrays.groups.funds) + 2):
        treasury = Treasury(topped(arrays.instance, rows_of(arrays.instance, bought)), arrays.groups)
        lacking = {place: yuan - treasury.raise_need(place, yuan) for place, yuan in sorted(needs.items())}
        place = next((place for place, yuan in sorted(lacking.items()) if yuan), None)
        if place is None:
            return bought
        fund = arrays.groups.funds[place[1]][0]
        bought = {**bought, (fund, place[0]): bought.get((fund, place[0]), 0) + lacking[place]}
    return None

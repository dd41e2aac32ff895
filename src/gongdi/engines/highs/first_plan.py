"""A first plan where money only just suffices: the demands met as cheaply as can be, whatever that is worth.

Prices that weigh worth against money leave out what must be in; so the money is taken to be a little less than it is,
and what the demands need at the least is sought as if further money were asked for. Nothing lacking is a plan.
"""

from __future__ import annotations

from dataclasses import replace

from gongdi.engines.highs.arrays import Arrays
from gongdi.engines.highs.bundle_method import Dual
from gongdi.engines.highs.offers import best_flat, by_prices, improved, without_benefits
from gongdi.engines.highs.priced_conflict import TOLERANCE, Seconds
from gongdi.engines.highs.standing import Standing

SHARES = (0.97, 0.8)
"""Parts of the money with which the demands are tried: the first at which prices tell what is dear decides."""


def frugal(arrays: Arrays, seconds: Seconds) -> Standing | None:
    """A plan that meets the demands with next to no money to spare; None if none was found."""
    flat = without_benefits(arrays)
    dual = _tight(flat, seconds)
    offers = [] if dual is None else list(by_prices(flat, dual))
    if dual is None or not offers:
        return None
    best = improved(flat, dual.prices, min(offers, key=lambda offer: offer.yuan), 0, seconds)
    return None if best.yuan else Standing(arrays, best.pick)


def needs_more_money(arrays: Arrays, seconds: Seconds) -> bool:
    """Whether prices prove that the demands need more money than there is, whatever starts are worth."""
    dual = best_flat(without_benefits(arrays), seconds)
    if dual is None or dual.valuation.bound >= 0:
        return False
    return dual.valuation.value < -TOLERANCE * float(arrays.budget.sum() + 1)


def _tight(flat: Arrays, seconds: Seconds) -> Dual | None:
    """Prices at which the demands need more than a part of the money; None if a compound must start and cannot."""
    found = None
    for share in SHARES:
        found = best_flat(replace(flat, budget=flat.budget * share), seconds)
        if found is None or found.valuation.value < 0 or seconds() <= 0:
            break
    return found

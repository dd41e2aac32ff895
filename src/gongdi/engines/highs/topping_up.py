"""What more money, in which fund and year, would make an impossible instance possible (追加资金), as cheaply as found.

The least that is known to be needed comes from prices; for a small instance, which is put into one program whole, from
that program as well. What is named is what a choice of starts lacks that meets every demand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

import numpy as np

from gongdi.core.portfolio.model import TopUp
from gongdi.engines.highs.arrays import Arrays
from gongdi.engines.highs.core_model import split
from gongdi.engines.highs.nearby import near, nearest
from gongdi.engines.highs.offers import (
    CORE,
    Offer,
    best_flat,
    by_prices,
    improved,
    offered,
    program,
    rows_of,
    without_benefits,
)
from gongdi.engines.highs.priced_conflict import Seconds
from gongdi.engines.highs.pricing import Prices

WHOLE = 6_000
"""An instance of no more starts in all is put into the program whole, whose bound then is one of all top-ups."""

SMALL = 2_000
"""Instances of no more compounds begin from a core."""

STEPS, MANY = 400, 2_500
"""Steps of the program over a core, and over the whole."""

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
    dual = best_flat(flat, seconds)
    if dual is None or seconds() <= 0:
        return None
    least = max(0, floor((-dual.valuation.value - 1e-6) * arrays.unit * (1 - 1e-9)))
    offers = [*by_prices(flat, dual)]
    if arrays.rows <= SMALL:
        more, proved = _by_program(flat, dual.prices, seconds)
        offers, least = [*offers, *more], max(least, proved)
    if not offers:
        return None
    best = improved(flat, dual.prices, min(offers, key=lambda offer: offer.yuan), floor((1 + NEAR) * least), seconds)
    return Topping(rows_of(arrays.instance, best.bought), min(least, best.yuan))


def _by_program(flat: Arrays, prices: Prices, seconds: Seconds) -> tuple[Iterable[Offer], int]:
    """What a core chooses in which money may be bought, and a sum below which no top-up suffices if it is the whole."""
    every = near(flat, prices, 1e300)
    whole = len(every) <= WHOLE
    entries = every if whole else nearest(flat, prices, CORE, 1e-6)[0]
    base, still_open = split(flat, entries)
    model, outcome = program(flat, base, still_open, NEAR / 10 if whole else NEAR, (MANY if whole else STEPS, seconds))
    least = 0
    if whole and np.isfinite(outcome.bound):
        # The order in which funds are named costs up to a millionth for each of them.
        dearest = 1 + 1e-6 * (len(flat.instance.funds) + 1)
        least = max(0, floor((-outcome.bound / dearest - 1e-6) * flat.unit * (1 - 1e-6)))
    return ([] if outcome.values is None else offered(flat, model.read(outcome.values))), least

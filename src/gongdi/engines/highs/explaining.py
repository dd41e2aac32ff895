"""Why compounds are left out of a plan (未列入原因), for all of them at once; what one more million would bring."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from gongdi.core.portfolio.model import CLASSES, Marginal, Reason
from gongdi.engines.highs.arrays import Arrays, Ints
from gongdi.engines.highs.filling import NEVER, lacks
from gongdi.engines.highs.pricing import PIECE, Prices
from gongdi.engines.highs.standing import Standing

MILLION = 1_000_000


def reasons_of(standing: Standing, prices: Prices) -> tuple[Reason, ...]:
    """A reason for every compound that the plan leaves out, by id."""
    arrays = standing.arrays
    left_out = np.flatnonzero(standing.pick < 0)
    found: list[tuple[int, Reason]] = []
    for at in range(0, len(left_out), PIECE):
        rows = left_out[at : at + PIECE]
        found += zip(arrays.index[rows].tolist(), _reasons(standing, prices, rows), strict=True)
    return tuple(reason for _, reason in sorted(found, key=lambda pair: pair[0]))


def _reasons(standing: Standing, prices: Prices, rows: Ints) -> Iterator[Reason]:
    arrays = standing.arrays
    compounds, years = arrays.instance.compounds, arrays.instance.years
    lacking = lacks(standing, rows)
    least, year, _ = lacking.least()
    at = np.arange(len(rows))
    # Of the levels that lack as little in that year the one of the greatest benefit is named.
    level = np.where(lacking.short[at, :, year] == least[:, None], arrays.benefit[rows], -np.inf).argmax(axis=1)
    shut = set(np.flatnonzero(~arrays.open[rows].any(axis=1)).tolist())
    behind = _behind(arrays, prices, rows)
    for k, position in enumerate(arrays.index[rows].tolist()):
        compound = compounds[position]
        if k in shut:
            yield Reason(compound.id, "window")
        elif least[k] == NEVER:
            yield Reason(compound.id, "no_fund", classes=_unpayable(arrays, int(rows[k])))
        elif not least[k]:
            yield Reason(compound.id, "no_gain")
        else:
            name = compound.levels[level[k]].name
            yield Reason(compound.id, "outranked", int(least[k]), name, years[year[k]], behind=int(behind[k]))


def _behind(arrays: Arrays, prices: Prices, rows: Ints) -> Ints:
    """By how many yuan each row's own cost would have to fall, at today's prices, for its best start to pay (0: none).

    A start pays when its worth reaches the price of its needs; the greatest ratio of the two decides.
    """
    price = np.moveaxis(prices.need[:, arrays.county[rows], :], 0, 1) / arrays.unit
    cost = np.einsum("rlk,ryk->rly", arrays.net[rows].astype(np.float64), price)
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = arrays.benefit[rows][:, :, None] * arrays.weight
        share = np.where(cost > 0, 1 - worth / cost, 0.0)
    needed = arrays.net[rows].sum(axis=2).astype(np.float64)[:, :, None] * np.maximum(share, 0.0)
    able = np.isfinite(arrays.benefit[rows])[:, :, None] & arrays.open[rows][:, None, :]
    least = np.where(able, np.nan_to_num(needed, posinf=0.0), np.inf).reshape(len(rows), -1).min(axis=1, initial=np.inf)
    return np.where(np.isfinite(least), np.ceil(np.where(np.isfinite(least), least, 0.0)), 0).astype(np.int64)


def _unpayable(arrays: Arrays, row: int) -> tuple[str, ...]:
    """The classes that block the level with the fewest such classes."""
    lost = arrays.group[arrays.county[row]] < 0
    many = len(arrays.instance.compounds[arrays.index[row]].levels)
    blocked = [tuple(CLASSES[k] for k in range(3) if lost[k] and arrays.net[row, at, k]) for at in range(many)]
    return min(blocked, key=len)


def marginals_of(arrays: Arrays, prices: Prices) -> tuple[Marginal, ...]:
    """For every fund and year what a further million yuan would bring at most, by today's prices."""
    value = prices.of_funds(arrays) * (MILLION / arrays.unit)
    years = arrays.instance.years
    return tuple(
        Marginal(fund.code, year, Fraction(round(float(value[at, k]) * 1000), 1000))
        for at, fund in enumerate(arrays.instance.funds)
        for k, year in enumerate(years)
    )

"""From what everybody would choose at the best prices to a plan that can be paid: the cheapest changes that suffice."""

from __future__ import annotations

import numpy as np

from gongdi.core.portfolio.flow import Shortage
from gongdi.engines.highs.arrays import Arrays, Bools, Floats, Ints
from gongdi.engines.highs.filling import fill
from gongdi.engines.highs.pricing import Prices, pieces
from gongdi.engines.highs.standing import Standing, count_of, shortage_of, unmet

ROUNDS = 60
"""How many shortages are mended before it is left to the solver."""

NOTHING = -1


def repaired(arrays: Arrays, prices: Prices, pick: Ints) -> Standing | None:
    """A plan near a choice: demands met first, then shortages mended, then leftovers taken; None if that fails."""
    pick = meet_minimums(arrays, prices, pick)
    for _ in range(ROUNDS):
        try:
            short = shortage_of(arrays, count_of(arrays, pick).need())
        except ValueError:
            return None
        if short is None:
            break
        if not _mend(arrays, prices, pick, short):
            return None
    standing = Standing(arrays, pick)
    if not standing.paid or unmet(arrays, pick):
        return None
    fill(standing)
    return standing


def _values(arrays: Arrays, prices: Prices, rows: Ints) -> Floats:
    """The value of every start of some rows at the prices, bonuses left out: row, level, year."""
    price = np.moveaxis(prices.need[:, arrays.county[rows], :], 0, 1)
    with np.errstate(invalid="ignore"):
        worth = arrays.benefit[rows][:, :, None] * arrays.weight
    worth = np.where(np.isnan(worth), -np.inf, worth)
    found = worth - np.einsum("rlk,ryk->rly", arrays.net[rows] / arrays.unit, price)
    found[~np.broadcast_to(arrays.open[rows][:, None, :], found.shape)] = -np.inf
    return np.asarray(found)


def meet_minimums(arrays: Arrays, prices: Prices, pick: Ints) -> Ints:
    """A choice in which further rows start where a county's minimum is not met, those that lose least first."""
    pick = pick.copy()
    started = np.bincount(arrays.county[pick >= 0], minlength=arrays.counties)
    for county in np.flatnonzero(started < arrays.least):
        rows = np.arange(arrays.span[county], arrays.span[county + 1])
        rows = rows[pick[rows] < 0]
        if not len(rows):
            continue
        flat = _values(arrays, prices, rows).reshape(len(rows), -1)
        option = flat.argmax(axis=1)
        best = flat[np.arange(len(rows)), option]
        able = np.flatnonzero(np.isfinite(best))
        taken = able[np.argsort(-best[able], kind="stable")][: int(arrays.least[county] - started[county])]
        pick[rows[taken]] = option[taken]
    return pick


def trim(arrays: Arrays, pick: Ints) -> Ints:
    """A choice in which no county starts more than its minimum demands; those that need most are left out."""
    pick = pick.copy()
    started = np.bincount(arrays.county[pick >= 0], minlength=arrays.counties)
    for county in np.flatnonzero(started > arrays.least):
        rows = np.arange(arrays.span[county], arrays.span[county + 1])
        rows = rows[(pick[rows] >= 0) & ~arrays.must[rows]]
        needed = arrays.net[rows, pick[rows] // arrays.years].sum(axis=1)
        many = int(started[county] - arrays.least[county])
        pick[rows[np.argsort(-needed, kind="stable")[:many]]] = NOTHING
    return pick


def _mend(arrays: Arrays, prices: Prices, pick: Ints, short: Shortage) -> bool:
    """Change the starts that give back the missing money at the least loss; False if there are not enough."""
    inside = np.zeros((arrays.years, len(arrays.groups.funds) + 1), dtype=np.bool_)
    for place in short.places:
        inside[place] = True
    inside[:, -1] = False
    weighs = inside[:, arrays.group]
    parts = []
    for span in pieces(arrays):
        here = np.arange(span.start, span.stop)
        parts.append(_moves(arrays, prices, pick, here[pick[here] >= 0], weighs))
    rows, option, ratio, given = zip(*parts, strict=True)
    found = (np.concatenate(rows), np.concatenate(option), np.concatenate(ratio), np.concatenate(given))
    return _take(arrays, pick, found, short.yuan)


def _moves(arrays: Arrays, prices: Prices, pick: Ints, rows: Ints, weighs: Bools) -> tuple[Ints, Ints, Floats, Ints]:
    """For every row that gives something back: its best other option, the loss for a yuan, and what it gives back."""
    weight = np.moveaxis(weighs[:, arrays.county[rows], :], 0, 1)
    taken = np.einsum("rlk,ryk->rly", arrays.net[rows], weight).reshape(len(rows), -1)
    values = _values(arrays, prices, rows).reshape(len(rows), -1)
    at = np.arange(len(rows))
    current = pick[rows]
    # Leaving it out is the last option.
    taken = np.concatenate([taken, np.zeros((len(rows), 1), dtype=np.int64)], axis=1)
    values = np.concatenate([values, np.where(arrays.must[rows], -np.inf, 0.0)[:, None]], axis=1)
    back = np.where(_within(arrays, rows, current), taken[at, current][:, None] - taken, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(back > 0, (values[at, current][:, None] - values) / back, np.inf)
    ratio = np.where(np.isfinite(ratio), ratio, np.inf)
    best = ratio.argmin(axis=1)
    able = np.flatnonzero(np.isfinite(ratio[at, best]))
    chosen = np.where(best == values.shape[1] - 1, NOTHING, best)
    return rows[able], chosen[able], ratio[at, best][able], back[at, best][able]


def _within(arrays: Arrays, rows: Ints, current: Ints) -> Bools:
    """Which options (leaving out at the end) need no more of any class in the same year, so that nothing new lacks."""
    level, year = current // arrays.years, current % arrays.years
    less = (arrays.net[rows] <= arrays.net[rows, level][:, None, :]).all(axis=2)
    same = np.asarray(year[:, None] == np.arange(arrays.years))
    found = (np.asarray(less)[:, :, None] & same[:, None, :]).reshape(len(rows), -1)
    return np.concatenate([found, np.ones((len(rows), 1), dtype=np.bool_)], axis=1)


def _take(arrays: Arrays, pick: Ints, found: tuple[Ints, Ints, Floats, Ints], yuan: int) -> bool:
    """Make the cheapest of the changes until the money is there; a county keeps its minimum."""
    rows, option, ratio, given = found
    order = np.lexsort((rows, ratio))
    rows, option, given = rows[order], option[order], given[order]
    spare = np.bincount(arrays.county[pick >= 0], minlength=arrays.counties) - arrays.least
    leaves = option == NOTHING
    allowed = np.ones(len(rows), dtype=np.bool_)
    for county in np.unique(arrays.county[rows[leaves]]):
        here = np.flatnonzero(leaves & (arrays.county[rows] == county))
        allowed[here[int(max(0, spare[county])) :]] = False
    rows, option, given = rows[allowed], option[allowed], given[allowed]
    if not len(rows):
        return False
    many = int(np.searchsorted(np.cumsum(given), yuan)) + 1
    pick[rows[:many]] = option[:many]
    return True

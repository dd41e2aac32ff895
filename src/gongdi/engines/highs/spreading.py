"""A choice at the best prices that uses the budgets of every year, where many starts are worth the same at them.

Where money is short in every year, the best prices hardly tell the years apart: everybody would start in the same one
and leave the other years' money unused. So everybody is asked at prices that favour each year in turn a little, and a
small linear program says what share of each block follows which, so that as little money as can be is lacking.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Floats, Ints
from gongdi.engines.highs.bundle_method import blocks_of
from gongdi.engines.highs.pricing import Prices, evaluate
from gongdi.engines.highs.session import Rows, run

FAVOUR = 2e-4
"""The share by which the other years' prices rise above the best ones when a year is favoured."""

Line = dict[int, float]


def spread(arrays: Arrays, prices: Prices) -> Ints:
    """A choice of starts by row; it loses next to nothing at the prices."""
    blocks, counties = blocks_of(arrays)
    picks, needs = [], []
    for year in range(arrays.years):
        favoured = prices.need * (1 + FAVOUR)
        favoured[year] = prices.need[year]
        found = evaluate(arrays, Prices(favoured, prices.bonus), blocks, many=len(counties))
        picks.append(found.pick)
        needs.append(found.need)
    share = _shares(arrays, counties, np.array(needs))
    return _shared_out(arrays, blocks, share, np.array(picks))


def _shares(arrays: Arrays, counties: Ints, needs: Floats) -> Floats:
    """What share of each block takes which choice, so that the least money is lacking: block, choice."""
    rows = Rows()
    choices, many, years = needs.shape[:3]
    columns = np.array([[rows.column() for _ in range(choices)] for _ in range(many)])
    for block in columns.tolist():
        rows.row(dict.fromkeys(block, 1.0), 1.0, 1.0)
    paid: dict[tuple[int, int], Line] = defaultdict(dict)
    for at, fund in enumerate(arrays.instance.funds):
        running: Line = {}
        for year in range(years):
            running = running if fund.carry_over else {}
            for group in (group for group, funds in enumerate(arrays.groups.funds) if at in funds):
                column = rows.column()
                running[column] = 1.0
                paid[year, group][column] = -1.0
            start = 0 if fund.carry_over else year
            rows.row(dict(running), float(arrays.budget[at, start : year + 1].sum()))
    for (year, group), line in paid.items():
        lacking = rows.column(-1.0)
        for block, county in enumerate(counties.tolist()):
            inside = arrays.group[county] == group
            for choice, column in enumerate(columns[block].tolist()):
                line[column] = float(needs[choice, block, year][inside].sum())
        rows.row({**line, lacking: -1.0}, 0.0)
    outcome = run(rows, {}, relaxed=True)
    if outcome.values is None:
        return np.full((many, choices), 1.0 / choices)
    return np.asarray(outcome.values[columns], dtype=np.float64)


def _shared_out(arrays: Arrays, blocks: Ints, share: Floats, picks: Ints) -> Ints:
    """Give each area group and single row of a block one of the choices, evenly in the order of rows."""
    unit = arrays.unit_of
    heads = np.flatnonzero(unit == np.arange(arrays.rows))
    first = np.searchsorted(blocks[heads], blocks[heads])
    # Steps of the golden ratio spread the choices evenly over the block, whatever its order.
    place = ((np.arange(len(heads)) - first + 0.5) * 0.6180339887498949) % 1.0
    until = np.cumsum(share, axis=1)[blocks[heads]]
    choice = np.minimum((place[:, None] > until).sum(axis=1), share.shape[1] - 1)
    by_unit = np.zeros(arrays.rows, dtype=np.int64)
    by_unit[heads] = choice
    return np.asarray(picks[by_unit[unit], np.arange(arrays.rows)], dtype=np.int64)

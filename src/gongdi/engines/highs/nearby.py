"""The starts that a plan within a given distance of the bound may use, each with its exact loss at the best prices.

An area group either saves in no year or in one: its *mode*. The loss of a start in a mode is how much the group's
value at the prices falls if the member starts so and the rest does its best for the mode. A plan whose total falls
short of the bound by no more than `delta` uses no start of a greater loss, so leaving those out loses no such plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Bools, Floats, Ints
from gongdi.engines.highs.pricing import Best, Prices, Push, best_starts, gains, option_values, pieces, pushes

NONE = -1
"""Not starting, as an option."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Starts that are near, one an entry: row, mode (0: no saving; year + 1), option, loss."""

    row: Ints
    mode: Ints
    option: Ints
    loss: Floats

    def __len__(self) -> int:
        return len(self.row)

    def where(self, kept: Bools | Ints) -> Entries:
        """Some of them."""
        return Entries(self.row[kept], self.mode[kept], self.option[kept], self.loss[kept])


def joined(parts: list[Entries]) -> Entries:
    """Several lists as one, by row, mode and option, each start once."""
    every = Entries(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.mode for part in parts]),
        np.concatenate([part.option for part in parts]),
        np.concatenate([part.loss for part in parts]),
    )
    order = np.lexsort((every.loss, every.option, every.mode, every.row))
    every = every.where(order)
    same = np.zeros(len(every), dtype=np.bool_)
    same[1:] = (
        (every.row[1:] == every.row[:-1])
        & (every.mode[1:] == every.mode[:-1])
        & (every.option[1:] == every.option[:-1])
    )
    return every.where(~same)


def near(arrays: Arrays, prices: Prices, delta: float, only: Bools | None = None) -> Entries:
    """All starts of a loss of at most `delta`; `only` names rows (whole area groups) to look at."""
    parts = []
    for span in pieces(arrays):
        if only is None or only[span].any():
            parts += list(_near_in(arrays, prices, span, delta, None if only is None else only[span]))
    none = np.zeros(0, dtype=np.int64)
    return joined(parts) if parts else Entries(none, none, none, np.zeros(0))


def _near_in(arrays: Arrays, prices: Prices, span: slice, delta: float, only: Bools | None) -> Iterator[Entries]:
    values = option_values(arrays, prices, span)
    best = best_starts(arrays, values, span)
    with np.errstate(invalid="ignore"):
        loss = np.moveaxis(best.value[:, None] - values, 0, 1)
    loss[np.isnan(loss)] = np.inf
    idle = np.where(arrays.must[span], np.inf, best.value)
    looked = np.ones(len(idle), dtype=np.bool_) if only is None else only
    alone = np.flatnonzero((arrays.bundle[span] < 0) & looked)
    yield from _pick(alone + span.start, 0, (loss[alone], idle[alone]), delta, np.zeros(len(alone)), None)
    for push in pushes(arrays, best, span):
        kept = looked[push.members[:, 0]]
        if kept.any():
            yield from _near_areas(arrays, prices, push, kept, (best, loss, idle), span.start, delta)


def _near_areas(
    arrays: Arrays,
    prices: Prices,
    push: Push,
    kept: Bools,
    found: tuple[Best, Floats, Floats],
    offset: int,
    delta: float,
) -> Iterator[Entries]:
    _, loss, idle = found
    push = Push(push.areas[kept], push.members[kept], push.loss[kept], push.total[kept])
    gain = gains(arrays, prices, push)
    top = np.maximum(0.0, gain.max(axis=1))
    rows = push.members.ravel()
    size = push.members.shape[1]
    yield from _pick(rows + offset, 0, (loss[rows], idle[rows]), delta, np.repeat(top, size), None)
    inside, outside = _rests(arrays, push)
    for year in range(arrays.years):
        able = np.flatnonzero(top - gain[:, year] <= delta)
        if not len(able):
            continue
        members = push.members[able].ravel()
        with np.errstate(invalid="ignore"):
            saved = np.repeat(gain[able, year] + _least(arrays, push)[able, year], size)
            rest_in = np.repeat(top[able], size) - saved + inside[able, :, year].ravel()
            rest_out = np.repeat(top[able], size) - saved + outside[able, :, year].ravel()
        yield from _pick(members + offset, year + 1, (loss[members], idle[members]), delta, rest_out, rest_in)


def _least(arrays: Arrays, push: Push) -> Floats:
    """The sum of the `need` least losses, by group and year."""
    need = arrays.areas.need[push.areas][:, None, None]
    return np.asarray(np.take_along_axis(push.total, need, axis=1)[:, 0])


def _rests(arrays: Arrays, push: Push) -> tuple[Floats, Floats]:
    """The least losses of the other members if this one starts in the year, and if it does not: group, member, year."""
    need = arrays.areas.need[push.areas][:, None, None]
    rank = np.argsort(np.argsort(push.loss, axis=1, kind="stable"), axis=1, kind="stable")
    padded = np.concatenate([push.total, np.full_like(push.total[:, :1], np.inf)], axis=1)

    def sums(how_many: Ints) -> Floats:
        return np.asarray(np.take_along_axis(padded, how_many, axis=1))

    with np.errstate(invalid="ignore"):
        inside = np.where(rank < need - 1, sums(need) - push.loss, sums(need - 1))
        outside = np.where(rank < need, sums(need + 1) - push.loss, sums(need))
    inside[np.isnan(inside)] = np.inf
    outside[np.isnan(outside)] = np.inf
    return inside, outside


def _pick(
    rows: Ints,
    mode: int,
    losses: tuple[Floats, Floats],
    delta: float,
    rest: Floats,
    rest_in: Floats | None,
) -> Iterator[Entries]:
    """The entries of one mode: `rest` is what the others lose, `rest_in` where the start lies in the mode's year."""
    loss, idle = losses
    with np.errstate(invalid="ignore"):
        whole = loss + rest[:, None, None]
        if rest_in is not None:
            whole[:, :, mode - 1] = loss[:, :, mode - 1] + rest_in[:, None]
        nothing = idle + rest
    at, level, year = np.nonzero(whole <= delta)
    yield Entries(rows[at], np.full(len(at), mode), level * loss.shape[2] + year, whole[at, level, year])
    left = np.flatnonzero(nothing <= delta)
    yield Entries(rows[left], np.full(len(left), mode), np.full(len(left), NONE), nothing[left])


def nearest(arrays: Arrays, prices: Prices, many: int, least: float) -> tuple[Entries, float]:
    """About so many starts beyond those that lose nothing, and the greatest loss among them."""
    delta = least
    while True:
        found = near(arrays, prices, delta)
        further = found.loss[found.loss > 1e-9]
        if len(further) >= many or delta > 1e12:
            break
        delta *= 4.0
    if len(further) > many:
        delta = float(np.partition(further, many - 1)[many - 1])
        found = found.where(found.loss <= delta)
    return found, delta

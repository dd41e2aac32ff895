"""Prices by name, so that they can be carried from one instance to another that is like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from gongdi.core.portfolio.model import CLASSES, Chosen
from gongdi.core.portfolio.needs import NeedKey
from gongdi.engines.highs.arrays import Arrays, Ints
from gongdi.engines.highs.pricing import Prices


@dataclass(frozen=True, slots=True)
class ShadowPrices:
    """Prices by name (影子价格), to solve a changed instance again from: worth for a yuan of need, and for a start."""

    need: Mapping[NeedKey, float]
    bonus: Mapping[str, float]
    chosen: tuple[Chosen, ...] = ()
    """The plan that was found at them, which a like instance begins from."""


def joined(parts: Iterable[ShadowPrices]) -> ShadowPrices:
    """The prices of parts that have no county in common."""
    need: dict[NeedKey, float] = {}
    bonus: dict[str, float] = {}
    for part in parts:
        need.update(part.need)
        bonus.update(part.bonus)
    return ShadowPrices(need, bonus)


def named(arrays: Arrays, prices: Prices) -> ShadowPrices:
    """Prices by the names of what they price."""
    instance = arrays.instance
    need: dict[NeedKey, float] = {
        (year, county.code, name): float(prices.need[k, at, j]) / arrays.unit
        for k, year in enumerate(instance.years)
        for at, county in enumerate(instance.counties)
        for j, name in enumerate(CLASSES)
    }
    return ShadowPrices(need, {row.code: float(prices.bonus[at]) for at, row in enumerate(instance.counties)})


def placed(arrays: Arrays, prices: ShadowPrices) -> Prices:
    """Known prices in the positions of an instance; what is not known costs what is usual in its class."""
    instance = arrays.instance
    usual = {name: [p for key, p in sorted(prices.need.items()) if key[2] == name] for name in CLASSES}
    middle = {name: float(np.median(row)) if row else 0.0 for name, row in usual.items()}
    need = [
        [[prices.need.get((year, row.code, name), middle[name]) for name in CLASSES] for row in instance.counties]
        for year in instance.years
    ]
    shape = (arrays.years, arrays.counties, len(CLASSES))
    bonus = [prices.bonus.get(row.code, 0.0) for row in instance.counties]
    return Prices(np.array(need).reshape(shape) * arrays.unit, np.array(bonus))


def pick_of(arrays: Arrays, chosen: Iterable[Chosen]) -> Ints:
    """The starts of a plan for a like instance by row; what this instance does not know or allow is left out."""
    instance = arrays.instance
    by_id = {row.id: row for row in chosen}
    year_at = {year: at for at, year in enumerate(instance.years)}
    pick = np.full(arrays.rows, -1, dtype=np.int64)
    for row, position in enumerate(arrays.index.tolist()):
        compound = instance.compounds[position]
        one = by_id.get(compound.id)
        if one is None:
            continue
        level = next((at for at, level in enumerate(compound.levels) if level.name == one.level), None)
        year = year_at.get(one.year)
        if (
            level is not None
            and year is not None
            and arrays.open[row, year]
            and np.isfinite(arrays.benefit[row, level])
        ):
            pick[row] = level * arrays.years + year
    for row in np.flatnonzero(arrays.must & (pick < 0)).tolist():
        able = np.argwhere(np.isfinite(arrays.benefit[row])[:, None] & arrays.open[row][None, :])
        if len(able):
            cheapest = min(able.tolist(), key=lambda at: (int(arrays.net[row, at[0]].sum()), at))
            pick[row] = cheapest[0] * arrays.years + cheapest[1]
    return pick

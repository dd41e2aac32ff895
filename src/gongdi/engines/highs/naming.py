"""Prices by name, so that they can be carried from one instance to another that is like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from gongdi.core.portfolio.model import CLASSES
from gongdi.core.portfolio.needs import NeedKey
from gongdi.engines.highs.arrays import Arrays
from gongdi.engines.highs.pricing import Prices


@dataclass(frozen=True, slots=True)
class ShadowPrices:
    """Prices by name (影子价格), to solve a changed instance again from: worth for a yuan of need, and for a start."""

    need: Mapping[NeedKey, float]
    bonus: Mapping[str, float]


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

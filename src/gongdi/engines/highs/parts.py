"""Parts of a problem that share no money with each other: each is searched on its own, bounds and plans add up.

Branch and bound on two such parts at once would try every pair of what it tries on each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from gongdi.core.portfolio.model import Instance
from gongdi.engines.highs.arrays import Arrays, Ints, arrays_of
from gongdi.engines.highs.bundle_method import Dual
from gongdi.engines.highs.naming import ShadowPrices, joined, named, pick_of, placed
from gongdi.engines.highs.pricing import Prices, evaluate
from gongdi.engines.highs.search import Search
from gongdi.engines.highs.stages import begin, improve, price, prove, prove_at_once, settle
from gongdi.engines.highs.standing import Standing

LAST_SHARE = 1.0
"""The part of all steps for a proof once nothing else helps; what is left bounds it."""

KEPT_SHARE = 0.3
"""The part of all steps that neighbourhoods leave for it."""

FIRST_SHARE = 0.7
"""The part of all steps that the first neighbourhoods leave for what follows."""

TRIES = 4
"""How many neighbourhoods of a part may bring nothing before another part has its turn."""

IDLE = 3
"""How often every kind of neighbourhood may bring nothing before the search ends."""


def split(instance: Instance) -> tuple[Instance, ...]:
    """The parts of an instance in the order of their first counties; the instance itself if it is one piece."""
    codes = [county.code for county in instance.counties]
    first = {code: code for code in codes}

    def head(code: str) -> str:
        while first[code] != code:
            first[code] = first[first[code]]
            code = first[code]
        return code

    for fund in instance.funds:
        paid = [code for code in codes if fund.counties is None or code in fund.counties]
        for code in paid[1:]:
            one, other = sorted((head(paid[0]), head(code)))
            first[other] = one
    heads = sorted({head(code) for code in codes})
    return (instance,) if len(heads) < 2 else tuple(_part(instance, {c for c in codes if head(c) == h}) for h in heads)


def _part(instance: Instance, codes: set[str]) -> Instance:
    return replace(
        instance,
        funds=tuple(row for row in instance.funds if row.counties is None or row.counties & codes),
        counties=tuple(row for row in instance.counties if row.code in codes),
        compounds=tuple(row for row in instance.compounds if row.county in codes),
        bundles=tuple(row for row in instance.bundles if row.county in codes),
    )


def search(whole: Search, known: ShadowPrices | None = None) -> Search:
    """Search until the gap is proved or the work allowed is done; what is found is put into `whole`."""
    instances = split(whole.arrays.instance)
    if len(instances) == 1:
        found = [whole]
    else:
        found = [Search(arrays_of(part), whole.limits, whole.gap, whole.progress) for part in instances]
        for part in found:
            part.together = found
    _stages(found, known)
    if len(found) > 1:
        _merge(whole, found)
    return whole


def _stages(parts: Sequence[Search], known: ShadowPrices | None) -> None:
    for part in parts:
        price(part, *_known_of(part, known))
        if part.infeasible:
            return
    # Few years at a time bring a plan near the bound sooner than the full core does; a proof needs a plan that is near.
    work: list[Callable[[], None]] = [
        lambda: _each(parts, begin),
        lambda: _each(parts, prove_at_once),
        lambda: _improve(parts, 1, FIRST_SHARE),
        lambda: _each(parts, settle),
        lambda: _improve(parts, IDLE, KEPT_SHARE),
    ]
    for stage in work:
        stage()
        if any(part.infeasible for part in parts):
            return
    for part in sorted(parts, key=lambda part: part.bound - part.worth):
        if not part.done():
            prove(part, LAST_SHARE)
    # Parts too large for a proof leave steps over.
    _improve(parts, IDLE, 0.0)


def _each(parts: Sequence[Search], stage: Callable[[Search], None]) -> None:
    """One stage of every part that needs more work, until one is infeasible."""
    for part in parts:
        if not part.done():
            stage(part)
        if part.infeasible:
            return


def _known_of(part: Search, known: ShadowPrices | None) -> tuple[Prices | None, Ints | None]:
    """Prices and a start for a part."""
    if known is None:
        return None, None
    return placed(part.arrays, known), pick_of(part.arrays, known.chosen) if known.chosen else None


def _improve(parts: Sequence[Search], rounds: int, kept: float) -> None:
    """Neighbourhoods of the part whose plan lies farthest below its bound, while more steps are left than kept.

    A part that gained nothing for some turns lets others go first; all end when every kind brought nothing so often.
    """
    while True:
        able = [
            part for part in parts if not part.done() and part.best is not None and part.idle < _kinds(part) * rounds
        ]
        if not able or able[0].limits.left() <= kept * able[0].limits.whole:
            return
        improve(max(able, key=lambda part: (-(part.idle // TRIES), part.bound - part.worth)))


def _kinds(part: Search) -> int:
    return part.arrays.years * (part.arrays.years + 1)


def _merge(whole: Search, parts: Sequence[Search]) -> None:
    """What the parts found, as of the whole."""
    whole.infeasible = any(part.infeasible for part in parts)
    whole.bound = sum((part.bound for part in parts), Fraction(0))
    whole.proved = all(part.settled() for part in parts)
    if whole.infeasible or any(part.best is None for part in parts):
        return
    arrays = whole.arrays
    prices = placed(arrays, joined([named(part.arrays, part.dual.prices) for part in parts if part.dual is not None]))
    blocks = int(whole.blocks.max(initial=-1)) + 1
    whole.dual = Dual(prices, evaluate(arrays, prices, whole.blocks, many=blocks))
    whole.best = Standing(arrays, _pick(arrays, parts))
    whole.worth = arrays.worth(whole.best.pick)


def _pick(arrays: Arrays, parts: Sequence[Search]) -> Ints:
    """The starts of all parts by row of the whole. Compounds keep their order in every part."""
    county = {row.code: at for at, row in enumerate(arrays.instance.counties)}
    of = np.array([county[row.county] for row in arrays.instance.compounds], dtype=np.int64)
    at_position = np.full(arrays.rows, -1, dtype=np.int64)
    for part in parts:
        assert part.best is not None
        mine = np.flatnonzero(np.isin(of, [county[row.code] for row in part.arrays.instance.counties]))
        at_position[mine[part.arrays.index]] = part.best.pick
    return at_position[arrays.index]

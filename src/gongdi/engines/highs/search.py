"""What a search for a plan knows: the best plan, an upper bound, the prices that prove it, the work that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from gongdi.engines.highs.arrays import Arrays, Ints
from gongdi.engines.highs.bundle_method import Dual, blocks_of
from gongdi.engines.highs.limits import Limits
from gongdi.engines.highs.session import Progress
from gongdi.engines.highs.standing import Standing, unmet


@dataclass(slots=True, eq=False)
class Search:
    """What is known so far of one problem, or of one part of a problem that shares no money with the others."""

    arrays: Arrays
    limits: Limits
    gap: float
    progress: Progress | None = None
    best: Standing | None = None
    worth: Fraction = Fraction(0)
    bound: Fraction = Fraction(0)
    dual: Dual | None = None
    proved: bool = False
    infeasible: bool = False
    turn: int = 0
    """Neighbourhoods tried."""
    idle: int = 0
    """Of these, how many since the last gain."""
    together: Sequence[Search] = ()
    """All parts of the problem, this one included."""
    blocks: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.blocks = blocks_of(self.arrays)[0]
        self.bound = everything(self.arrays)
        self.together = self.together or (self,)

    def done(self) -> bool:
        """Whether this part needs no more work: it or the whole is near enough, nothing is possible, time is over."""
        return self.infeasible or self.near_enough() or self.over()

    def near_enough(self) -> bool:
        """Whether the gap that was asked for is proved of this part, or of all parts together."""
        if self.settled():
            return True
        if any(part.best is None for part in self.together):
            return False
        lacking = sum((part.bound - part.worth for part in self.together), Fraction(0))
        return lacking <= Fraction(self.gap) * sum((part.worth for part in self.together), Fraction(0))

    def settled(self) -> bool:
        """Whether the gap that was asked for is proved of this part."""
        return self.proved or (self.best is not None and self.bound - self.worth <= Fraction(self.gap) * self.worth)

    def over(self) -> bool:
        """Whether the clock, which is the last stop, says so."""
        return self.limits.seconds() <= 0

    def steps(self, share: float) -> int:
        """Steps that one run may take: a share of all steps, by this part's share of the compounds."""
        rows = sum(part.arrays.rows for part in self.together)
        return self.limits.share(share * self.arrays.rows / max(1, rows))

    def tell(self) -> None:
        """Report how far it is."""
        if self.progress is not None:
            worth = sum((part.worth for part in self.together), Fraction(0))
            self.progress(float(worth), float(sum((part.bound for part in self.together), Fraction(0))))

    def keep(self, standing: Standing) -> bool:
        """Keep a paid choice that meets its demands if it is the best; whether it is."""
        if unmet(self.arrays, standing.pick):
            return False
        worth = self.arrays.worth(standing.pick)
        if self.best is not None and worth <= self.worth:
            return False
        self.best, self.worth = standing, worth
        self.tell()
        return True


def everything(arrays: Arrays) -> Fraction:
    """The sum of everybody's best worth, which no plan can exceed."""
    weight = np.where(arrays.open, arrays.weight, 0.0).max(axis=1, initial=0.0)
    benefit = np.where(np.isfinite(arrays.benefit), arrays.benefit, 0.0).max(axis=1, initial=0.0)
    return Fraction(float((weight * benefit).sum()) * (1 + 1e-12))

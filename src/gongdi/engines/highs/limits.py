"""How much work a search may do: steps of the solver, which repeat, and the clock as the outer stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

STEPS_A_SECOND = 30
"""Steps of branch and bound allowed for each second of the time limit: a third to a half of what two free cores do."""


Stop = Callable[[], bool]
"""Whether somebody wants the work to end."""


def never() -> bool:
    """Nobody wants it to end."""
    return False


@dataclass(slots=True)
class Limits:
    """Work allowed. Work repeats and time does not: what ends by its steps gives the same plan on any machine."""

    time_limit: float
    began: float
    spent: int = 0
    stop: Stop = never

    @classmethod
    def from_now(cls, time_limit: float, stop: Stop = never) -> Limits:
        """Limits of work that begins now."""
        return cls(time_limit, perf_counter(), stop=stop)

    def seconds(self) -> float:
        """Seconds left; none once somebody wants it to end."""
        return 0.0 if self.stop() else self.time_limit - (perf_counter() - self.began)

    def after(self, least: float) -> Callable[[], float]:
        """Seconds left for what follows the search: as much again, and no less than `least` from now."""
        until = max(perf_counter() + least, self.began + 2 * self.time_limit)
        return lambda: 0.0 if self.stop() else until - perf_counter()

    @property
    def whole(self) -> int:
        """Steps allowed in all."""
        return max(400, int(self.time_limit * STEPS_A_SECOND))

    def spend(self, steps: int) -> None:
        """Note steps that were done."""
        self.spent += steps

    def left(self) -> int:
        """Steps left."""
        return max(0, self.whole - self.spent)

    def share(self, part: float) -> int:
        """That part of all steps, as far as they are left; never so few that nothing could come of it."""
        return max(40, min(self.left(), int(self.whole * part)))

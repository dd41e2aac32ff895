"""How much work a search may do: steps of the solver, which repeat, and the clock as the outer stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

STEPS_A_SECOND = 60
"""Steps of branch and bound allowed for each second of the time limit: about half of what two free cores do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Work allowed. Work repeats and time does not: what ends by its steps gives the same plan on any machine."""

    time_limit: float
    began: float

    @classmethod
    def from_now(cls, time_limit: float) -> Limits:
        """Limits of work that begins now."""
        return cls(time_limit, perf_counter())

    def seconds(self) -> float:
        """Seconds left."""
        return self.time_limit - (perf_counter() - self.began)

    def after(self, least: float) -> Callable[[], float]:
        """Seconds left for what follows the search: as much again, and no less than `least` from now."""
        until = max(perf_counter() + least, self.began + 2 * self.time_limit)
        return lambda: until - perf_counter()

    def core_steps(self) -> int:
        """Steps for the core."""
        return max(100, int(self.time_limit * STEPS_A_SECOND * 0.3))

    def proof_steps(self) -> int:
        """Steps for a core that proves the optimum."""
        return max(200, int(self.time_limit * STEPS_A_SECOND * 0.5))

    def neighbourhood_steps(self) -> int:
        """Steps for one small neighbourhood."""
        return max(60, int(self.time_limit * STEPS_A_SECOND * 0.03))

    def neighbourhoods(self) -> int:
        """How many small neighbourhoods are tried."""
        return max(4, int(self.time_limit * 2))

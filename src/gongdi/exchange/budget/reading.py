"""What a budget file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gongdi.core.portfolio.model import Fund
from gongdi.exchange.problems import Problem


@dataclass(frozen=True, slots=True)
class Budget:
    """Years and funds of a plan (资金盘子). Money is whole yuan, one amount a year in the order of `years`.

    `weights` are the worth of a start in each year when the file states them, else None. `names` gives each fund's
    name by its code. A fund's `counties` are what the file names: codes, unless names could not be turned into codes.
    """

    years: tuple[int, ...]
    funds: tuple[Fund, ...]
    weights: tuple[Fraction, ...] | None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """A budget file as read; `budget` is None when any problem is an error."""

    budget: Budget | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems because of which there is no budget."""
        return tuple(problem for problem in self.problems if problem.is_error)

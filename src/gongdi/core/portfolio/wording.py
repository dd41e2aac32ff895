"""What there is to say of a plan, whatever the language; `wording_chinese` and `wording_english` say it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gongdi.core.portfolio.changes import Change
from gongdi.core.portfolio.model import Demand, Displaced, Fund, Instance, Plan, Reason, TopUp

if TYPE_CHECKING:
    from gongdi.core.portfolio.answers import Answer


def budgets_told(demand: Demand, fund: Fund, instance: Instance) -> Iterator[tuple[int, int]]:
    """The years of a budget that a demand is about, with what the fund has in each."""
    told = demand.years or instance.years
    return ((year, yuan) for year, yuan in zip(instance.years, fund.budget, strict=True) if year in told)


class Wording(ABC):
    """One language's sentences about a plan."""

    @abstractmethod
    def reason(self, reason: Reason) -> str:
        """Why a compound is left out (未列入原因), and what money would bring it in by either meaning."""

    @abstractmethod
    def displaced(self, row: Displaced) -> str:
        """What a chosen compound keeps out (挤出)."""

    @abstractmethod
    def demand(self, demand: Demand, instance: Instance) -> str:
        """A demand as a sentence."""

    @abstractmethod
    def result(self, plan: Plan) -> str:
        """What a plan that was found comes to."""

    @abstractmethod
    def conflict(self) -> str:
        """The head of the demands that cannot hold together."""

    @abstractmethod
    def top_up_head(self, least: int) -> str:
        """The head of the further money that would help; `least` yuan are needed at any rate."""

    @abstractmethod
    def top_up(self, row: TopUp) -> str:
        """Further money for one fund and year."""

    @abstractmethod
    def unknown(self) -> str:
        """That nothing was found in time and nothing proved."""

    @abstractmethod
    def change(self, change: Change) -> str:
        """A change of the problem, without a full stop."""

    @abstractmethod
    def answer(self, answer: Answer) -> str:
        """What would be if (试算): the changes, and what they do to worth and to the list."""

    @abstractmethod
    def progress(self, seconds: float, worth: float, gap: str) -> str:
        """How far the search is."""

    def explanations(self, plan: Plan, asked: Iterable[str]) -> Iterator[str]:
        """One sentence for each compound that is asked about, in that order; none without a plan."""
        reasons = {row.id: row for row in plan.reasons}
        displaced = {row.id: row for row in plan.displaced}
        for name in asked:
            if name in reasons:
                yield self.reason(reasons[name])
            elif name in displaced:
                yield self.displaced(displaced[name])

    def summary(self, plan: Plan, instance: Instance) -> Iterator[str]:
        """What came of it, a line at a time: the plan, or what cannot hold together and what money would help."""
        if plan.status == "infeasible":
            yield self.conflict()
            yield from (f"  {self.demand(row, instance)}" for row in plan.conflict)
            if plan.top_up_least is not None:
                yield self.top_up_head(plan.top_up_least)
                yield from (f"  {self.top_up(row)}" for row in plan.top_up)
        else:
            yield self.unknown() if plan.bound is None else self.result(plan)

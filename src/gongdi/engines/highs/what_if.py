"""Questions of what would be if (试算), each answered from the prices and the plan that are known of one problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from gongdi.core.portfolio.answers import Answer, answer_of
from gongdi.core.portfolio.changes import Question, changed
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.engines.highs.limits import Stop, never
from gongdi.engines.highs.naming import ShadowPrices
from gongdi.engines.highs.session import Progress
from gongdi.engines.highs.solving import solve, solve_with_prices

RESERVE = 0.35
"""The first plan is sought to this share of the gap asked for, so that a small change leaves it near enough."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A solved problem to which questions may be put; without prices (no plan was found) each is solved anew."""

    instance: Instance
    plan: Plan
    prices: ShadowPrices | None
    gap: float

    def ask(self, question: Question, time_limit: float = 60.0, stop: Stop = never) -> Answer:
        """Answer a question within the gap that was asked for, or as near as the time allows."""
        instance = changed(self.instance, question.changes)
        plan = solve(instance, time_limit, self.gap, prices=self.prices, stop=stop)
        return answer_of(question, instance, self.plan, plan)


def ready(
    instance: Instance,
    time_limit: float = 60.0,
    gap: float = 0.001,
    progress: Progress | None = None,
    explain: Iterable[str] = (),
    stop: Stop = never,
) -> Ready:
    """Solve a problem for questions to come: as `solve` does, to a third of the gap where that can be had in time."""
    found = solve_with_prices(instance, time_limit, gap * RESERVE, progress, explain=tuple(explain), stop=stop)
    plan = found.plan
    if plan.status == "feasible" and plan.gap is not None and plan.gap <= Fraction(gap):
        plan = replace(plan, status="optimal")
    return Ready(instance, plan, found.prices, gap)


def ask_all(
    known: Ready, questions: Iterable[Question], time_limit: float = 60.0, stop: Stop = never
) -> Iterator[Answer]:
    """The answers in the order of the questions; none depends on another. None follows once `stop` says so."""
    for question in questions:
        answer = known.ask(question, time_limit, stop)
        if stop():
            return
        yield answer

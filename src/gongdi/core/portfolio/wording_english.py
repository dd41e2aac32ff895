"""A plan in English sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongdi.core.portfolio.changes import BudgetChange, Change, MinimumChange, MustChange
from gongdi.core.portfolio.model import Demand, Displaced, Instance, Plan, Reason, TopUp
from gongdi.core.portfolio.wording import Wording, budgets_told

if TYPE_CHECKING:
    from gongdi.core.portfolio.answers import Answer


class English(Wording):
    """For engineers who do not read Chinese; money in yuan."""

    def reason(self, reason: Reason) -> str:
        """Why it is left out (未列入原因)."""
        if reason.why == "window":
            return f"Compound {reason.id} is left out: no year in which it may start lies in the plan."
        if reason.why == "no_fund":
            return f"Compound {reason.id} is left out: no fund may pay {_list(reason.classes)} works in its county."
        if reason.why == "no_gain":
            return f"Compound {reason.id} is left out: it could be paid for but adds no worth."
        behind = "" if reason.behind is None else _behind(reason.behind)
        return (
            f"Compound {reason.id} is left out: the money buys more elsewhere. By what is left in the funds, all else "
            f"as it is, level {reason.level} in {reason.year} lacks {reason.short_yuan:,} yuan{behind}."
        )

    def displaced(self, row: Displaced) -> str:
        """What it keeps out (挤出)."""
        if row.unpaid:
            return (
                f"Compound {row.id} is in the plan: without it a saving of its area group falls away "
                "and the rest can no longer be paid."
            )
        why = "; without it a demand that must be met is not met" if row.demanded else ""
        if not row.rivals:
            return f"Compound {row.id} is in the plan: its money would pay for none of those left out{why}."
        names = ", ".join(f"{r.id} ({r.year}, {r.level}, worth {float(r.worth):.3f})" for r in row.rivals)
        return f"Compound {row.id} is in the plan: its money would pay instead for one of {names}{why}."

    def demand(self, demand: Demand, instance: Instance) -> str:
        """A compound that must start, a minimum or a budget."""
        if demand.kind == "must":
            compound = next(row for row in instance.compounds if row.id == demand.id)
            return f"Compound {demand.id} must start between {compound.earliest} and {compound.latest}."
        if demand.kind == "minimum":
            county = next(row for row in instance.counties if row.code == demand.id)
            return f"County {demand.id} must start at least {county.minimum} compounds."
        fund = next(row for row in instance.funds if row.code == demand.id)
        amounts = ", ".join(f"{yuan:,} yuan in {year}" for year, yuan in budgets_told(demand, fund, instance))
        return f"Fund {demand.id} has {amounts}."

    def result(self, plan: Plan) -> str:
        """Numbers, money, worth, bound and gap."""
        gap = "-" if plan.gap is None else f"{float(plan.gap):.4%}"
        paid = sum(row.yuan for row in plan.payments)
        return (
            f"{len(plan.chosen)} compounds chosen, {len(plan.reasons)} left out; {paid:,} yuan paid; "
            f"worth {float(plan.worth):.3f}, bound {float(plan.bound or 0):.3f}, gap {gap}"
            f"{', not proved to the gap asked for; --time-limit gives it longer' if plan.status == 'feasible' else ''}."
        )

    def conflict(self) -> str:
        """The head of the demands that cannot hold together."""
        return "The demands cannot be met together. These contradict each other; one of them has to give way:"

    def top_up_head(self, least: int) -> str:
        """The head of the further money (追加资金)."""
        return f"Or with further money (a plan was found with it; proved: less than {least:,} yuan in all cannot do):"

    def top_up(self, row: TopUp) -> str:
        """Further money for one fund and year."""
        return f"fund {row.fund}, {row.year}: {row.yuan:,} yuan more"

    def unknown(self) -> str:
        """Neither a plan nor a proof."""
        return "No plan was found in time, nor proved impossible. Give it longer with --time-limit."

    def change(self, change: Change) -> str:
        """A change of the problem (改动)."""
        if isinstance(change, BudgetChange):
            return f"fund {change.fund} has {change.yuan:,} yuan in {change.year}"
        if isinstance(change, MinimumChange):
            return f"county {change.county} starts at least {change.minimum}"
        if isinstance(change, MustChange):
            return f"compound {change.compound} {'must' if change.must else 'need not'} start"
        return f"{change.year} weighs {float(change.weight):g}"

    def answer(self, answer: Answer) -> str:
        """What would be if (试算)."""
        head = "If " + ", ".join(self.change(row) for row in answer.question.changes)
        if answer.plan.status == "infeasible":
            demands = " ".join(self.demand(row, answer.instance) for row in answer.plan.conflict)
            return f"{head}: the demands cannot be met together. These contradict each other: {demands}"
        if answer.plan.bound is None:
            return f"{head}: {self.unknown()}"
        effect = "" if answer.least is None or answer.most is None else _effect(float(answer.least), float(answer.most))
        return (
            f"{head}: {len(answer.plan.chosen)} compounds chosen, {len(answer.entered)} new, "
            f"{len(answer.left)} no longer, {len(answer.moved)} at another level or in another year{effect}."
        )

    def progress(self, seconds: float, worth: float, gap: str) -> str:
        """How far the search is."""
        return f"{seconds:.0f} s, worth {worth:.1f}, gap {gap}"


def _effect(least: float, most: float) -> str:
    return f"; the best worth changes by between {least:+.3f} and {most:+.3f}"


def _behind(yuan: int) -> str:
    if not yuan:
        return "; at today's prices it is on a par with those chosen"
    return f"; at today's prices its cost would have to be {yuan:,} yuan lower to pay"


def _list(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


ENGLISH = English()

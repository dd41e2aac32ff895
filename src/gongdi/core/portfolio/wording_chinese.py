"""A plan in Chinese sentences (说明)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongdi.core.portfolio.changes import BudgetChange, Change, MinimumChange, MustChange
from gongdi.core.portfolio.model import CLASS_NAMES, Demand, Displaced, Instance, Plan, Reason, TopUp
from gongdi.core.portfolio.wording import Wording, budgets_told

if TYPE_CHECKING:
    from gongdi.core.portfolio.answers import Answer


class Chinese(Wording):
    """What people read in the interface and on the command line unless they ask for English."""

    def reason(self, reason: Reason) -> str:
        """Why it is left out (未列入原因)."""
        if reason.why == "window":
            return f"小区 {reason.id} 未列入：可开工的年份不在计划年度内。"
        if reason.why == "no_fund":
            classes = "、".join(CLASS_NAMES[name] for name in reason.classes)
            return f"小区 {reason.id} 未列入：{classes}在该区县没有资金可以支付。"
        if reason.why == "no_gain":
            return f"小区 {reason.id} 未列入：付得出，但不增加计划的价值。"
        behind = "" if reason.behind is None else _behind(reason.behind)
        return (
            f"小区 {reason.id} 未列入：资金用于更有价值的组合。按资金余额，其余安排不变，"
            f"{reason.year} 年以层次 {reason.level} 开工还差 {reason.short_yuan:,} 元{behind}。"
        )

    def displaced(self, row: Displaced) -> str:
        """What it keeps out (挤出)."""
        if row.unpaid:
            return f"小区 {row.id} 列入：不列入它，片区节约落空，其余小区反而付不出。"
        why = "；去掉它，必须满足的要求就不能满足" if row.demanded else ""
        if not row.rivals:
            return f"小区 {row.id} 列入：去掉它腾出的资金，付不起任何一个未列入的小区{why}。"
        names = "、".join(f"{r.id}（{r.year} 年，{r.level}，价值 {float(r.worth):.3f}）" for r in row.rivals)
        return f"小区 {row.id} 列入：去掉它腾出的资金，可改付以下未列入的小区之一：{names}{why}。"

    def demand(self, demand: Demand, instance: Instance) -> str:
        """A compound that must start, a minimum or a budget."""
        if demand.kind == "must":
            compound = next(row for row in instance.compounds if row.id == demand.id)
            return f"小区 {demand.id} 必须在 {compound.earliest} 年至 {compound.latest} 年间开工。"
        if demand.kind == "minimum":
            county = next(row for row in instance.counties if row.code == demand.id)
            return f"区县 {demand.id} 至少开工 {county.minimum} 个小区。"
        fund = next(row for row in instance.funds if row.code == demand.id)
        amounts = "，".join(f"{year} 年 {yuan:,} 元" for year, yuan in budgets_told(demand, fund, instance))
        return f"资金 {demand.id} 的预算为 {amounts}。"

    def result(self, plan: Plan) -> str:
        """Numbers, money, worth, bound and gap."""
        gap = "—" if plan.gap is None else f"{float(plan.gap):.4%}"
        paid = sum(row.yuan for row in plan.payments)
        return (
            f"列入 {len(plan.chosen)} 个小区，未列入 {len(plan.reasons)} 个；安排资金 {paid / 10000:,.2f} 万元；"
            f"价值 {float(plan.worth):.3f}，上界 {float(plan.bound or 0):.3f}，差距 {gap}"
            f"{'，没有证明到所要求的差距；可用 --time-limit 延长时间' if plan.status == 'feasible' else ''}。"
        )

    def conflict(self) -> str:
        """The head of the demands that cannot hold together."""
        return "各项要求不能同时满足。以下几项相互冲突，放宽其中一项才可能求得计划："

    def top_up_head(self, least: int) -> str:
        """The head of the further money (追加资金)."""
        return f"或追加资金（有了它就求得出计划；已证明总额少于 {least:,} 元则不能）："

    def top_up(self, row: TopUp) -> str:
        """Further money for one fund and year."""
        return f"资金 {row.fund} {row.year} 年追加 {row.yuan:,} 元"

    def unknown(self) -> str:
        """Neither a plan nor a proof."""
        return "限时内没有求得计划，也没有证明不可行。请用 --time-limit 延长时间后再试。"

    def change(self, change: Change) -> str:
        """A change of the problem (改动)."""
        if isinstance(change, BudgetChange):
            return f"资金 {change.fund} {change.year} 年预算改为 {change.yuan:,} 元"
        if isinstance(change, MinimumChange):
            return f"区县 {change.county} 最低开工数改为 {change.minimum} 个"
        if isinstance(change, MustChange):
            return f"小区 {change.compound} {'必须开工' if change.must else '不再必须开工'}"
        return f"{change.year} 年权重改为 {float(change.weight):g}"

    def answer(self, answer: Answer) -> str:
        """What would be if (试算)."""
        head = "，".join(self.change(row) for row in answer.question.changes)
        if answer.plan.status == "infeasible":
            demands = "".join(self.demand(row, answer.instance) for row in answer.plan.conflict)
            return f"{head}：各项要求不能同时满足。相互冲突的是：{demands}"
        if answer.plan.bound is None:
            return f"{head}：{self.unknown()}"
        effect = "" if answer.least is None or answer.most is None else _effect(float(answer.least), float(answer.most))
        return (
            f"{head}：列入 {len(answer.plan.chosen)} 个小区，新列入 {len(answer.entered)} 个，"
            f"不再列入 {len(answer.left)} 个，调整年度或层次 {len(answer.moved)} 个{effect}。"
        )

    def progress(self, seconds: float, worth: float, gap: str) -> str:
        """How far the search is."""
        return f"已用 {seconds:.0f} 秒，价值 {worth:.1f}，差距 {gap}"


def _effect(least: float, most: float) -> str:
    return f"；最好的价值变化在 {least:+.3f} 与 {most:+.3f} 之间"


def _behind(yuan: int) -> str:
    return f"；按现价，造价低 {yuan:,} 元才划得来" if yuan else "；按现价，与列入的小区不相上下"


CHINESE = Chinese()

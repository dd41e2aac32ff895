"""Why a compound is in a plan or out of it, in Chinese sentences (说明)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongdi.core.portfolio.model import CLASS_NAMES, Displaced, Plan, Reason


def explanation_lines(plan: Plan, asked: Iterable[str]) -> Iterator[str]:
    """One sentence for each compound that is asked about, in that order; none without a plan."""
    reasons = {row.id: row for row in plan.reasons}
    displaced = {row.id: row for row in plan.displaced}
    for name in asked:
        if name in reasons:
            yield reason_sentence(reasons[name])
        elif name in displaced:
            yield displaced_sentence(displaced[name])


def reason_sentence(reason: Reason) -> str:
    """Why a compound is left out, and what money would bring it in by either meaning."""
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


def _behind(yuan: int) -> str:
    return f"；按现价，造价低 {yuan:,} 元才划得来" if yuan else "；按现价，与列入的小区不相上下"


def displaced_sentence(row: Displaced) -> str:
    """What a chosen compound keeps out."""
    if row.unpaid:
        return f"小区 {row.id} 列入：不列入它，片区节约落空，其余小区反而付不出。"
    why = "；去掉它，必须满足的要求就不能满足" if row.demanded else ""
    if not row.rivals:
        return f"小区 {row.id} 列入：去掉它腾出的资金，付不起任何一个未列入的小区{why}。"
    names = "、".join(f"{r.id}（{r.year} 年，{r.level}，价值 {float(r.worth):.3f}）" for r in row.rivals)
    return f"小区 {row.id} 列入：去掉它腾出的资金，可改付以下未列入的小区之一：{names}{why}。"

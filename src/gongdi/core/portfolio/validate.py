"""Does a plan hold? Every fault of a plan against its instance, by a plain recount of its own.

This shares no code with the making of plans beyond the model itself, so that a mistake there shows here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import CompoundChoice, Instance, Level, Plan

Key = tuple[int, str, str]


def plan_faults(instance: Instance, plan: Plan) -> tuple[Fault, ...]:
    """Everything in which the plan breaks the instance; empty when it holds."""
    known = {compound.id: compound for compound in instance.compounds}
    faults = list(_choice_faults(instance, plan, known))
    if faults:
        return tuple(faults)
    faults += _demand_faults(instance, plan, known)
    faults += _payment_faults(instance, plan)
    faults += _need_faults(instance, plan, known)
    faults += _budget_faults(instance, plan)
    faults += _worth_faults(instance, plan, known)
    return tuple(faults)


def _level(compound: CompoundChoice, name: str) -> Level | None:
    return next((level for level in compound.levels if level.name == name), None)


def _choice_faults(instance: Instance, plan: Plan, known: dict[str, CompoundChoice]) -> Iterator[Fault]:
    for name, times in Counter(row.id for row in plan.chosen).items():
        if times > 1:
            yield Fault("chosen", f"小区 {name} 列入了 {times} 次", "每个小区至多列入一次")
    for row in plan.chosen:
        compound = known.get(row.id)
        if compound is None:
            yield Fault("chosen", f"小区 {row.id} 不在问题中", "请核对编号")
        elif _level(compound, row.level) is None:
            yield Fault("chosen", f"小区 {row.id} 没有层次 {row.level}", "请核对层次")
        elif row.year not in instance.years or not compound.earliest <= row.year <= compound.latest:
            yield Fault("chosen", f"小区 {row.id} 不能在 {row.year} 年开工", "请核对年度和时间窗口")


def _demand_faults(instance: Instance, plan: Plan, known: dict[str, CompoundChoice]) -> Iterator[Fault]:
    chosen = {row.id for row in plan.chosen}
    for compound in instance.compounds:
        if compound.must and compound.id not in chosen:
            yield Fault("must", f"必须开工的小区 {compound.id} 没有列入", "请列入，或取消必须开工")
    started = Counter(known[name].county for name in chosen)
    for county in instance.counties:
        if started[county.code] < county.minimum:
            yield Fault(
                "minimum",
                f"区县 {county.code} 列入 {started[county.code]} 个，要求至少 {county.minimum} 个",
                "请增加该区县的小区，或降低要求",
            )


def _payment_faults(instance: Instance, plan: Plan) -> Iterator[Fault]:
    funds = {fund.code: fund for fund in instance.funds}
    for row in plan.payments:
        fund = funds.get(row.fund)
        if fund is None or not fund.may_pay(row.county, row.item_class):
            yield Fault("payments", f"资金 {row.fund} 不能支付 {row.county} 的 {row.item_class}", "请改用允许的资金")
        if row.yuan < 0 or row.year not in instance.years:
            yield Fault("payments", f"{row.year} 年的 {row.yuan} 元不是有效的支付", "请核对金额和年度")


def _need_faults(instance: Instance, plan: Plan, known: dict[str, CompoundChoice]) -> Iterator[Fault]:
    need: Counter[Key] = Counter()
    for row in plan.chosen:
        compound = known[row.id]
        level, own = _level(compound, row.level), compound.own_money
        assert level is not None
        for item_class, cost in reversed(list(zip(("basic", "improvement", "upgrade"), level.cost, strict=True))):
            need[row.year, compound.county, item_class] += max(0, cost - own)
            own = max(0, own - cost)
    year_of = {row.id: row.year for row in plan.chosen}
    for bundle in instance.bundles:
        for year in instance.years:
            if sum(year_of.get(member) == year for member in bundle.members) >= bundle.need:
                need[year, bundle.county, "basic"] -= min(need[year, bundle.county, "basic"], bundle.saving)
    paid: Counter[Key] = Counter()
    for payment in plan.payments:
        paid[payment.year, payment.county, payment.item_class] += payment.yuan
    for key in sorted(set(need) | set(paid)):
        if need[key] != paid[key]:
            yield Fault("payments", f"{key} 需要 {need[key]} 元，支付 {paid[key]} 元", "支付须与需求相等")


def _budget_faults(instance: Instance, plan: Plan) -> Iterator[Fault]:
    spent: Counter[tuple[str, int]] = Counter()
    for row in plan.payments:
        spent[row.fund, row.year] += row.yuan
    for fund in instance.funds:
        left = 0
        for at, year in enumerate(instance.years):
            left = fund.budget[at] + (left if fund.carry_over else 0) - spent[fund.code, year]
            if left < 0:
                yield Fault("payments", f"资金 {fund.code} 在 {year} 年超支 {-left} 元", "请减少支付")
                left = 0


def _worth_faults(instance: Instance, plan: Plan, known: dict[str, CompoundChoice]) -> Iterator[Fault]:
    worth = Fraction(0)
    for row in plan.chosen:
        level = _level(known[row.id], row.level)
        assert level is not None
        worth += level.benefit * instance.weights[instance.years.index(row.year)]
    if worth != plan.worth:
        yield Fault("objective", f"计划的价值写作 {float(plan.worth)}，复算为 {float(worth)}", "请重新计算")
    if plan.bound is not None and plan.bound < worth:
        yield Fault("bound", f"上界 {float(plan.bound)} 低于价值 {float(worth)}", "请重新计算")

"""The independent check finds every way in which a plan can break its instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from gongdi.core.portfolio.model import Chosen, Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.ranking import rank_and_fill
from gongdi.core.portfolio.validate import plan_faults
from tests.support.plan_instances import made


def instance() -> Instance:
    data: dict[str, Any] = made(30, 2, 4)
    data["compounds"][0] |= {"must": True, "earliest": 2027}
    parsed = parse_instance(data)
    assert isinstance(parsed, Instance)
    return parsed


def first_row(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, chosen=(replace(plan.chosen[0], **changes), *plan.chosen[1:]))


def first_payment(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, payments=(replace(plan.payments[0], **changes), *plan.payments[1:]))


def without(plan: Plan, name: str) -> Plan:
    return replace(plan, chosen=tuple(row for row in plan.chosen if row.id != name))


BREAKS: list[tuple[str, Callable[[Plan], Plan], str]] = [
    ("an unknown compound", lambda p: replace(p, chosen=(*p.chosen, Chosen("nobody", "basic", 2027))), "nobody"),
    ("a compound twice", lambda p: replace(p, chosen=(*p.chosen, p.chosen[0])), "列入了 2 次"),
    ("an unknown level", lambda p: first_row(p, level="golden"), "没有层次"),
    ("a year outside", lambda p: first_row(p, year=2040), "不能在 2040 年开工"),
    ("a must left out", lambda p: without(p, "c0"), "必须开工"),
    ("a minimum missed", lambda p: replace(p, chosen=p.chosen[:1]), "要求至少"),
    ("a fund that may not pay", lambda p: first_payment(p, item_class="upgrade", fund="central"), "不能支付"),
    ("an unknown fund", lambda p: first_payment(p, fund="nobody"), "不能支付"),
    ("a yuan too much", lambda p: first_payment(p, yuan=p.payments[0].yuan + 1), "支付"),
    ("a payment below zero", lambda p: first_payment(p, yuan=-1), "不是有效的支付"),
    ("a payment left out", lambda p: replace(p, payments=p.payments[1:]), "支付须与需求相等"),
    ("a wrong worth", lambda p: replace(p, worth=p.worth + 1), "复算为"),
    ("a bound too low", lambda p: replace(p, bound=p.worth - Fraction(1, 1000)), "上界"),
]


def test_a_plan_that_holds_has_no_faults() -> None:
    assert plan_faults(instance(), rank_and_fill(instance())) == ()


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in BREAKS], ids=[case[0] for case in BREAKS])
def test_a_broken_plan_is_found_out(change: Callable[[Plan], Plan], words: str) -> None:
    faults = plan_faults(instance(), change(rank_and_fill(instance())))
    assert any(words in str(fault) for fault in faults), [str(fault) for fault in faults]


def test_a_fund_that_is_overdrawn_is_found_out() -> None:
    plan, whole = rank_and_fill(instance()), instance()
    poorer = replace(whole, funds=tuple(replace(fund, budget=(1, 1)) for fund in whole.funds))
    assert any("超支" in fault.reason for fault in plan_faults(poorer, plan))

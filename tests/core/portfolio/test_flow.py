"""Payments: exact, within earmarks and budgets, and refused exactly when they must be."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.flow import Shortage, Treasury, pay
from gongdi.core.portfolio.model import CLASSES, Instance
from gongdi.core.portfolio.needs import NeedKey, balances
from gongdi.core.portfolio.parse import parse_instance
from tests.support import plan_oracle
from tests.support.plan_instances import small_instances

Data = dict[str, Any]


@st.composite
def instances_with_needs(draw: st.DrawFn) -> tuple[Data, Instance, dict[NeedKey, int]]:
    data = draw(small_instances(most=0))
    instance = parse_instance(data)
    assert isinstance(instance, Instance)
    keys = [
        (year, county.code, name)
        for year in instance.years
        for county in instance.counties
        for name in CLASSES
        if any(fund.may_pay(county.code, name) for fund in instance.funds)
    ]
    largest = max(max(fund.budget) for fund in instance.funds)
    amounts = st.integers(0, largest)
    return data, instance, draw(st.dictionaries(st.sampled_from(keys), amounts)) if keys else {}


@given(instances_with_needs())
def test_payments_equal_the_needs_within_every_budget_or_the_needs_cannot_be_paid(
    case: tuple[Data, Instance, dict[NeedKey, int]],
) -> None:
    data, instance, needs = case
    paid = pay(instance, needs)
    if isinstance(paid, Shortage):
        assert not plan_oracle.payable(data, Counter(needs))
        return
    total: Counter[NeedKey] = Counter()
    for row in paid:
        assert next(fund for fund in instance.funds if fund.code == row.fund).may_pay(row.county, row.item_class)
        assert row.yuan > 0
        total[row.year, row.county, row.item_class] += row.yuan
    assert +total == +Counter(needs)
    assert all(row.left >= 0 for row in balances(instance, paid))


@given(instances_with_needs())
def test_a_shortage_names_needs_that_exceed_all_the_money_that_may_reach_them(
    case: tuple[Data, Instance, dict[NeedKey, int]],
) -> None:
    _, instance, needs = case
    paid = pay(instance, needs)
    if isinstance(paid, Shortage):
        treasury = Treasury(instance)
        year_at = {year: at for at, year in enumerate(instance.years)}
        named = sum(
            yuan for key, yuan in needs.items() if (year_at[key[0]], treasury.groups.of(key[1], key[2])) in paid.places
        )
        assert named - paid.supply == paid.yuan > 0


@given(instances_with_needs())
def test_raising_and_lowering_needs_leaves_as_much_room_as_before(
    case: tuple[Data, Instance, dict[NeedKey, int]],
) -> None:
    _, instance, needs = case
    treasury = Treasury(instance)
    places = sorted({(at, group) for at in range(len(instance.years)) for group in range(len(treasury.groups.funds))})[
        :3
    ]
    before = treasury.room_by_subset(places)
    for place in places:
        sent = treasury.raise_need(place, max(needs.values(), default=7))
        treasury.lower_need(place, sent)
    assert treasury.room_by_subset(places) == before


def one_fund(carry_over: bool) -> Instance:
    data = {
        "years": [2027, 2028], "weights": [1, 1], "compounds": [], "bundles": [],
        "counties": [{"code": "A", "minimum": 0}],
        "funds": [{"code": "f", "classes": ["basic"], "counties": None, "carry_over": carry_over, "budget": [100, 10]}],
    }  # fmt: skip
    parsed = parse_instance(data)
    assert isinstance(parsed, Instance)
    return parsed


def test_money_goes_over_to_the_next_year_and_never_back() -> None:
    assert not isinstance(pay(one_fund(True), {(2027, "A", "basic"): 60, (2028, "A", "basic"): 50}), Shortage)
    assert pay(one_fund(True), {(2027, "A", "basic"): 101}) == Shortage(1, frozenset({(0, 0)}), 100)
    short = pay(one_fund(False), {(2028, "A", "basic"): 50})
    assert isinstance(short, Shortage)
    assert short.yuan == 40


def test_amounts_beyond_what_a_machine_word_holds_are_exact() -> None:
    data = {
        "years": [2027], "weights": [1], "compounds": [], "bundles": [], "counties": [{"code": "A", "minimum": 0}],
        "funds": [
            {"code": f"f{k}", "classes": ["basic"], "counties": None, "carry_over": False, "budget": [10**15 - 1]}
            for k in range(20)
        ],
    }  # fmt: skip
    instance = parse_instance(data)
    assert isinstance(instance, Instance)
    paid = pay(instance, {(2027, "A", "basic"): 20 * (10**15 - 1)})
    assert not isinstance(paid, Shortage)
    assert sum(row.yuan for row in paid) == 20 * (10**15 - 1)


def test_a_need_that_no_fund_may_pay_is_refused() -> None:
    with pytest.raises(ValueError, match="no fund may pay"):
        pay(one_fund(True), {(2027, "A", "upgrade"): 1})

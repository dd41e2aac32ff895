"""Questions of what would be if: what is right is read and applied, what is wrong is named."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.changes import (
    BudgetChange,
    Change,
    MinimumChange,
    MustChange,
    Question,
    WeightChange,
    change_documents,
    changed,
    parse_questions,
)
from gongdi.core.portfolio.document import instance_document
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from tests.support.plan_instances import made


def instance() -> Instance:
    parsed = parse_instance(made(12, 2, 1))
    assert isinstance(parsed, Instance)
    return parsed


INSTANCE = instance()
FUND, COUNTY, COMPOUND = INSTANCE.funds[0].code, INSTANCE.counties[0].code, INSTANCE.compounds[3].id
FIRST, SECOND = INSTANCE.years
SOME: tuple[Change, ...] = (
    BudgetChange(FUND, SECOND, 12_345),
    MinimumChange(COUNTY, 2),
    MustChange(COMPOUND, True),
    WeightChange(FIRST, Fraction(9, 10)),
)


def test_every_kind_of_change_is_read_and_written_alike() -> None:
    data = [{"name": "四项", "changes": list(change_documents(SOME))}, {"changes": list(change_documents(SOME[:1]))}]
    assert parse_questions(data, INSTANCE) == (Question("四项", SOME), Question("2", SOME[:1]))


def test_a_change_concerns_what_it_names_and_nothing_else() -> None:
    before, after = instance_document(INSTANCE), instance_document(changed(INSTANCE, SOME))
    before["funds"][0]["budget"][1] = 12_345
    before["counties"][0]["minimum"] = 2
    before["compounds"][3]["must"] = True
    before["weights"][0] = 0.9
    assert after == before


def test_of_two_changes_of_the_same_the_later_holds() -> None:
    assert changed(INSTANCE, (MinimumChange(COUNTY, 2), MinimumChange(COUNTY, 1))).counties[0].minimum == 1


@given(st.permutations(SOME))
def test_changes_of_different_things_may_come_in_any_order(changes: list[Change]) -> None:
    assert changed(INSTANCE, changes) == changed(INSTANCE, SOME)


def one(**change: Any) -> Any:
    return [{"changes": [change]}]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "questions：缺少，或不是列表"),
        ([], "questions：没有问题"),
        ([3], "questions[0]：不是一个 JSON 对象"),
        ([{"changes": []}], "questions[0].changes：没有改动"),
        ([{"name": "甲"}], "questions[0].changes：缺少，或不是列表"),
        ([{"name": "", "changes": [{"county": COUNTY, "minimum": 1}]}], "questions[0].name：缺少"),
        (one(fund=FUND), "questions[0].changes[0]：看不出改动什么"),
        (one(minimum=1, must=True), "questions[0].changes[0]：看不出改动什么"),
        (one(fund="nowhere", year=FIRST, budget=1), "questions[0].changes[0].fund：问题中没有 nowhere"),
        (one(fund=FUND, year=1999, budget=1), "questions[0].changes[0].year：1999 不是计划年度"),
        (one(fund=FUND, budget=1), "questions[0].changes[0].year：缺少"),
        (one(fund=FUND, year=FIRST, budget=1.5), "questions[0].changes[0].budget：1.5 不是整数"),
        (one(fund=FUND, year=FIRST, budget=-1), "questions[0].changes[0].budget：-1 小于 0"),
        (one(fund=FUND, year=FIRST, budget=1, yaer=2), "questions[0].changes[0].yaer：这项改动没有 yaer"),
        (one(county=COUNTY, minimum="2"), "questions[0].changes[0].minimum：'2' 不是整数"),
        (one(county=7, minimum=2), "questions[0].changes[0].county：缺少，或不是文字"),
        (one(compound=COMPOUND, must="yes"), "questions[0].changes[0].must：'yes' 不是 true 或 false"),
        (
            [{"changes": [{"county": COUNTY, "minimum": 1}, {"county": COUNTY, "minimum": 2}]}],
            f"questions[0].changes：county {COUNTY} 改了两次",
        ),
        (
            [{"changes": [{"fund": FUND, "year": FIRST, "budget": n} for n in (1, 2)]}],
            f"questions[0].changes：fund {FUND} {FIRST} 改了两次",
        ),
        (one(year=FIRST, weight=-1), "questions[0].changes[0].weight：-1 不是不小于 0 的数"),
    ],
)
def test_a_fault_is_named_with_its_place(data: Any, words: str) -> None:
    found = parse_questions(data, INSTANCE)
    assert any(isinstance(row, Fault) and words in str(row) for row in found), found
    assert all(isinstance(row, Fault) for row in found)
    assert not any(
        "\u4e00" <= letter <= "\u9fff" for row in found if isinstance(row, Fault) for letter in row.in_english()
    )

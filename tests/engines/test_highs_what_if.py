"""Questions of what would be if: the answers are true, do not depend on one another, and repeat."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from benchmarks.plan_shapes import shaped
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.portfolio.changes import Question, parse_questions
from gongdi.core.portfolio.document import instance_document, plan_document
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs import ask_all, ready, solve
from tests.support import plan_oracle
from tests.support.plan_instances import made, small_instances

Data = dict[str, Any]


def parsed(data: Data) -> Instance:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return instance


def asked(instance: Instance, *changes: Data) -> tuple[Question, ...]:
    found = parse_questions([{"changes": [change]} for change in changes], instance)
    questions = tuple(row for row in found if isinstance(row, Question))
    assert len(questions) == len(changes), found
    return questions


@given(small_instances(), st.data())
@settings(max_examples=25, deadline=None)
def test_what_a_change_truly_does_lies_between_least_and_most(data: Data, draw: st.DataObject) -> None:
    instance = parsed(data)
    names = [row["id"] for row in data["compounds"]]
    changes: list[Data] = [
        {"fund": "f0", "year": 2027, "budget": draw.draw(st.integers(0, 40))},
        {"county": "330201", "minimum": draw.draw(st.integers(0, 2))},
        {"year": 2027, "weight": draw.draw(st.sampled_from([0.5, 1.0, 1.5]))},
        *({"compound": name, "must": draw.draw(st.booleans())} for name in names[:1]),
    ]
    best = plan_oracle.best_worth(data)
    for answer in ask_all(ready(instance, gap=0.01), asked(instance, *changes)):
        now = instance_document(answer.instance)
        new = plan_oracle.best_worth(now)
        assert (answer.plan.status == "infeasible") == (new is None)
        if new is not None:
            assert plan_oracle.faults(now, plan_document(answer.plan, answer.instance)) == []
        if best is not None and new is not None:
            assert answer.least is not None
            assert answer.most is not None
            assert answer.least <= new - best <= answer.most


@pytest.mark.parametrize("shape", ["plain", "regional", "county", "minimums"])
def test_answers_hold_and_are_as_near_as_was_asked(shape: str) -> None:
    data = shaped(240, 3, 4, shape)
    instance = parsed(data)
    fund, county = data["funds"][0], data["counties"][0]
    questions = asked(
        instance,
        {"fund": fund["code"], "year": 2027, "budget": fund["budget"][0] * 9 // 10},
        {"county": county["code"], "minimum": county["minimum"] + 1},
        {"compound": data["compounds"][7]["id"], "must": True},
        {"year": 2028, "weight": 0.9},
    )
    for answer in ask_all(ready(instance, 20, 0.03), questions):
        assert answer.plan.status == "optimal"
        now = instance_document(answer.instance)
        assert plan_oracle.faults(now, plan_document(answer.plan, answer.instance)) == []
        anew = solve(answer.instance, 20, 0.03)
        assert anew.bound is not None
        assert answer.plan.bound is not None
        assert max(answer.plan.worth, anew.worth) <= min(answer.plan.bound, anew.bound)


def test_answers_repeat_and_none_depends_on_those_before() -> None:
    instance = parsed(made(60, 3, 2))
    changes = [{"compound": row.id, "must": True} for row in instance.compounds[:4]]
    known = ready(instance, 20, 0.005)
    one = [replace(row.plan, seconds=0) for row in ask_all(known, asked(instance, *changes))]
    again = [replace(row.plan, seconds=0) for row in ask_all(known, asked(instance, *reversed(changes)))]
    assert one == again[::-1]


def test_an_impossible_change_is_answered_with_its_conflict_and_the_next_question_as_if_it_had_not_been() -> None:
    instance = parsed(made(40, 2, 1))
    county, compound = instance.counties[0].code, instance.compounds[0].id
    questions = asked(instance, {"county": county, "minimum": 999}, {"compound": compound, "must": True})
    impossible, other = ask_all(ready(instance, 20), questions)
    assert impossible.plan.status == "infeasible"
    assert [(row.kind, row.id) for row in impossible.plan.conflict] == [("minimum", county)]
    assert other.plan.status == "optimal"


def test_questions_to_an_impossible_problem_are_solved_anew() -> None:
    data = made(40, 2, 1)
    data["counties"][0]["minimum"] = 999
    instance = parsed(data)
    known = ready(instance, 20)
    assert known.plan.status == "infeasible"
    mended = copy.deepcopy(data)
    mended["counties"][0]["minimum"] = 1
    (answer,) = ask_all(known, asked(instance, {"county": data["counties"][0]["code"], "minimum": 1}))
    assert answer.plan.worth == solve(parsed(mended), 20).worth
    assert answer.least is None
    assert len(answer.entered) == len(answer.plan.chosen)

"""What would be if: two plans compared, and how much of the difference is certain."""

from __future__ import annotations

from fractions import Fraction

from gongdi.core.portfolio.answers import Moved, answer_document, answer_of, answers_document
from gongdi.core.portfolio.changes import MinimumChange, MustChange, Question, changed
from gongdi.core.portfolio.model import Chosen, Demand, Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from tests.support.plan_instances import made

QUESTION = Question("甲", (MustChange("c1", True),))
BEFORE = Plan(
    "optimal",
    Fraction(10),
    Fraction(11),
    (Chosen("c1", "basic", 2027), Chosen("c2", "full", 2027), Chosen("c3", "full", 2028)),
)
AFTER = Plan(
    "optimal",
    Fraction(12),
    Fraction(25, 2),
    (Chosen("c2", "full", 2028), Chosen("c3", "full", 2028), Chosen("c4", "basic", 2027)),
)


def instance() -> Instance:
    parsed = parse_instance(made(12, 2, 1))
    assert isinstance(parsed, Instance)
    return parsed


def test_who_comes_who_goes_and_who_moves() -> None:
    answer = answer_of(QUESTION, instance(), BEFORE, AFTER)
    assert answer.entered == (Chosen("c4", "basic", 2027),)
    assert answer.left == (Chosen("c1", "basic", 2027),)
    assert answer.moved == (Moved("c2", Chosen("c2", "full", 2027), Chosen("c2", "full", 2028)),)


def test_the_difference_is_certain_only_between_worth_and_bound_of_both_sides() -> None:
    answer = answer_of(QUESTION, instance(), BEFORE, AFTER)
    assert (answer.least, answer.most) == (Fraction(1), Fraction(5, 2))
    same = answer_of(QUESTION, instance(), BEFORE, BEFORE)
    assert (same.least, same.most) == (Fraction(-1), Fraction(1)), "what changes nothing may seem to, within the gaps"


def test_what_cannot_be_met_has_no_lists_and_no_difference_but_the_conflict() -> None:
    county = instance().counties[0].code
    question = Question("乙", (MinimumChange(county, 99),))
    impossible = Plan("infeasible", Fraction(0), None, conflict=(Demand("minimum", county),))
    answer = answer_of(question, changed(instance(), question.changes), BEFORE, impossible)
    assert (answer.entered, answer.left, answer.moved, answer.least) == ((), (), (), None)
    row = answer_document(answer)
    assert row["conflict"][0]["sentence"] == f"区县 {county} 至少开工 99 个小区。"
    assert "least" not in row
    assert row["objective"] is None


def test_without_a_plan_before_there_is_nothing_to_compare_with() -> None:
    unknown = Plan("unknown", Fraction(0), None)
    assert answer_of(QUESTION, instance(), unknown, AFTER).least is None
    assert answers_document(unknown, []) == {"objective": None, "bound": None, "answers": []}

"""Sentences about a plan: each thing there is to say is said in both languages, and English has no Chinese in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from gongdi.core.portfolio.answers import answer_of
from gongdi.core.portfolio.changes import BudgetChange, MinimumChange, MustChange, Question, WeightChange
from gongdi.core.portfolio.model import Demand, Displaced, Instance, Plan, Reason, Rival, TopUp
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.wording import Wording
from gongdi.core.portfolio.wording_chinese import CHINESE
from gongdi.core.portfolio.wording_english import ENGLISH
from tests.support.plan_instances import made

HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
REASONS = (
    Reason("c1", "window"),
    Reason("c2", "no_fund", classes=("basic", "improvement", "upgrade")),
    Reason("c3", "no_gain"),
    Reason("c4", "outranked", 12_345, "full", 2027, behind=0),
    Reason("c5", "outranked", 12_345, "full", 2027, behind=678),
    Reason("c6", "outranked", 12_345, "full", 2027),
)
DISPLACED = (
    Displaced("c7", (), unpaid=True),
    Displaced("c8", (), demanded=True),
    Displaced("c9", (Rival("c1", "full", 2028, Fraction(5, 2)), Rival("c2", "basic", 2027, Fraction(1)))),
)
FOUND = Plan("optimal", Fraction(10), Fraction(11), reasons=REASONS, displaced=DISPLACED)
CONFLICT = (Demand("must", "c0"), Demand("minimum", "330201"), Demand("budget", "central"))
HOPELESS = Plan("infeasible", Fraction(0), None, conflict=CONFLICT, top_up=(TopUp("central", 2027, 90_001),))


def instance() -> Instance:
    parsed = parse_instance(made(40, 2, 5, "hopeless"))
    assert isinstance(parsed, Instance)
    return parsed


QUESTIONS = tuple(
    Question(str(at), (change,))
    for at, change in enumerate(
        (
            BudgetChange("central", 2027, 12_345_600),
            MinimumChange("330201", 7),
            MustChange("c0", True),
            MustChange("c0", False),
            WeightChange(2028, Fraction(9, 10)),
        )
    )
)
ANSWERS = (
    *(answer_of(row, instance(), FOUND, FOUND) for row in QUESTIONS),
    answer_of(QUESTIONS[0], instance(), FOUND, HOPELESS),
    answer_of(QUESTIONS[0], instance(), FOUND, Plan("unknown", Fraction(0), None)),
)


def everything(wording: Wording) -> Iterator[str]:
    yield from wording.explanations(FOUND, [row.id for row in (*REASONS, *DISPLACED)])
    for plan in (FOUND, HOPELESS, Plan("infeasible", Fraction(0), None, conflict=CONFLICT, top_up_least=5)):
        yield from wording.summary(plan, instance())
    yield from wording.summary(Plan("unknown", Fraction(0), None), instance())
    yield wording.top_up(HOPELESS.top_up[0])
    for answer in ANSWERS:
        yield wording.answer(answer)
    yield wording.progress(3, 1.5, "1.000%")


@pytest.mark.parametrize("wording", [CHINESE, ENGLISH])
def test_every_answer_has_a_sentence_of_its_own(wording: Wording) -> None:
    lines = list(wording.explanations(FOUND, [row.id for row in (*REASONS, *DISPLACED)]))
    assert len(set(lines)) == len(REASONS) + len(DISPLACED)
    for line, row in zip(lines, (*REASONS, *DISPLACED), strict=True):
        assert row.id in line
    assert "12,345" in lines[3]
    assert "678" in lines[4]


def test_english_is_english() -> None:
    assert [line for line in everything(ENGLISH) if HAN.search(line)] == []
    assert all(HAN.search(line) for line in everything(CHINESE))


def test_a_list_of_classes_reads_as_a_list() -> None:
    lines = list(ENGLISH.explanations(FOUND, ["c2"]))
    assert lines == ["Compound c2 is left out: no fund may pay basic, improvement and upgrade works in its county."]
    one = Plan("optimal", Fraction(1), Fraction(1), reasons=(Reason("c2", "no_fund", classes=("basic",)),))
    assert "pay basic works" in next(ENGLISH.explanations(one, ["c2"]))


def test_who_is_not_in_the_plan_document_is_passed_over() -> None:
    assert list(CHINESE.explanations(FOUND, ["nowhere"])) == []


@pytest.mark.parametrize("wording", [CHINESE, ENGLISH])
def test_money_that_would_help_is_told_with_the_least_that_is_needed(wording: Wording) -> None:
    plan = Plan("infeasible", Fraction(0), None, conflict=CONFLICT, top_up=HOPELESS.top_up, top_up_least=90_000)
    lines = list(wording.summary(plan, instance()))
    assert len(lines) == 1 + len(CONFLICT) + 2
    assert list(wording.summary(HOPELESS, instance())) == lines[: 1 + len(CONFLICT)]


@pytest.mark.parametrize("wording", [CHINESE, ENGLISH])
def test_every_answer_of_what_would_be_if_says_what_was_changed(wording: Wording) -> None:
    lines = [wording.answer(answer) for answer in ANSWERS]
    assert len(set(lines)) == len(lines)
    for line, word in zip(lines, ("central", "330201", "c0", "c0", "2028", "c0", "--time-limit"), strict=True):
        assert word in line
    assert "-1.000" in lines[0]
    assert "+1.000" in lines[0]


@pytest.mark.parametrize("wording", [CHINESE, ENGLISH])
def test_a_plan_that_is_not_proved_to_the_gap_says_so(wording: Wording) -> None:
    found = Plan("feasible", Fraction(10), Fraction(11))
    (line,) = wording.summary(found, instance())
    assert "--time-limit" in line
    (proved,) = wording.summary(Plan("optimal", Fraction(10), Fraction(11)), instance())
    assert "--time-limit" not in proved

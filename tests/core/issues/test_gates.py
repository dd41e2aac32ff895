"""The table of gates: what may follow what, and who may do it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.issues.gates import (
    GATES,
    OPEN,
    STATE_WORDS,
    STEP_WORDS,
    UNHANDLED,
    Refusal,
    State,
    Step,
    Told,
    Who,
    go,
    steps_open,
)

TOLD = st.builds(Told, st.booleans(), st.booleans(), st.booleans(), st.integers(0, 2), st.booleans(), st.booleans())
WHO = st.frozensets(st.sampled_from(Who))
ALL = Told(has_body=True, due_known=True, words=True, photos=1, overdue=True)
MAY = {
    (Step.ASSIGN, State.REPORTED): "keeper county",
    (Step.ASSIGN, State.ASSIGNED): "keeper county",
    (Step.ASSIGN, State.REOPENED): "keeper county",
    (Step.ASSIGN, State.ESCALATED): "county",
    (Step.HANDLE, State.ASSIGNED): "handler keeper county",
    (Step.HANDLE, State.ESCALATED): "handler keeper county",
    (Step.HANDLE, State.REOPENED): "handler keeper county",
    (Step.CLOSE, State.HANDLED): "reporter keeper county",
    (Step.REOPEN, State.HANDLED): "reporter keeper county",
    (Step.REOPEN, State.CLOSED): "reporter keeper county",
    (Step.REOPEN, State.DISMISSED): "reporter keeper county",
    (Step.ESCALATE, State.ASSIGNED): "keeper",
    (Step.ESCALATE, State.REOPENED): "keeper",
    (Step.DISMISS, State.REPORTED): "keeper county",
}
"""By hand, from the sources and the task: whoever is not named may not."""


@pytest.mark.parametrize(("step", "state", "who"), list(itertools.product(Step, State, Who)))
def test_exactly_those_named_may_take_a_step_when_all_holds(step: Step, state: State, who: Who) -> None:
    may = who.value in MAY.get((step, state), "").split()
    assert isinstance(go(step, state, {who}, ALL), State) == may
    assert (step in steps_open(state, {who})) == may


@given(st.sampled_from(Step), st.sampled_from(State), WHO, TOLD)
def test_a_step_leads_to_its_state_or_says_why_not(step: Step, state: State, who: frozenset[Who], told: Told) -> None:
    found = go(step, state, who, told)
    if isinstance(found, Refusal):
        assert found.why.endswith("。")
    else:
        assert any(each.step is step and state in each.came_from and each.to is found for each in GATES)


@given(WHO, TOLD)
def test_the_handler_never_closes_and_nothing_is_handled_without_a_photo(who: frozenset[Who], told: Told) -> None:
    if told.is_handler:
        assert isinstance(go(Step.CLOSE, State.HANDLED, who, told), Refusal)
    if not told.photos:
        assert isinstance(go(Step.HANDLE, State.ASSIGNED, who, told), Refusal)


def test_from_every_state_there_is_a_way_on_and_every_state_is_reached() -> None:
    assert {state for gate in GATES for state in gate.came_from} == set(State)
    assert {gate.to for gate in GATES} | {State.REPORTED} == set(State)
    assert set(STATE_WORDS) == set(State)
    assert set(STEP_WORDS) == set(Step)
    assert {State.CLOSED, State.DISMISSED} == set(State) - OPEN
    assert {State.HANDLED} == OPEN - UNHANDLED


@pytest.mark.parametrize(
    ("step", "state", "told", "why"),
    [
        (Step.ASSIGN, State.REPORTED, Told(due_known=True), "承办单位"),
        (Step.ASSIGN, State.REPORTED, Told(has_body=True), "节假日"),
        (Step.ESCALATE, State.ASSIGNED, Told(), "还没有逾期"),
        (Step.REOPEN, State.CLOSED, Told(), "原因"),
        (Step.HANDLE, State.CLOSED, ALL, "已销号"),
    ],
)
def test_what_is_lacking_is_named(step: Step, state: State, told: Told, why: str) -> None:
    found = go(step, state, {Who.KEEPER}, told)
    assert isinstance(found, Refusal)
    assert why in found.why

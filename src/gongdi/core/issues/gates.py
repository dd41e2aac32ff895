"""The gates of an issue on site (现场问题清单): from which state to which, who may, what must hold.

One table for the page, the service and the test. Sources: issues are reported, coordinated and solved on the spot
(jiangbei 四(三)2); what is not solved goes to the county, which handles disputes (template, duties of counties).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an issue stands."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    HANDLED = "handled"
    CLOSED = "closed"
    REOPENED = "reopened"
    DISMISSED = "dismissed"


OPEN = frozenset({State.REPORTED, State.ASSIGNED, State.ESCALATED, State.HANDLED, State.REOPENED})
"""The states in which something is still to be done."""
UNHANDLED = OPEN - {State.HANDLED}
"""The states in which the issue itself still stands."""


class Who(StrEnum):
    """As whom somebody acts on an issue."""

    REPORTER = "reporter"
    KEEPER = "keeper"
    """Community and street, who keep the log."""
    COUNTY = "county"
    HANDLER = "handler"
    """Those of the body it is assigned to."""


class Step(StrEnum):
    """What may be done to an issue."""

    ASSIGN = "assign"
    HANDLE = "handle"
    CLOSE = "close"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known when a step is taken; a step reads what it needs."""

    has_body: bool = False
    due_known: bool = False
    words: bool = False
    """A reason, or what was done, is written."""
    photos: int = 0
    is_handler: bool = False
    """Whoever takes the step is the one who handled it."""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, and what to say when it does not."""

    holds: Callable[[Told], bool]
    fault: str


BODY = Condition(lambda told: told.has_body, "请指定承办单位。")
DUE = Condition(lambda told: told.due_known, "算不出期限：请先录入该年度节假日安排，或缩短期限。")
WORDS = Condition(lambda told: told.words, "请写明情况或原因。")
PHOTO = Condition(lambda told: told.photos > 0, "请上传处理后的照片。")
OTHER = Condition(lambda told: not told.is_handler, "处理人不能自己销号，请由另一人核实，或由反映的居民确认。")
LATE = Condition(lambda told: told.overdue, "还没有逾期。请先催办承办单位。")


@dataclass(frozen=True, slots=True)
class Gate:
    """A step from some states to one: who may take it, what must hold."""

    step: Step
    came_from: frozenset[State]
    to: State
    who: frozenset[Who]
    conditions: tuple[Condition, ...]


def _gate(step: Step, came_from: Collection[State], to: State, who: Collection[Who], *conditions: Condition) -> Gate:
    return Gate(step, frozenset(came_from), to, frozenset(who), conditions)


GATES = (
    _gate(Step.ASSIGN, {State.REPORTED, State.ASSIGNED, State.REOPENED}, State.ASSIGNED, {Who.KEEPER, Who.COUNTY},
          BODY, DUE),
    _gate(Step.ASSIGN, {State.ESCALATED}, State.ASSIGNED, {Who.COUNTY}, BODY, DUE),
    _gate(Step.HANDLE, {State.ASSIGNED, State.ESCALATED, State.REOPENED}, State.HANDLED,
          {Who.HANDLER, Who.KEEPER, Who.COUNTY}, WORDS, PHOTO),
    _gate(Step.CLOSE, {State.HANDLED}, State.CLOSED, {Who.REPORTER, Who.KEEPER, Who.COUNTY}, OTHER),
    _gate(Step.REOPEN, {State.HANDLED, State.CLOSED, State.DISMISSED}, State.REOPENED,
          {Who.REPORTER, Who.KEEPER, Who.COUNTY}, WORDS),
    _gate(Step.ESCALATE, {State.ASSIGNED, State.REOPENED}, State.ESCALATED, {Who.KEEPER}, LATE),
    _gate(Step.DISMISS, {State.REPORTED}, State.DISMISSED, {Who.KEEPER, Who.COUNTY}, WORDS),
)  # fmt: skip
"""Every step there is."""
STATE_WORDS = {
    State.REPORTED: "待分派", State.ASSIGNED: "处理中", State.ESCALATED: "已报区县", State.HANDLED: "待核实",
    State.CLOSED: "已销号", State.REOPENED: "重新打开", State.DISMISSED: "不受理",
}  # fmt: skip
STEP_WORDS = {
    Step.ASSIGN: "分派", Step.HANDLE: "登记处理", Step.CLOSE: "核实销号", Step.REOPEN: "重新打开",
    Step.ESCALATE: "报区县", Step.DISMISS: "不受理",
}  # fmt: skip


PLAIN_STATE_WORDS = {
    State.REPORTED: "社区收到了，正在安排谁来办", State.ASSIGNED: "正在办", State.ESCALATED: "还没办好，已报到区里催办",
    State.HANDLED: "已处理，等您看看好了没有", State.CLOSED: "办好了", State.REOPENED: "没办好，社区再安排",
    State.DISMISSED: "不属于改造的事，没有办",
}  # fmt: skip
PLAIN_STEP_WORDS = {
    Step.ASSIGN: "安排了谁来办", Step.HANDLE: "处理了", Step.CLOSE: "看过，办好了", Step.REOPEN: "没办好，请再处理",
    Step.ESCALATE: "报到区里催办", Step.DISMISS: "不属于改造的事，没有办",
}  # fmt: skip
"""The same for residents, in words of every day."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step cannot be taken."""

    why: str


def gate_for(step: Step, state: State, who: Collection[Who]) -> Gate | None:
    """The gate that somebody may go through from a state; None when there is none for them."""
    return next((each for each in GATES if each.step is step and state in each.came_from and each.who & set(who)), None)


def go(step: Step, state: State, who: Collection[Who], told: Told) -> State | Refusal:
    """The state after a step, or why it cannot be taken."""
    if not any(each.step is step and state in each.came_from for each in GATES):
        return Refusal(f"这个问题{STATE_WORDS[state]}，不能{STEP_WORDS[step]}。请刷新页面。")
    gate = gate_for(step, state, who)
    if gate is None:
        return Refusal(f"{STATE_WORDS[state]}的问题不由您{STEP_WORDS[step]}。")
    fault = next((each.fault for each in gate.conditions if not each.holds(told)), None)
    return gate.to if fault is None else Refusal(fault)


def steps_open(state: State, who: Collection[Who]) -> list[Step]:
    """The steps that somebody may try from a state, in the table's order."""
    return list(dict.fromkeys(each.step for each in GATES if state in each.came_from and each.who & set(who)))

"""The answer to what would be if (试算): a plan for the changed problem beside the plan for the problem as it is.

Both plans are proved only within their gaps, so the two worths alone do not say what a change brings: the better of two
plans may be the luckier one. What the change does to the best possible worth lies for certain between `least`, the new
worth less the old bound, and `most`, the new bound less the old worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongdi.core.portfolio.changes import Question, change_documents
from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.model import Chosen, Instance, Plan
from gongdi.core.portfolio.wording import Wording
from gongdi.core.portfolio.wording_chinese import CHINESE

KEPT = (
    "status",
    "objective",
    "bound",
    "gap",
    "seconds",
    "conflict",
    "conflict_smallest",
    "top_up",
    "top_up_least_yuan",
)
"""What an answer says of the plan of the changed problem."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A compound that both plans choose, at another level or in another year."""

    id: str
    before: Chosen
    after: Chosen


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question comes to: the plan of the changed problem, and in what it differs from the plan as things are."""

    question: Question
    plan: Plan
    instance: Instance
    """The problem with the changes made."""
    least: Fraction | None
    most: Fraction | None
    """Between these lies what the changes do to the best possible worth; None without a plan on either side."""
    entered: tuple[Chosen, ...]
    left: tuple[Chosen, ...]
    moved: tuple[Moved, ...]


def answer_of(question: Question, instance: Instance, before: Plan, after: Plan) -> Answer:
    """Compare the plan of a changed problem with the plan before. Lists are in the order of the ids."""
    old, new = ({row.id: row for row in plan.chosen} for plan in (before, after))
    both = [(old[name], new[name]) for name in sorted(old.keys() & new.keys())]
    least = most = None
    if before.bound is not None and after.bound is not None:
        least, most = after.worth - before.bound, after.bound - before.worth
    if after.status in ("infeasible", "unknown"):
        # Nothing is chosen, which does not mean that everybody leaves.
        old, both = {}, []
    return Answer(
        question,
        after,
        instance,
        least,
        most,
        tuple(new[name] for name in sorted(new.keys() - old.keys())),
        tuple(old[name] for name in sorted(old.keys() - new.keys())),
        tuple(Moved(one.id, one, other) for one, other in both if one != other),
    )


def answer_document(answer: Answer, wording: Wording = CHINESE) -> dict[str, Any]:
    """An answer as JSON data: the question, what became of it in a sentence and in numbers, who comes and goes."""
    row: dict[str, Any] = {
        "name": answer.question.name,
        "changes": list(change_documents(answer.question.changes)),
        "sentence": wording.answer(answer),
    }
    whole = plan_document(answer.plan, answer.instance, wording)
    row |= {key: whole[key] for key in KEPT if key in whole}
    if answer.least is not None and answer.most is not None:
        row |= {"least": float(answer.least), "most": float(answer.most)}
    row |= {
        "entered": [_chosen(one) for one in answer.entered],
        "left": [_chosen(one) for one in answer.left],
        "moved": [{"id": one.id, "before": _start(one.before), "after": _start(one.after)} for one in answer.moved],
    }
    return row


def answers_document(plan: Plan, answers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Answers beside the worth and the bound that they are compared with, null without a plan."""
    found = plan.bound is not None
    return {
        "objective": float(plan.worth) if found else None,
        "bound": float(plan.bound) if plan.bound is not None else None,
        "answers": list(answers),
    }


def _start(row: Chosen) -> dict[str, Any]:
    return {"level": row.level, "year": row.year}


def _chosen(row: Chosen) -> dict[str, Any]:
    return {"id": row.id, **_start(row)}

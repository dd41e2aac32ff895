"""What a household answers (征询答复): a wish for each item, up to three priorities, whether it would pay its share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gongdi.core.consultation.pledges import Pledge, Reply, replies_fit

MOST_PRIORITIES = 3


class Wish(StrEnum):
    """What a household says of one item."""

    WANTS = "wants"
    """想要"""
    WITHOUT = "without"
    """可有可无"""
    AGAINST = "against"
    """不要"""


class Willing(StrEnum):
    """Whether a household would pay its share of what it wants (愿意出资)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Side(StrEnum):
    """For whom an answer speaks: the owners' side (业主及家人) or those who only live there (租户)."""

    OWNERS = "owners"
    USERS = "users"


class Channel(StrEnum):
    """How an answer came."""

    PHONE = "phone"
    PAPER = "paper"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `seq` orders answers as they were taken in; items are named by their number on the menu.

    `heard` says that the household was asked and has no wish to state: such an answer counts as reached.
    """

    seq: int
    household: int
    side: Side
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    priorities: Sequence[int] = ()
    willing: Willing | None = None
    heard: bool = False
    pledges: Mapping[Pledge, Reply] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What is wrong in an answer: the field, why, and what to do."""

    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.reason}{self.remedy}"


def faults_of(answer: Answer, items: Iterable[int], pledges: Collection[Pledge] = ()) -> list[AnswerFault]:
    """What is wrong in an answer to a menu of items and the questions beside it; nothing when it can be kept."""
    known, found = set(items), list[AnswerFault]()
    if not answer.wishes and not answer.heard:
        found.append(AnswerFault("", "还没有选任何一项。", "请至少对一项选“想要”“可有可无”或“不要”。"))
    if not known.issuperset(answer.wishes):
        found.append(AnswerFault("", "有的内容不在这次征询的清单上。", "请刷新页面后重新填写。"))
    if not replies_fit(answer.pledges, pledges):
        found.append(AnswerFault("", "有的问题不在这次征询里。", "请刷新页面后重新填写。"))
    return found + list(_priority_faults(answer))


def _priority_faults(answer: Answer) -> Iterable[AnswerFault]:
    ranks = list(answer.priorities)
    if len(ranks) > MOST_PRIORITIES:
        yield AnswerFault("priority_1", "最想要的最多选三项。", "请留下最要紧的三项。")
    for number, each in enumerate(ranks, start=1):
        if each in ranks[: number - 1]:
            yield AnswerFault(f"priority_{number}", "同一项选了两次。", "请另选一项，或留空。")
        elif answer.wishes.get(each) is not Wish.WANTS:
            yield AnswerFault(
                f"priority_{number}", "这一项没有选“想要”，不能列为最想要的。", "请先把这一项选为“想要”，或另选一项。"
            )


def counting_answers(answers: Iterable[Answer], side: Side) -> dict[int, Answer]:
    """By household, the answer of a side that counts: the latest; the earlier ones are kept but no longer counted."""
    found: dict[int, Answer] = {}
    for each in sorted(answers, key=lambda one: one.seq):
        if each.side is side:
            found[each.household] = each
    return found

"""Questions beside the menu about what lets a compound come first (优先因素), and how many answered how.

Zhumadian 二(三)1 names six factors: strong will, taking part, cooperation in removing illegal structures, contribution
of one's own will, the promise to pay the property fee, making up or going on with the maintenance fund. Guizhou 二(五)
names three of them; Pu'er 二(四) names a market entity that takes part. No document gives a number from which a factor
is met: the numbers are shown to whoever judges it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongdi.core.values import Citation

_ZHUMADIAN = Citation("henan-zhumadian-2021", "二(三)1")
_GUIZHOU = Citation("guizhou-2021", "二(五)")
_PUER = Citation("yunnan-puer-2022", "二(四)")


class Pledge(StrEnum):
    """What is asked."""

    TAKE_PART = "take_part"
    FEE = "fee"
    FUND = "fund"
    REMOVAL = "removal"
    MARKET = "market"


class Reply(StrEnum):
    """What is replied."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NOT_MINE = "not_mine"
    """It does not concern this household: nothing was built illegally."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the fact that it bears on, who names the factor, and whether it may not concern a household."""

    pledge: Pledge
    fact: str
    sources: tuple[Citation, ...]
    may_not_concern: bool = False

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies to choose from."""
        return tuple(each for each in Reply if each is not Reply.NOT_MINE or self.may_not_concern)


QUESTIONS: Mapping[Pledge, Question] = {
    each.pledge: each
    for each in (
        Question(Pledge.TAKE_PART, "residents_active", (_ZHUMADIAN, _GUIZHOU, _PUER)),
        Question(Pledge.FEE, "property_fee_promise", (_ZHUMADIAN,)),
        Question(Pledge.FUND, "maintenance_fund_topup", (_ZHUMADIAN,)),
        Question(Pledge.REMOVAL, "illegal_removal_cooperation", (_ZHUMADIAN, _GUIZHOU), may_not_concern=True),
        Question(Pledge.MARKET, "market_entity", (_PUER,)),
    )
}


def asked_for(facts: Collection[str]) -> tuple[Pledge, ...]:
    """The questions that bear on what a document reads."""
    return tuple(pledge for pledge, question in QUESTIONS.items() if question.fact in facts)


def replies_fit(pledges: Mapping[Pledge, Reply], asked: Collection[Pledge]) -> bool:
    """Whether each reply answers a question that is asked, with one of its replies."""
    return all(pledge in asked and reply in QUESTIONS[pledge].replies for pledge, reply in pledges.items())


def replies_of(
    answers: Iterable[Mapping[Pledge, Reply]], asked: Iterable[Pledge]
) -> dict[Pledge, dict[Reply | None, int]]:  # fmt: skip
    """For each question how many households replied what; None counts those that answered and did not say."""
    found: dict[Pledge, dict[Reply | None, int]] = {
        pledge: {**dict.fromkeys(QUESTIONS[pledge].replies, 0), None: 0} for pledge in asked
    }
    for replies in answers:
        for pledge, counts in found.items():
            counts[replies.get(pledge)] += 1
    return found

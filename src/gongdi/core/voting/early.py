"""Whether a vote may end before its time (提前截止): only where its rule says so and nothing can change the verdict.

Nothing can change it only where a ballot once cast stands (the first counts, no changes); and whoever has not voted,
or whose paper was handed in and is not typed in yet, is taken as still free to say anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gongdi.core.voting.ballots import Ballot, BallotRule
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import Matter
from gongdi.core.voting.tally import Decided, judge, tally_matter


def undecided(
    matters: Iterable[Matter], weights: Mapping[str, Count], counting: Mapping[str, Ballot], waiting: Collection[str]
) -> list[int]:
    """The numbers of the matters whose verdict may still turn, for any answers of the units that are free."""
    settled = {unit: ballot for unit, ballot in counting.items() if unit not in waiting}
    return [
        matter.number
        for matter in matters
        if judge(matter.rule, tally_matter(matter.number, weights, settled)).decided is Decided.OPEN
    ]


def refusal_of_early_end(
    rule: BallotRule,
    matters: Iterable[Matter],
    weights: Mapping[str, Count],
    counting: Mapping[str, Ballot],
    waiting: Collection[str],
) -> str:
    """Why a vote may not end before its time; "" when it may."""
    asked = list(matters)
    if not rule.final or not all(matter.rule.early_end for matter in asked):
        return "这次表决没有规定可以提前截止，要到公告的截止时间。"
    turning = undecided(asked, weights, counting, waiting)
    if turning:
        told = "、".join(str(number) for number in turning)
        return f"事项{told}的结果还可能因未投的票改变，不能提前截止。"
    return ""

"""The tally of a matter (计票) and its verdict: both counts against both bounds, what is missing, what is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongdi.core.voting.ballots import Answer, Ballot
from gongdi.core.voting.counting import NONE, Bound, Count
from gongdi.core.voting.rules import Bar, Base, Rule


@dataclass(frozen=True, slots=True)
class Tally:
    """One matter counted. `open` is what may still come: units with a voter whose ballot has not."""

    everyone: Count
    yes: Count = NONE
    no: Count = NONE
    abstain: Count = NONE
    void: Count = NONE
    open: Count = NONE

    @property
    def participating(self) -> Count:
        """Those who took part in this matter: yes, no, abstain."""
        return self.yes + self.no + self.abstain


def tally_matter(
    matter: int, weights: Mapping[str, Count], counting: Mapping[str, Ballot], votable: Iterable[str] | None = None
) -> Tally:
    """Count one matter over a roll (unit name -> weight) and the ballots that count."""
    sums = {answer: [0, 0] for answer in Answer}
    heads = area = 0
    for unit, weight in weights.items():
        heads, area = heads + weight.heads, area + weight.area
        ballot = counting.get(unit)
        if ballot is not None:
            pair = sums[ballot.answers.get(matter, Answer.VOID)]
            pair[0] += weight.heads
            pair[1] += weight.area
    waiting = [weights[unit] for unit in (weights if votable is None else votable) if unit not in counting]
    rest = Count(sum(weight.heads for weight in waiting), sum(weight.area for weight in waiting))
    parts = {answer: Count(*pair) for answer, pair in sums.items()}
    return Tally(
        Count(heads, area), parts[Answer.YES], parts[Answer.NO], parts[Answer.ABSTAIN], parts[Answer.VOID], rest
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One count against one bound: what there is, of what, the least that is enough, how much more of it is needed."""

    have: int
    of: int
    bound: Bound
    needed: int
    short: int

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.bound.met(self.have, self.of)


@dataclass(frozen=True, slots=True)
class BarResult:
    """Both counts against one hurdle; None for a side that is not asked for."""

    heads: Side | None
    area: Side | None

    @property
    def met(self) -> bool:
        """Whether both are reached."""
        return all(side is None or side.met for side in (self.heads, self.area))


class Decided(StrEnum):
    """Whether anything that may still come could change the verdict (是否已成定局)."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of a matter as it stands (表决结果)."""

    passed: bool
    taking_part: BarResult | None
    approval: BarResult
    decided: Decided


def judge(rule: Rule, tally: Tally, *, changes: bool = False) -> Verdict:
    """The verdict of a rule on a tally. With `changes` cast ballots may still change, so nothing is decided early."""
    everyone, participating = tally.everyone, tally.participating
    taking_part = None if rule.taking_part is None else _against(rule.taking_part, participating, everyone, joins=False)
    of_all = rule.approval.base is Base.ALL
    approval = _against(rule.approval, tally.yes, everyone if of_all else participating, joins=not of_all)
    passed = rule.passed(everyone=everyone, participating=participating, agreeing=tally.yes)
    decided = Decided.OPEN if changes else _decided(rule, tally)
    return Verdict(passed, taking_part, approval, decided)


def _against(bar: Bar, have: Count, of: Count, *, joins: bool) -> BarResult:
    return BarResult(
        None if bar.heads is None else _side(bar.heads, have.heads, of.heads, joins),
        None if bar.area is None else _side(bar.area, have.area, of.area, joins),
    )


def _side(bound: Bound, have: int, of: int, joins: bool) -> Side:
    """`joins`: whoever comes in joins the base as well, so more must come than is short now."""
    needed = bound.needed(of)
    short = bound.further(have, of) if joins else max(0, needed - have)
    return Side(have, of, bound, needed, short)


def _decided(rule: Rule, tally: Tally) -> Decided:
    """Judged on two extremes: all who may still come agree, or all come and do not. Nothing between is worse."""
    participating, rest = tally.participating, tally.open
    best = rule.passed(everyone=tally.everyone, participating=participating + rest, agreeing=tally.yes + rest)
    if not best:
        return Decided.FAILED
    now = rule.taking_part is None or rule.taking_part.met(participating, tally.everyone)
    worst = rule.passed(everyone=tally.everyone, participating=participating + rest, agreeing=tally.yes)
    return Decided.PASSED if now and worst else Decided.OPEN

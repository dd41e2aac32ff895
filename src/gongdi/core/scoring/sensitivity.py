"""How the order moves when one weight moves (权重敏感性)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from gongdi.core.scoring.ranking import Candidate, Place, Score, order, score
from gongdi.core.scoring.scheme import ScoringScheme


@dataclass(frozen=True, slots=True)
class Move:
    """A compound whose place changes."""

    id: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What one change of one weight does: the new weight, all moves, and who enters and leaves the first `top`."""

    key: str
    step: Fraction
    weight: Fraction
    moves: tuple[Move, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]


def shifts(
    scheme: ScoringScheme, candidates: Iterable[Candidate], key: str, steps: Sequence[Fraction], top: int
) -> tuple[Shift, ...]:
    """The order under each changed weight against the order as it is. A weight does not fall below zero."""
    scored = [(candidate, score(scheme, candidate.facts)) for candidate in candidates]
    before = _places(order(scored))
    found = []
    for step in steps:
        weight = max(Fraction(0), scheme.criterion(key).weight + step)
        after = _places(order([(candidate, _reweighted(result, key, weight)) for candidate, result in scored]))
        moves = tuple(Move(name, before[name], at) for name, at in after.items() if at != before[name])
        entered = tuple(name for name, at in after.items() if at <= top < before[name])
        left = tuple(name for name, at in before.items() if at <= top < after[name])
        found.append(Shift(key, step, weight, moves, entered, left))
    return tuple(found)


def _places(places: Iterable[Place]) -> dict[str, int]:
    return {row.id: row.place for row in places}


def _reweighted(result: Score, key: str, weight: Fraction) -> Score:
    return Score(tuple(replace(line, possible=weight) if line.key == key else line for line in result.lines))


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The weight of a criterion at which two compounds have the same score, all else as it is."""

    key: str
    weight: Fraction
    change: Fraction


def break_evens(ahead: Score, behind: Score) -> tuple[BreakEven, ...]:
    """For every criterion that could do it: where the one behind draws level, by the smallest change first.

    Beyond that weight the order of the two turns round. Both scores must come from the same scheme.
    """
    lead = ahead.points - behind.points
    found = []
    for mine, theirs in zip(ahead.lines, behind.lines, strict=True):
        difference = mine.share - theirs.share
        if difference and mine.possible - lead / difference >= 0:
            found.append(BreakEven(mine.key, mine.possible - lead / difference, -lead / difference))
    return tuple(sorted(found, key=lambda row: (abs(row.change), row.key)))

"""Scores with a line for every criterion, and the order they make (排序), with ties said out loud.

Points are exact fractions. What is unknown earns nothing and is named as missing: it is never guessed. The order is
by score; equal scores go by older completion, then more households, then the smaller id, and each place says which of
these decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from gongdi.core.scoring.scheme import Bands, Criterion, Flag, Measure, Ratio, ScoringScheme

Facts = Mapping[str, object]
"""Facts by name; None and absent are unknown. Numbers are int, Fraction, Decimal or decimal text, never float."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one criterion earns: points of points possible, the facts it read, and which of them are missing."""

    key: str
    zh: str
    possible: Fraction
    share: Fraction
    facts: tuple[tuple[str, object], ...]
    missing: tuple[str, ...]

    @property
    def points(self) -> Fraction:
        """The points earned."""
        return self.possible * self.share


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one compound, line by line."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> Fraction:
        """All points earned."""
        return sum((line.points for line in self.lines), Fraction(0))

    @property
    def possible(self) -> Fraction:
        """All points possible."""
        return sum((line.possible for line in self.lines), Fraction(0))

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that are missing, each once."""
        return tuple(dict.fromkeys(name for line in self.lines for name in line.missing))

    @property
    def open_points(self) -> Fraction:
        """The points of criteria whose facts are missing: by so much the score could still rise."""
        return sum((line.possible for line in self.lines if line.missing), Fraction(0))


def score(scheme: ScoringScheme, facts: Facts) -> Score:
    """The score of one compound under a scheme."""
    return Score(tuple(_line(criterion, facts) for criterion in scheme.criteria))


def _line(criterion: Criterion, facts: Facts) -> Line:
    measure = criterion.measure
    share = _share(measure, facts)
    read = tuple((name, facts[name]) for name in measure.facts if facts.get(name) is not None)
    missing: tuple[str, ...] = ()
    if share is None:
        missing = measure.facts[:1] if isinstance(measure, Bands) else tuple(_unknown(measure.facts, facts))
    return Line(criterion.key, criterion.zh, criterion.weight, share or Fraction(0), read, missing)


def _unknown(names: tuple[str, ...], facts: Facts) -> Iterable[str]:
    return (name for name in names if number(facts.get(name)) is None)


def _share(measure: Measure, facts: Facts) -> Fraction | None:
    """The share of the points that is earned; None if a fact is missing."""
    if isinstance(measure, Flag):
        value = facts.get(measure.fact)
        return Fraction(value is measure.when) if isinstance(value, bool) else None
    if isinstance(measure, Ratio):
        part = number(facts.get(measure.fact))
        whole = Fraction(1) if measure.of is None else number(facts.get(measure.of))
        return None if part is None or whole is None or whole <= 0 else min(Fraction(1), max(Fraction(0), part / whole))
    known = next((value for name in measure.facts if (value := number(facts.get(name))) is not None), None)
    if known is None:
        return None
    return next(band.share for band in measure.bands if band.up_to is None or known <= band.up_to)


def number(value: object) -> Fraction | None:
    """A fact as an exact number; the year of a date; None if it is unknown or no number."""
    if isinstance(value, date):
        return Fraction(value.year)
    if isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        day = _day(value)
        if day is not None:
            return Fraction(day.year)
        try:
            return Fraction(Decimal(value))
        except (InvalidOperation, ValueError, OverflowError):
            return None
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A compound to be ranked. `facts` may hold completed_on and completed_year, which break ties."""

    id: str
    facts: Facts
    households: int | None = None


Decider = Literal["score", "completion", "households", "id"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order (名次), from 1. `decided_by` is what put it behind the one before it.

    `tied` tells that another compound has the same score.
    """

    place: int
    id: str
    score: Score
    tied: bool
    decided_by: Decider | None


def rank(scheme: ScoringScheme, candidates: Iterable[Candidate]) -> tuple[Place, ...]:
    """Score and order candidates. Ids must be unique."""
    return order([(candidate, score(scheme, candidate.facts)) for candidate in candidates])


Key = tuple[Fraction, tuple[int, int, int], int, str]


def tie_key(candidate: Candidate, points: Fraction) -> Key:
    """What the order goes by. A year alone counts as its last day; an unknown day comes last, so do unknown homes."""
    day, year = candidate.facts.get("completed_on"), number(candidate.facts.get("completed_year"))
    known = day if isinstance(day, date) else _day(day) if isinstance(day, str) else None
    if known is not None:
        built = (known.year, known.month, known.day)
    else:
        built = (9999, 12, 31) if year is None else (int(year), 12, 31)
    return (-points, built, -(candidate.households or 0), candidate.id)


def order(scored: Iterable[tuple[Candidate, Score]]) -> tuple[Place, ...]:
    """Scored candidates in their order."""
    rows = sorted((tie_key(candidate, result.points), result) for candidate, result in _by_id(scored))
    points = [key[0] for key, _ in rows]
    places = []
    for at, (key, result) in enumerate(rows):
        tied = (at > 0 and points[at - 1] == points[at]) or (at + 1 < len(rows) and points[at + 1] == points[at])
        decided = _decider(rows[at - 1][0], key) if at else None
        places.append(Place(at + 1, key[3], result, tied, decided))
    return tuple(places)


def _by_id(scored: Iterable[tuple[Candidate, Score]]) -> list[tuple[Candidate, Score]]:
    rows = list(scored)
    ids = [candidate.id for candidate, _ in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands twice among the candidates")
    return rows


def _decider(before: Key, after: Key) -> Decider:
    names: tuple[Decider, ...] = ("score", "completion", "households", "id")
    return next(name for name, x, y in zip(names, before, after, strict=True) if x != y)

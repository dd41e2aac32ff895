"""What surveyors' answers change against what was known, and where they contradict one another (填报合并).

Answers are JSON values by question. Each surveyor's set comes with its base: what was known when they were asked. What
is known now may have moved on since; it then stands beside the surveyors as one more voice. Nothing is decided here
that a person should decide: two values that differ are a conflict, shown with all who hold them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = bool | int | str | None | dict[str, "Value"]
"""An answer: a JSON value without floats; None says that nobody knows."""

SYSTEM = ""
"""The voice of what is known now, where it has moved since somebody was asked."""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """What one surveyor answered, and what was known to them (基准) by question; absent is unknown."""

    by: str
    base: Mapping[str, Value]
    answers: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice on a question: who (SYSTEM for the record itself) holds which value."""

    by: str
    value: Value


@dataclass(frozen=True, slots=True)
class Settled:
    """A question on which all who changed it agree (无分歧): from what, to what, and who says so."""

    before: Value
    value: Value
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that two voices answer differently (有分歧); a person picks or writes."""

    before: Value
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Every question that somebody changed, either settled or in conflict; what nobody changed is in neither."""

    settled: Mapping[str, Settled]
    conflicts: Mapping[str, Conflict]


def same(one: Value, other: Value) -> bool:
    """Whether two answers are the same; true is not 1, and 1 is not "1"."""
    return _form(one) == _form(other)


def _form(value: Value) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def changes(base: Mapping[str, Value], answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that differ from what was known."""
    return {key: value for key, value in answers.items() if not same(value, base.get(key))}


def combine(earlier: Mapping[str, Value], later: Mapping[str, Value | None], taken_back: Sequence[str] = ()) -> dict[
    str, Value
]:  # fmt: skip
    """One surveyor's own answers over time: a later one takes the place of the earlier on the same question alone."""
    return {key: value for key, value in {**earlier, **later}.items() if key not in taken_back}


def merge(known: Mapping[str, Value], sets: Sequence[AnswerSet]) -> Merged:
    """Put the answers of several surveyors together with what is known now."""
    settled: dict[str, Settled] = {}
    conflicts: dict[str, Conflict] = {}
    for key in dict.fromkeys(key for each in sets for key in each.answers):
        now = known.get(key)
        claims = _claims(key, now, sets)
        if not any(claim.by != SYSTEM for claim in claims):
            continue
        values = {_form(claim.value) for claim in claims}
        if len(values) > 1:
            conflicts[key] = Conflict(now, tuple(claims))
        else:
            settled[key] = Settled(now, claims[0].value, tuple(claim.by for claim in claims if claim.by != SYSTEM))
    return Merged(settled, conflicts)


def _claims(key: str, now: Value, sets: Sequence[AnswerSet]) -> list[Claim]:
    """All voices on a question: whoever changed it, and the record where it moved under one of them."""
    changed = [each for each in sets if key in changes(each.base, each.answers)]
    claims = [Claim(each.by, each.answers[key]) for each in changed]
    if any(not same(now, each.base.get(key)) for each in changed):
        claims.append(Claim(SYSTEM, now))
    return claims

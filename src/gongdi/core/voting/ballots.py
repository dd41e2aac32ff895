"""Ballots (选票), and which one counts when an owner used two channels or voted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from gongdi.core.voting.canonical import Record


class Answer(StrEnum):
    """What a ballot says on a matter. One left blank or unreadable takes no part in that matter."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    VOID = "void"


class Channel(StrEnum):
    """How a ballot came (渠道): an owner's phone, paper entered by two people, a clerk's home visit."""

    PHONE = "phone"
    PAPER = "paper"
    VISIT = "visit"


class Precedence(StrEnum):
    """Which ballot of an owner counts (多渠道取舍)."""

    LAST = "last"
    FIRST = "first"
    SIGNED = "signed"
    """One with the owner's signature (paper, visit) before one by phone; among equals the last."""


Answers: TypeAlias = "Mapping[int, Answer]"


@dataclass(frozen=True, slots=True)
class BallotRule:
    """Stated with the vote and bound into its log. Without `changes` a second ballot by the same channel is refused."""

    precedence: Precedence = Precedence.LAST
    changes: bool = True
    one_voter: bool = True
    """Whether co-owners vote through the one whom they named (共有人推选一人); else any of them, by `precedence`."""

    @property
    def final(self) -> bool:
        """Whether a ballot once cast can no longer be replaced by any channel."""
        return not self.changes and self.precedence is Precedence.FIRST

    def record(self) -> Record:
        """As it is bound into the log."""
        return {"changes": self.changes, "one_voter": self.one_voter, "precedence": self.precedence.value}


@dataclass(frozen=True, slots=True)
class Ballot:
    """An accepted ballot: its place in the log, the unit's name on the roll, what it says by matter number.

    `received_at` is the moment at which it was handed in, as records write moments; the order of hand-in decides which
    ballot is the first or the last. Empty in votes of the first format, where the order of the log decides.
    """

    seq: int
    unit: str
    channel: Channel
    answers: Answers = field(default_factory=dict)
    by_proxy: bool = False
    received_at: str = ""

    @property
    def order(self) -> tuple[str, int]:
        """Its place among the ballots of its unit: by hand-in, within the same moment by the log."""
        return (self.received_at, self.seq)


def counting_ballots(rule: BallotRule, ballots: Iterable[Ballot]) -> dict[str, Ballot]:
    """The ballot of each unit that counts."""
    chosen: dict[str, Ballot] = {}
    for ballot in sorted(ballots, key=lambda each: each.order):
        standing = chosen.get(ballot.unit)
        if standing is None or _replaces(rule.precedence, standing, ballot):
            chosen[ballot.unit] = ballot
    return chosen


def _replaces(precedence: Precedence, standing: Ballot, later: Ballot) -> bool:
    if precedence is Precedence.FIRST:
        return False
    if precedence is Precedence.SIGNED:
        return later.channel is not Channel.PHONE or standing.channel is Channel.PHONE
    return True


def why_counts(rule: BallotRule, ballots: Sequence[Ballot]) -> str:
    """Why one of a unit's ballots counts, in words; "" where there is but one."""
    if len(ballots) < 2:
        return ""
    if rule.precedence is Precedence.FIRST:
        return "这次表决规定以最先交来的一次为准。"
    if rule.precedence is Precedence.LAST:
        return "这次表决规定以最后交来的一次为准。"
    if any(ballot.channel is not Channel.PHONE for ballot in ballots):
        return "这次表决规定有签名的选票（纸质、入户）优先于手机，有几张签名的以最后交来的为准。"
    return "几次都在手机上投，以最后一次为准。"


def told_before(rule: BallotRule) -> str:
    """What whoever votes by phone is told beforehand: whether the choice may be changed, and what goes before it."""
    beside = {
        Precedence.FIRST: "以本户最先交来的一次为准，后来再投的不算。",
        Precedence.LAST: "本户在手机、纸上都投了的，以最后交来的为准。",
        Precedence.SIGNED: "本户另交了有签名的选票（纸质、入户）的，以有签名的为准。",
    }[rule.precedence]
    if not rule.changes:
        return f"在手机上投了就不能改。{beside}"
    return beside if rule.precedence is Precedence.FIRST else f"截止前可以改投，以最后一次为准。{beside}"


def refusal_of(rule: BallotRule, earlier: Iterable[Ballot], channel: Channel) -> str:
    """Why a further ballot of a unit cannot be taken in; "" when it can."""
    if rule.changes:
        return ""
    if any(ballot.channel is channel for ballot in earlier):
        return "这次表决规定投票后不得更改，这一票已经投过。"
    return ""

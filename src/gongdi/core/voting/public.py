"""The records of a vote's log and of its public file (公开文件): one canonical JSON record a line.

Lines in order: `file` (format, digest, public key), the roll (`unit`, `left_off`), the log (`opening`, `ballot`…,
`close`, papers that waited then, `count`), the signed heads, the stated results. What is hashed is the line as it
stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from gongdi.core.values import Citation
from gongdi.core.voting.ballots import Ballot, BallotRule
from gongdi.core.voting.canonical import Canonical, Record, canonical
from gongdi.core.voting.counting import Bound, Count, How
from gongdi.core.voting.heads import SignedHead
from gongdi.core.voting.roll import HeadsRule, PublicRoll
from gongdi.core.voting.rules import Bar, Base, Rule
from gongdi.core.voting.tally import Tally, Verdict

FORMATS = {1: "gongdi-vote-1", 2: "gongdi-vote-2"}
"""The second has the moment of hand-in in each ballot, papers typed in after the close, and the count."""
NEWEST = 2


@dataclass(frozen=True, slots=True)
class Matter:
    """One question of a ballot, with the rule it is judged by."""

    number: int
    title: str
    rule: Rule


def moment(at: datetime) -> str:
    """A moment as records write it: UTC, to the second."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _bound(bound: Bound | None) -> list[int | str] | None:
    return None if bound is None else [bound.share.numerator, bound.share.denominator, bound.how.value]


def _bar(bar: Bar | None) -> Record | None:
    return None if bar is None else {"area": _bound(bar.area), "base": bar.base.value, "heads": _bound(bar.heads)}


def rule_record(rule: Rule) -> Record:
    """A rule as it is bound into the log: its clause and its numbers."""
    return {
        "approval": _bar(rule.approval),
        "clause": f"{rule.clause.pack} {rule.clause.section}",
        "early_end": rule.early_end,
        "slug": rule.slug,
        "taking_part": _bar(rule.taking_part),
    }


def _read_bound(value: list[int | str] | None) -> Bound | None:
    if value is None:
        return None
    numerator, denominator, how = value
    return Bound(Fraction(int(numerator), int(denominator)), How(str(how)))


def _read_bar(value: dict[str, Any] | None) -> Bar | None:
    if value is None:
        return None
    return Bar(Base(value["base"]), _read_bound(value["heads"]), _read_bound(value["area"]))


def read_rule(record: dict[str, Any], title: str) -> Rule:
    """A rule as it was frozen: a vote is judged by its own record, whatever the rules have become since."""
    pack, _, section = record["clause"].partition(" ")
    approval = _read_bar(record["approval"])
    assert approval is not None
    taking_part = _read_bar(record["taking_part"])
    clause = Citation(pack, section)
    return Rule(record["slug"], title, clause, approval, taking_part, early_end=record["early_end"])


def matter_record(matter: Matter) -> Record:
    """A matter as it is bound into the log."""
    return {"number": matter.number, "rule": rule_record(matter.rule), "title": matter.title}


@dataclass(frozen=True, slots=True)
class Opening:
    """What is fixed before the first ballot, and stands as the first entry of the log."""

    vote: str
    title: str
    matters: Sequence[Matter]
    ballots: BallotRule
    counted_by: HeadsRule
    roll: PublicRoll
    roll_on: str
    since: datetime
    until: datetime

    def line(self, algorithm: str) -> str:
        """The entry."""
        return canonical(
            {
                "algorithm": algorithm,
                "ballots": self.ballots.record(),
                "counted_by": self.counted_by.record(),
                "from": moment(self.since),
                "kind": "opening",
                "matters": [matter_record(matter) for matter in self.matters],
                "roll": {
                    "area": self.roll.everyone.area,
                    "digest": self.roll.digest,
                    "heads": self.roll.everyone.heads,
                    "lines": len(self.roll.lines),
                    "on": self.roll_on,
                },
                "seq": 0,
                "title": self.title,
                "until": moment(self.until),
                "vote": self.vote,
            }
        )


def ballot_line(ballot: Ballot, weight: Count, *, number: str, at: datetime, nonce: str) -> str:
    """The entry of an accepted ballot. `number` is the ballot's own; `nonce` is chance, so that the digest of a ballot
    cannot be guessed from its few possible answers. The moment of hand-in stands in it from the second format on."""
    answers = ballot.answers
    received: dict[str, Canonical] = {"received_at": ballot.received_at} if ballot.received_at else {}
    return canonical(
        {
            **received,
            "answers": {str(key): answers[key].value for key in sorted(answers)},
            "area": weight.area,
            "at": moment(at),
            "ballot": number,
            "by_proxy": ballot.by_proxy,
            "channel": ballot.channel.value,
            "heads": weight.heads,
            "kind": "ballot",
            "nonce": nonce,
            "seq": ballot.seq,
            "unit": ballot.unit,
        }
    )


def close_line(*, seq: int, at: datetime, ballots: int, waiting: Iterable[str] | None = None) -> str:
    """The entry of the close: with how many ballots taken in, and whose papers, handed in before, wait to be typed.

    In the first format nothing could wait, and the close was the last entry.
    """
    record: dict[str, Canonical] = {"at": moment(at), "ballots": ballots, "kind": "close", "seq": seq}
    if waiting is not None:
        record["waiting"] = sorted(waiting)
    return canonical(record)


def count_line(*, seq: int, at: datetime, ballots: int, set_aside: Iterable[str]) -> str:
    """The last entry (second format): all ballots once nothing waits, and whose waiting papers were set aside."""
    return canonical(
        {"at": moment(at), "ballots": ballots, "kind": "count", "seq": seq, "set_aside": sorted(set_aside)}
    )


def _pair(count: Count) -> list[int]:
    return [count.heads, count.area]


def result_record(matter: Matter, tally: Tally, verdict: Verdict) -> Record:
    """The stated result of a matter; pairs are heads and 0.01 m2."""
    return {
        "abstain": _pair(tally.abstain),
        "everyone": _pair(tally.everyone),
        "kind": "result",
        "matter": matter.number,
        "no": _pair(tally.no),
        "passed": verdict.passed,
        "rule": rule_record(matter.rule),
        "void": _pair(tally.void),
        "yes": _pair(tally.yes),
    }


def public_lines(  # noqa: PLR0913 -- a file, said whole
    *,
    vote: str,
    algorithm: str,
    key: bytes,
    roll: Iterable[str],
    log: Iterable[str],
    heads: Iterable[SignedHead],
    results: Iterable[Record],
    form: int = NEWEST,
) -> Iterable[str]:
    """The lines of the public file."""
    yield canonical({"algorithm": algorithm, "format": FORMATS[form], "key": key.hex(), "kind": "file", "vote": vote})
    yield from roll
    yield from log
    for head in heads:
        yield canonical(head.record())
    for result in results:
        yield canonical(result)

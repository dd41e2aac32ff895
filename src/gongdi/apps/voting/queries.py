"""Reads of votes: counts of each matter, the public file, lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Q, QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.box import plain
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.models import CHANNELS, Ballot, LeftOff, Mandate, PaperEntry, Unit, Vote, Voter
from gongdi.apps.voting.services import ballot_rule, cast_ballots, matters_of, open_papers
from gongdi.core.voting.ballots import Answer, counting_ballots, why_counts
from gongdi.core.voting.counting import Count
from gongdi.core.voting.heads import SignedHead, TreeHead
from gongdi.core.voting.public import Matter, public_lines, result_record
from gongdi.core.voting.receipts import Receipt
from gongdi.core.voting.rules import floors
from gongdi.core.voting.tally import Tally, Verdict, judge, tally_matter
from gongdi.web.clock import local_date


@dataclass(frozen=True, slots=True)
class MatterCount:
    """A matter as counted."""

    matter: Matter
    tally: Tally
    verdict: Verdict
    floors: tuple[tuple[str, bool], ...] = ()
    """Rules of national law beside a local one, each with whether the same ballots meet it."""


def listed(rows: QuerySet[Vote]) -> list[Vote]:
    """Votes for a list, with how many ballots came."""
    return list(rows.select_related("compound").annotate(ballot_count=Number("ballots"))[:200])


def counts_of(vote: Vote) -> list[MatterCount]:
    """Every matter counted as it stands: three statements, whatever the size."""
    units = list(vote.units.values_list("name", "heads", "area", "votable"))
    weights = {name: Count(heads, area) for name, heads, area, _ in units}
    votable = [name for name, _, _, may in units if may]
    rule = ballot_rule(vote)
    counting = counting_ballots(rule, cast_ballots(vote))
    found = []
    for matter in matters_of(vote):
        tally = tally_matter(matter.number, weights, counting, votable)
        beside = tuple(
            (floor.title, judge(floor, tally, changes=not rule.final).passed)
            for floor in floors(matter.rule, local_date(vote.since))
        )
        found.append(MatterCount(matter, tally, judge(matter.rule, tally, changes=not rule.final), beside))
    return found


def public_file(vote: Vote) -> Iterator[str]:
    """The public file of a closed vote, line by line; heads of the opening, each hundredth entry, the close."""
    entries = list(vote.log.all())
    heads = [
        SignedHead(
            TreeHead(vote.code, vote.algorithm, entry.seq + 1, bytes.fromhex(entry.root), entry.head_at),
            bytes.fromhex(entry.signature),
        )
        for entry in entries
        if entry.seq % 100 == 0 or entry.seq == len(entries) - 1 or '"kind":"close"' in entry.line
    ]
    results = [result_record(each.matter, each.tally, each.verdict) for each in counts_of(vote)]
    return iter(
        public_lines(
            vote=vote.code,
            algorithm=vote.algorithm,
            key=bytes.fromhex(vote.public_key),
            form=vote.form,
            roll=vote.roll_lines.values_list("line", flat=True),
            log=[entry.line for entry in entries],
            heads=heads,
            results=results,
        )
    )


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot of a unit with its receipt, and whether it is the one that counts."""

    ballot: Ballot
    receipt: Receipt
    counts: bool


def own_ballots(unit: Unit) -> tuple[list[OwnBallot], str]:
    """Every ballot of a unit, the one that counts first, then the latest; and why that one counts."""
    rows = list(unit.ballots.select_related("entry", "vote", "account").order_by("-received_at", "-entry__seq"))
    rule, plainly = ballot_rule(unit.vote), [plain(row, unit.name) for row in rows]
    counting = counting_ballots(rule, plainly).get(unit.name)
    found = [
        OwnBallot(row, receipt_of(unit.vote, row.entry), counting is not None and row.entry.seq == counting.seq)
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.counts), why_counts(rule, plainly)


def whether_it_counts(vote: Vote, seq: int) -> str:
    """Whether the ballot at a place of the log counts, in words; "" where that entry is no ballot."""
    ballot = vote.ballots.filter(entry__seq=seq).select_related("unit").first()
    if ballot is None:
        return ""
    ballots, why = own_ballots(ballot.unit)
    if any(each.counts and each.ballot.pk == ballot.pk for each in ballots):
        return f"这张选票算数。{why}"
    return f"这张选票没有算：同一户还投了一张，算的是那一张。{why}"


def ballots_by_channel(vote: Vote) -> dict[str, int]:
    """How many ballots came by each channel."""
    return dict(vote.ballots.order_by().values_list("channel").annotate(number=Number("pk")))


@dataclass(frozen=True, slots=True)
class FrozenRoll:
    """A frozen roll for the page."""

    units: list[Unit]
    left_off: list[LeftOff]


def frozen_roll(vote: Vote) -> FrozenRoll:
    """The units in the order of the roll, and the dwellings left off it."""
    return FrozenRoll(list(vote.units.all()), list(vote.left_off.select_related("dwelling__building")))


def votable_units(vote: Vote) -> list[Unit]:
    """The units for which somebody can vote."""
    return list(vote.units.filter(votable=True))


def waiting_papers(vote: Vote, user: User) -> list[tuple[PaperEntry, bool]]:
    """Paper ballots that are not cast, each with whether this person may type it, or judge its doubt, next."""
    rows = open_papers(vote).select_related("unit", "first_by", "second_by", "doubted_by")
    return [(row, may_be_next(row, user)) for row in rows]


def may_be_next(row: PaperEntry, user: User) -> bool:
    """Whether a person may type a paper next, or judge the doubt of it: whoever did neither before."""
    if row.state == PaperEntry.State.DOUBTED:
        return user.pk != row.doubted_by_id
    return user.pk not in (row.first_by_id, row.second_by_id)


def discarded_papers(vote: Vote) -> list[PaperEntry]:
    """Papers set aside for good, with the reason; entries typed anew are none."""
    rows = vote.papers.filter(state=PaperEntry.State.DISCARDED, typed_anew=False)
    return list(rows.select_related("unit", "discarded_by", "doubted_by"))


def units_by_number(vote: Vote, numbers: Sequence[int]) -> dict[int, Unit | None]:
    """Units by their place on the roll; None where there is none."""
    # No roll is so long, and neither database takes a larger number.
    possible = [number for number in numbers if number < 2**31]
    found = {unit.place_on_roll: unit for unit in vote.units.filter(place_on_roll__in=possible)}
    return {number: found.get(number) for number in numbers}


@dataclass(frozen=True, slots=True)
class TurnoutRow:
    """A unit with what came of it: each ballot's channel and moment; its answers only where they may be told."""

    unit: Unit
    voter: Voter | None
    mandate: Mandate | None
    ballots: list[Ballot]
    answers: str


def turnout(vote: Vote, units: Sequence[Unit], with_answers: bool) -> list[TurnoutRow]:
    """Who voted and how it came, in five statements whatever the size; answers are those of the ballot that counts."""
    rule = ballot_rule(vote)
    ballots: dict[int, list[Ballot]] = {}
    rows = Ballot.objects.filter(unit__in=units).select_related("entry", "vote").prefetch_related("evidence")
    for row in rows.order_by("received_at", "pk"):
        ballots.setdefault(row.unit_id, []).append(row)
    voters = {row.unit_id: row for row in vote.voters.filter(ended_at=None).select_related("owner", "account")}
    mandates = {row.unit_id: row for row in vote.mandates.all()}
    found = []
    for unit in units:
        own = ballots.get(unit.pk, [])
        counting = counting_ballots(rule, [plain(row, unit.name) for row in own]).get(unit.name)
        said = "；".join(f"事项{n} {SAID[answer]}" for n, answer in counting.answers.items()) if counting else ""
        found.append(TurnoutRow(unit, voters.get(unit.pk), mandates.get(unit.pk), own, said if with_answers else ""))
    return found


SAID = {Answer.YES: "同意", Answer.NO: "反对", Answer.ABSTAIN: "弃权", Answer.VOID: "空白或无法辨认"}


def record_figures(vote: Vote) -> dict[str, object]:
    """The figures of the record: ballots by channel, counted and replaced, by agents; units that took part or not."""
    cast = cast_ballots(vote)
    counting = counting_ballots(ballot_rule(vote), cast)
    units = vote.units.aggregate(all=Number("pk"), votable=Number("pk", filter=Q(votable=True)))
    return {
        "channels": {
            name: (sum(b.channel == code for b in cast), sum(b.channel == code for b in counting.values()))
            for code, name in CHANNELS
        },
        "cast": len(cast), "counting": len(counting), "replaced": len(cast) - len(counting),
        "by_proxy": sum(ballot.by_proxy for ballot in counting.values()), "units": units["all"],
        "unvotable": units["all"] - units["votable"], "left_off": vote.left_off.count(),
    }  # fmt: skip


def own_votes(units: QuerySet[Unit]) -> list[Unit]:
    """A resident's units in votes that run, have run or were voided while they did, the latest first, with
    `ballot_count`."""
    hidden = Q(vote__state__in=(Vote.State.DRAFT, Vote.State.ROLLED)) | Q(vote__state=Vote.State.VOID, vote__size=0)
    rows = units.exclude(hidden).annotate(ballot_count=Number("ballots", distinct=True))
    return list(rows.order_by("-vote__since", "-pk"))

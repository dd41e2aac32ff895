"""Reads of votes: counts of each matter, the public file, lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.models import Ballot, LeftOff, PaperEntry, Unit, Vote
from gongdi.apps.voting.services import ballot_rule, matters_of
from gongdi.apps.voting.signing import public_key
from gongdi.core.voting import ballots as rules
from gongdi.core.voting.ballots import Answer, Channel, counting_ballots
from gongdi.core.voting.counting import Count
from gongdi.core.voting.heads import SignedHead, TreeHead
from gongdi.core.voting.public import Matter, public_lines, result_record
from gongdi.core.voting.receipts import Receipt
from gongdi.core.voting.tally import Tally, Verdict, judge, tally_matter


@dataclass(frozen=True, slots=True)
class MatterCount:
    """A matter as counted."""

    matter: Matter
    tally: Tally
    verdict: Verdict


def listed(rows: QuerySet[Vote]) -> list[Vote]:
    """Votes for a list, with how many ballots came."""
    return list(rows.select_related("compound").annotate(ballot_count=Number("ballots"))[:200])


def counts_of(vote: Vote) -> list[MatterCount]:
    """Every matter counted as it stands: three statements, whatever the size."""
    units = list(vote.units.values_list("pk", "name", "heads", "area", "votable"))
    names = {pk: name for pk, name, *_ in units}
    weights = {name: Count(heads, area) for _, name, heads, area, _ in units}
    votable = [name for _, name, _, _, may in units if may]
    fields = ("entry__seq", "unit_id", "channel", "answers", "by_proxy")
    cast = [
        rules.Ballot(seq, names[unit], Channel(channel), {int(n): Answer(said) for n, said in answers.items()}, proxy)
        for seq, unit, channel, answers, proxy in vote.ballots.values_list(*fields)
    ]
    rule = ballot_rule(vote)
    counting = counting_ballots(rule, cast)
    found = []
    for matter in matters_of(vote):
        tally = tally_matter(matter.number, weights, counting, votable)
        found.append(MatterCount(matter, tally, judge(matter.rule, tally, changes=not rule.final)))
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
        if entry.seq % 100 == 0 or entry.seq == len(entries) - 1
    ]
    results = [result_record(each.matter, each.tally, each.verdict) for each in counts_of(vote)]
    return iter(
        public_lines(
            vote=vote.code,
            algorithm=vote.algorithm,
            key=public_key(),
            roll=vote.roll_lines.values_list("line", flat=True),
            log=[entry.line for entry in entries],
            heads=heads,
            results=results,
        )
    )


def latest_ballot(unit: Unit) -> tuple[Ballot, Receipt] | None:
    """The last ballot of a unit with its receipt."""
    row = unit.ballots.select_related("entry").order_by("-entry__seq").first()
    return None if row is None else (row, receipt_of(unit.vote, row.entry))


def ballots_by_channel(vote: Vote) -> dict[str, int]:
    """How many ballots came by each channel."""
    return dict(vote.ballots.values_list("channel").annotate(number=Number("pk")))


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
    """Paper ballots typed but not cast, each with whether this person may type it next."""
    rows = vote.papers.exclude(state=PaperEntry.State.CAST).select_related("unit", "first_by", "second_by")
    return [(row, user.pk not in (row.first_by_id, row.second_by_id)) for row in rows]


def own_votes(units: QuerySet[Unit]) -> list[Unit]:
    """A resident's units in votes that run or have run, the latest first, with `ballot_count`."""
    hidden = (Vote.State.DRAFT, Vote.State.ROLLED, Vote.State.VOID)
    rows = units.exclude(vote__state__in=hidden).annotate(ballot_count=Number("ballots", distinct=True))
    return list(rows.order_by("-vote__since", "-pk"))

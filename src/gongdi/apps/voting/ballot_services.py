"""Taking ballots in: one transaction holds the ballot, its entry in the log, the new signed head, and the event.

Exactly once: a request carries a key of its own; coming again with the same key gives the same receipt. The lock on
the vote's row makes one writer at a time on PostgreSQL; on SQLite the transaction is IMMEDIATE and synchronous FULL.
Ballots that come by phone at the same moment share a transaction (docs/adr/0008); each is taken in or refused alone.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import Happened, record, record_together
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.log import extended, keep
from gongdi.apps.voting.models import Ballot, LogEntry, Unit, Vote, Voter
from gongdi.apps.voting.services import ballot_rule, locked_votes
from gongdi.apps.voting.voters import CoOwners, co_owners_of
from gongdi.core.voting import ballots as rules
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import ballot_line, moment
from gongdi.web.origin import Origin, acting_from, current
from gongdi.web.together import Together

LOG = logging.getLogger(__name__)
State = Vote.State
LONGEST_KEY = 64
PAPER_KEY = "paper-"
"""What the keys of papers begin with. No request from a page may take such a key: it would stand in a paper's way."""
MOST_AT_ONCE = 64
"""Ballots that one transaction takes in: enough for every thread of a server, and rolled back in a moment."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a ballot says and how it came. `answers` by matter number; `checked_by` for paper typed in twice.

    `received_at` is the moment at which a paper was handed in; other channels hand in as they are taken in. `signed_by`
    is the co-owner who signed, or for whom an agent did.
    """

    answers: Mapping[int, Answer]
    channel: Channel
    by_proxy: bool = False
    checked_by: User | None = None
    received_at: datetime | None = None
    signed_by: Owner | None = None


class UnnamedOwner:
    """Who voted by phone, for the audit chain: neither number nor session, so that the event names no ballot."""

    display_name = "业主（手机投票）"

    def post_for(self, verb: str, place: str) -> str:
        """Owners act under no post."""
        return "业主本人"


def stored(answers: Mapping[int, Answer]) -> dict[str, str]:
    """Answers as rows keep them."""
    return {str(number): answers[number].value for number in sorted(answers)}


@dataclass(frozen=True, slots=True)
class Handed:
    """A ballot as it is handed in: for whom, under which key, by whom, when, from where."""

    vote: Vote
    unit: Unit
    given: Given
    key: str
    by: User | Account
    now: datetime
    whence: Origin


@transaction.atomic
def cast_ballot(*, vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, now: datetime) -> Ballot:
    """Take a ballot in (投票). A repetition under the same key gives the ballot that was taken in before.

    Raises:
        RefusedError: outside the window, not on the roll, a matter without answer, changed where that is barred.
    """
    box = Box([handed := Handed(vote, unit, given, key, by, now, current())])
    ballot = box.put(handed)
    box.keep()
    if box.fresh:
        told = _told(handed, ballot)
        with acting_from(told.whence or current()):
            record(told.verb, by=told.by, on=told.on, after=told.after, place=told.place, at=told.at)
    return ballot


def hand_in_ballot(handed: Handed) -> Ballot:
    """Take a ballot in with those that are handed in at the same moment; it is on the disk when this returns.

    Outside any transaction. Everything else is as `cast_ballot` says.
    """
    return _TOGETHER.do(handed)


def _take_in(handed: Sequence[Handed]) -> list[Ballot | BaseException]:
    """Take in what waits: together, and when anything but a refusal stands in the way, one by one."""
    try:
        return _one_go(handed)
    except Exception as fault:
        if len(handed) == 1:
            return [fault]
        LOG.warning("%d ballots could not be taken in together, so one by one: %r", len(handed), fault)
    found: list[Ballot | BaseException] = []
    stuck: dict[int, BaseException] = {}
    for each in handed:
        # A vote whose row cannot be had, or a database out of order: the others of that vote need not each wait to
        # find it out; none of them was acknowledged. Ballots of other votes are tried.
        told = stuck.get(each.vote.pk)
        found += [told] if told is not None else _take_in([each])
        if isinstance(found[-1], OperationalError):
            stuck[each.vote.pk] = found[-1]
    return found


def _wait_not_for_ever() -> None:
    """A vote's row that somebody holds must not keep the ballots of every other vote of this process waiting."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")


@transaction.atomic(durable=True)
def _one_go(handed: Sequence[Handed]) -> list[Ballot | BaseException]:
    _wait_not_for_ever()
    box, found = Box(handed), list[Ballot | BaseException]()
    for each in handed:
        try:
            found.append(box.put(each))
        except RefusedError as refused:
            found.append(refused)
    box.keep()
    record_together([_told(each, ballot) for each, ballot in box.fresh])
    return found


_TOGETHER: Together[Handed, Ballot] = Together(_take_in, MOST_AT_ONCE)


def _told(handed: Handed, ballot: Ballot) -> Happened:
    """The event: that a ballot came and by which channel, neither whose, nor which entry of the log it became."""
    staff, vote = isinstance(handed.by, User), ballot.vote
    return Happened(
        "voting.cast_ballot", handed.by if staff else UnnamedOwner(), vote,
        after={"vote": vote.code, "channel": ballot.channel}, place=vote.compound.place, at=handed.now,
        whence=handed.whence if staff else Origin(handed.whence.channel),
    )  # fmt: skip


class Box:
    """The box of some votes (票箱), locked: ballots are put in one by one and kept all at once."""

    def __init__(self, handed: Sequence[Handed]) -> None:
        """Lock the votes and read what stands of the units and keys that are handed in."""
        self.votes = locked_votes({each.vote.pk for each in handed})
        self.by_key: dict[tuple[int, str], Ballot] = {}
        self.of_unit: dict[int, list[Ballot]] = {}
        keys, units = {each.key for each in handed}, {each.unit.pk: each.unit for each in handed}
        for row in Ballot.objects.filter(
            Q(vote__in=self.votes, key__in=keys) | Q(unit__in=units)
        ).select_related("entry"):  # fmt: skip
            self._note(row)
        self.co_owners: dict[int, CoOwners] = co_owners_of(self.votes, units.values())
        self.entries: dict[int, list[LogEntry]] = {}
        self.fresh: list[tuple[Handed, Ballot]] = []
        self.voters: list[Voter] = []

    def _note(self, row: Ballot) -> None:
        row.vote = self.votes.get(row.vote_id, row.vote)
        self.by_key[row.vote_id, row.key] = row
        self.of_unit.setdefault(row.unit_id, []).append(row)

    def put(self, handed: Handed) -> Ballot:
        """The ballot, to be kept with the others; or the one that was taken in under its key before.

        Raises:
            RefusedError: as `cast_ballot` says; the box is as it was.
        """
        vote, unit, given, key, now = self.votes[handed.vote.pk], handed.unit, handed.given, handed.key, handed.now
        if key.startswith(PAPER_KEY) and given.channel is not Channel.PAPER:
            raise RefusedError("请求编号不对。请刷新页面后重新提交。")
        earlier = self.by_key.get((vote.pk, key))
        if earlier is not None:
            if earlier.unit_id == unit.pk and earlier.answers == stored(given.answers):
                return earlier
            raise RefusedError("这一页已经用来投过另一张票。请回到首页重新进入后再投。")
        # Requests that waited for the lock come in the order of the log, so the log's moments never go back.
        at = max(now, vote.last_at or now)
        _must_be_in_time(vote, given, now, at)
        must_be_whole(vote, unit, given.answers)
        if not 8 <= len(key) <= LONGEST_KEY:
            raise RefusedError("请求编号不对。请刷新页面后重新提交。")
        standing = [plain(row, unit.name) for row in self.of_unit.get(unit.pk, ())]
        fault = rules.refusal_of(ballot_rule(vote), standing, given.channel)
        if fault:
            raise RefusedError(fault)
        if given.by_proxy and not unit.mandates.exists():
            raise RefusedError("受托人代投要先登记书面委托：请拍下委托书，在“登记委托”里录入后再收这张票。")
        account = handed.by if isinstance(handed.by, Account) else None
        co_owners = self.co_owners.get(unit.pk)
        named = co_owners.voter_named_by(given.signed_by, account, now) if co_owners is not None else None
        ballot = _made(vote, handed, at)
        self.entries.setdefault(vote.pk, []).append(ballot.entry)
        self.fresh.append((handed, ballot))
        self._note(ballot)
        if co_owners is not None and named is not None:
            co_owners.named = named
            self.voters.append(named)
        return ballot

    def keep(self) -> None:
        """Write everything that was put in."""
        for pk, entries in self.entries.items():
            keep(self.votes[pk], entries)
        Voter.objects.bulk_create(self.voters)
        Ballot.objects.bulk_create(ballot for _, ballot in self.fresh)


def _must_be_in_time(vote: Vote, given: Given, now: datetime, at: datetime) -> None:
    if given.received_at is not None and vote.form > 1:
        must_be_typable(vote)
        if not vote.since <= given.received_at <= min(vote.until, at):
            raise RefusedError("这张选票的交回时间不在投票时间内，不能计入。")
        return
    if vote.state != State.OPEN:
        raise RefusedError(f"这次表决{vote.get_state_display()}，不能投票。")
    if now < vote.since or at > vote.until:
        raise RefusedError("现在不在投票时间内。投票的起止时间见公告。")


def must_be_typable(vote: Vote) -> None:
    """Papers may be typed in while the vote runs and, handed in before, until its result is published.

    Raises:
        RefusedError: it is over, or not begun.
    """
    if vote.state not in ((State.OPEN, State.CLOSED) if vote.form > 1 else (State.OPEN,)):
        raise RefusedError(f"这次表决{vote.get_state_display()}，不能再录入选票。")


def must_be_whole(vote: Vote, unit: Unit, answers: Mapping[int, Answer]) -> None:
    """A ballot is of a unit on the roll and answers every matter.

    Raises:
        RefusedError: it is not, or does not.
    """
    if unit.vote_id != vote.pk or not unit.votable:
        raise RefusedError("名册上没有这一票，不能投票。请到社区核对名册。")
    if set(answers) != {number for number, _ in frozen(vote).matters}:
        raise RefusedError("每个事项都要有意见：同意、反对或弃权。")


def plain(row: Ballot, unit: str) -> rules.Ballot:
    """A row as core reads it."""
    answers = {int(number): Answer(said) for number, said in row.answers.items()}
    came = moment(row.received_at) if row.vote.form > 1 else ""
    return rules.Ballot(row.entry.seq, unit, Channel(row.channel), answers, row.by_proxy, came)


def _made(vote: Vote, handed: Handed, at: datetime) -> Ballot:
    """A ballot with its entry in the log; neither is kept yet."""
    unit, given, by = handed.unit, handed.given, handed.by
    came = given.received_at or at
    told = rules.Ballot(
        vote.size, unit.name, given.channel, given.answers, given.by_proxy, moment(came) if vote.form > 1 else ""
    )
    line = ballot_line(
        told, Count(unit.heads, unit.area), number=f"B{vote.size:06d}", at=at, nonce=secrets.token_hex(16)
    )
    return Ballot(
        vote=vote, unit=unit, entry=extended(vote, line, at), key=handed.key, channel=given.channel.value,
        answers=stored(given.answers), by_proxy=given.by_proxy, at=at, received_at=came,
        entered_by=by if isinstance(by, User) else None, account=by if isinstance(by, Account) else None,
        checked_by=given.checked_by, signed_by=given.signed_by,
    )  # fmt: skip

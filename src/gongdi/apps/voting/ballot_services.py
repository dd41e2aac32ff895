"""Taking ballots in: one transaction holds the ballot, its entry in the log, the new signed head, and the event.

Exactly once: a request carries a key of its own; coming again with the same key gives the same receipt. The lock on
the vote's row makes one writer at a time on PostgreSQL; on SQLite the transaction is IMMEDIATE and synchronous FULL.
Ballots that come by phone at the same moment share a transaction (docs/adr/0008); each is taken in or refused alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import Http404

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import Happened, record_together
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.access import own_units_to_cast
from gongdi.apps.voting.box import Box, Given, Handed, standing
from gongdi.apps.voting.models import Ballot, Unit, Vote
from gongdi.apps.voting.services import locked, locked_votes_of
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.web.origin import Origin, current
from gongdi.web.statements import Statement, run
from gongdi.web.together import Take, Together

LOG = logging.getLogger(__name__)
MOST_AT_ONCE = 64
"""Ballots that one transaction takes in: enough for every thread of a server, and rolled back in a moment."""


class UnnamedOwner:
    """Who voted by phone, for the audit chain: neither number nor session, so that the event names no ballot."""

    display_name = "业主（手机投票）"

    def post_for(self, verb: str, place: str) -> str:
        """Owners act under no post."""
        return "业主本人"


@transaction.atomic
def cast_ballot(*, vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, now: datetime) -> Ballot:
    """Take a ballot in (投票). A repetition under the same key gives the ballot that was taken in before.

    Raises:
        RefusedError: outside the window, not on the roll, a matter without answer, changed where that is barred.
    """
    handed = Handed(vote, unit, given, key, by, now, current())
    votes = {vote.pk: locked(vote)}
    box = Box(votes, [unit], run(standing(votes, [key], [unit.pk]))[0])
    ballot = box.put(handed)
    box.keep()
    record_together([_told(each, kept) for each, kept in box.fresh])
    return ballot


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot as a resident sends it by phone: for which unit (its key), what it says, under which key, when."""

    unit: int
    answers: Mapping[int, Answer]
    key: str
    by: Account
    now: datetime
    whence: Origin


def hand_in_ballot(sent: Sent) -> Ballot:
    """Take in a resident's ballot with those that come at the same moment; it is on the disk when this returns.

    Outside any transaction. Everything else is as `cast_ballot` says.

    Raises:
        Http404: the unit is not the resident's, or its vote is not open to residents.
        RefusedError: as `cast_ballot` says.
    """
    if sent.unit >= 2**63:  # no database has such a key, or takes it as one
        raise Http404
    return _TOGETHER.do(sent)


def _write(take: Take[Sent]) -> list[Ballot | BaseException]:
    """Take in what waits: together, and when anything but a refusal stands in the way, one by one."""
    taken: list[Sent] = []

    def taking() -> Sequence[Sent]:
        taken.extend(more := take())
        return more

    try:
        found = _one_go(taking)
    except Exception as fault:
        if not taken:
            raise
        if len(taken) == 1:
            return [fault]
        LOG.warning("%d ballots could not be taken in together, so one by one: %r", len(taken), fault)
        return _one_by_one(taken)
    late = [each for each, answer in zip(taken, found, strict=True) if answer is None]
    answers = iter(_write(_only(late)) if late else ())
    return [next(answers) if answer is None else answer for answer in found]


def _only(sent: Sequence[Sent]) -> Take[Sent]:
    """These, and whoever comes meanwhile waits for the next go."""
    rest = [sent]
    return lambda: rest.pop() if rest else ()


def _one_by_one(sent: Sequence[Sent]) -> list[Ballot | BaseException]:
    found: list[Ballot | BaseException] = []
    stuck: dict[int | None, BaseException] = {}
    votes = _votes_of(sent)
    for each in sent:
        # A vote whose row cannot be had, or a database out of order: the others of that vote need not each wait to
        # find it out; none of them was acknowledged. Ballots of other votes are tried.
        vote = votes.get(each.unit)
        found += [stuck[vote]] if vote in stuck else _write(_only([each]))
        if isinstance(found[-1], OperationalError):
            stuck[vote] = found[-1]
    return found


def _votes_of(sent: Sequence[Sent]) -> dict[int, int]:
    """The votes of units; nothing from a database out of order, which is then told to one for all."""
    try:
        return dict(Unit.objects.filter(pk__in={each.unit for each in sent}).values_list("pk", "vote"))
    except DatabaseError:
        return {}


_NOT_FOR_EVER = Statement("SET LOCAL lock_timeout = '5s'", (), len)
"""A vote's row that somebody holds must not keep the ballots of every other vote of this process waiting."""
_BY_KEYS = Statement("SET LOCAL enable_seqscan = off", (), len)
"""All that is read here is read by keys. Without this PostgreSQL, which counts rows now and then, would read the
ballots of a vote that has just begun from first to last each time."""


@transaction.atomic(durable=True)
def _one_go(take: Take[Sent]) -> list[Ballot | BaseException | None]:
    """An answer for each that was taken; None for one of another vote that came while the first were locked."""
    sent = list(take())
    set_first = [_NOT_FOR_EVER, _BY_KEYS] if connection.vendor == "postgresql" else []
    votes = run(*set_first, locked_votes_of({each.unit for each in sent}))[-1]
    if not votes:
        return [Http404() for _ in sent]
    at_first = len(sent)
    sent += take()
    pairs, keys = {(each.by.pk, each.unit) for each in sent}, {each.key for each in sent}
    own, stand = run(own_units_to_cast(votes, pairs), standing(votes, keys, {each.unit for each in sent}))
    box, found = Box(votes, list(own.values()), stand), list[Ballot | BaseException | None]()
    for at, each in enumerate(sent):
        unit = own.get((each.by.pk, each.unit))
        if unit is None:
            found.append(Http404() if at < at_first else None)
            continue
        given = Given(each.answers, Channel.PHONE)
        try:
            found.append(box.put(Handed(unit.vote, unit, given, each.key, each.by, each.now, each.whence)))
        except RefusedError as refused:
            found.append(refused)
    box.keep()
    record_together([_told(each, ballot) for each, ballot in box.fresh])
    return found


_TOGETHER: Together[Sent, Ballot] = Together(_write, MOST_AT_ONCE)


def _told(handed: Handed, ballot: Ballot) -> Happened:
    """The event: that a ballot came and by which channel, neither whose, nor which entry of the log it became."""
    staff, vote = isinstance(handed.by, User), ballot.vote
    return Happened(
        "voting.cast_ballot", handed.by if staff else UnnamedOwner(), vote,
        after={"vote": vote.code, "channel": ballot.channel}, place=vote.compound.place, at=handed.now,
        whence=handed.whence if staff else Origin(handed.whence.channel),
    )  # fmt: skip

"""Taking ballots in: one transaction holds the ballot, its entry in the log, the new signed head, and the event.

Exactly once: a request carries a key of its own; coming again with the same key gives the same receipt. The lock on
the vote's row makes one writer at a time on PostgreSQL; on SQLite the transaction is IMMEDIATE and synchronous FULL.
Ballots that come by phone at the same moment share a transaction (docs/adr/0008); each is taken in or refused alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import OperationalError, connection, transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import Happened, record_together
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.box import Box, Given, Handed
from gongdi.apps.voting.models import Ballot, Unit, Vote
from gongdi.web.origin import Origin, current
from gongdi.web.together import Together

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
    box = Box([handed := Handed(vote, unit, given, key, by, now, current())])
    ballot = box.put(handed)
    box.keep()
    record_together([_told(each, kept) for each, kept in box.fresh])
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

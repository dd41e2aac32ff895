"""Taking ballots in: one transaction holds the ballot, its entry in the log, the new signed head, and the event.

Exactly once: a request carries a key of its own; coming again with the same key gives the same receipt. The lock on
the vote's row makes one writer at a time on PostgreSQL; on SQLite the transaction is IMMEDIATE and synchronous FULL.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.log import append
from gongdi.apps.voting.models import Ballot, Unit, Vote
from gongdi.apps.voting.services import ballot_rule, locked
from gongdi.apps.voting.voters import settle_voter
from gongdi.core.voting import ballots as rules
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import ballot_line, moment
from gongdi.web.origin import Origin, acting_from, current

State = Vote.State
LONGEST_KEY = 64


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


@transaction.atomic
def cast_ballot(*, vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, now: datetime) -> Ballot:
    """Take a ballot in (投票). A repetition under the same key gives the ballot that was taken in before.

    Raises:
        RefusedError: outside the window, not on the roll, a matter without answer, changed where that is barred.
    """
    vote = locked(vote)
    earlier = vote.ballots.filter(key=key).select_related("entry").first()
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
    standing = [plain(row, unit.name) for row in vote.ballots.filter(unit=unit).select_related("entry", "vote")]
    fault = rules.refusal_of(ballot_rule(vote), standing, given.channel)
    if fault:
        raise RefusedError(fault)
    if given.by_proxy and not unit.mandates.exists():
        raise RefusedError("受托人代投要先登记书面委托：请拍下委托书，在“登记委托”里录入后再收这张票。")
    account = by if isinstance(by, Account) else None
    settle_voter(vote=vote, unit=unit, signed_by=given.signed_by, account=account, now=now)
    ballot = _take_in(vote, unit, given, key, by, at)
    # The event says that a ballot came and by which channel: neither whose, nor which entry of the log it became.
    after, staff = {"vote": vote.code, "channel": given.channel.value}, isinstance(by, User)
    with acting_from(current() if staff else Origin(current().channel)):
        record("voting.cast_ballot", by=by if staff else UnnamedOwner(), on=vote, after=after,
               place=vote.compound.place, at=now)  # fmt: skip
    return ballot


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
    if set(answers) != set(vote.matters.values_list("number", flat=True)):
        raise RefusedError("每个事项都要有意见：同意、反对或弃权。")


def plain(row: Ballot, unit: str) -> rules.Ballot:
    """A row as core reads it."""
    answers = {int(number): Answer(said) for number, said in row.answers.items()}
    came = moment(row.received_at) if row.vote.form > 1 else ""
    return rules.Ballot(row.entry.seq, unit, Channel(row.channel), answers, row.by_proxy, came)


def _take_in(vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, at: datetime) -> Ballot:
    came = given.received_at or at
    told = rules.Ballot(
        vote.size, unit.name, given.channel, given.answers, given.by_proxy, moment(came) if vote.form > 1 else ""
    )
    line = ballot_line(
        told, Count(unit.heads, unit.area), number=f"B{vote.size:06d}", at=at, nonce=secrets.token_hex(16)
    )
    staff = by if isinstance(by, User) else None
    return Ballot.objects.create(
        vote=vote, unit=unit, entry=append(vote, line, at), key=key, channel=given.channel.value,
        answers=stored(given.answers), by_proxy=given.by_proxy, at=at, received_at=came, entered_by=staff,
        account=by if isinstance(by, Account) else None, checked_by=given.checked_by, signed_by=given.signed_by,
    )  # fmt: skip

"""The box into which ballots are put (票箱): what may go in, and how it is kept; all under the lock on the vote."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Q

from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.log import Log, keep
from gongdi.apps.voting.models import Ballot, Unit, Vote, Voter
from gongdi.apps.voting.services import ballot_rule
from gongdi.apps.voting.voters import CoOwners, co_owners_of
from gongdi.core.voting import ballots as rules
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import ballot_line, moment
from gongdi.web.origin import Origin
from gongdi.web.prepared import PreparedLists
from gongdi.web.statements import Insert, Statement

State = Vote.State
LONGEST_KEY = 64
PAPER_KEY = "paper-"
"""What the keys of papers begin with. No request from a page may take such a key: it would stand in a paper's way."""
_STANDING = PreparedLists(
    lambda votes, keys, units: Ballot.objects.filter(
        Q(vote__in=votes, key__in=keys) | Q(unit__in=units)
    ).select_related("entry"), int, str, int,
)  # fmt: skip
_COLUMNS = (
    "vote_id", "unit_id", "entry_id", "key", "channel", "answers", "by_proxy", "at", "received_at", "signed_by_id",
    "account_id", "entered_by_id", "checked_by_id",
)  # fmt: skip
_BALLOTS, _row_of = Insert(Ballot, *_COLUMNS, returning=["entry_id", "id"]), attrgetter(*_COLUMNS)


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


def standing(votes: Iterable[int], keys: Iterable[str], units: Iterable[int]) -> Statement[list[Ballot]]:
    """What reads the ballots of some units, and those of some votes under some keys."""
    return _STANDING.statement(list(votes), list(keys), list(units))


class Box:
    """The box of some votes (票箱), locked: ballots are put in one by one and kept all at once."""

    def __init__(self, votes: Mapping[int, Vote], units: Collection[Unit], standing: Iterable[Ballot]) -> None:
        """Begin with votes that are locked, units of theirs, and the ballots that stand of these (`standing`)."""
        self.votes = votes
        self.by_key: dict[tuple[int, str], Ballot] = {}
        self.of_unit: dict[int, list[Ballot]] = {}
        for row in standing:
            if row.vote_id in votes:
                row.vote = votes[row.vote_id]
            self._note(row)
        self.co_owners: dict[int, CoOwners] = co_owners_of(votes, units)
        self.logs: dict[int, Log] = {}
        self.fresh: list[tuple[Handed, Ballot]] = []
        self.voters: list[Voter] = []

    def _note(self, row: Ballot) -> None:
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
        if given.by_proxy:
            must_have_mandate(unit)
        account = handed.by if isinstance(handed.by, Account) else None
        co_owners = self.co_owners.get(unit.pk)
        named = co_owners.voter_named_by(given.signed_by, account, now) if co_owners is not None else None
        if vote.pk not in self.logs:
            self.logs[vote.pk] = Log(vote)
        ballot = _made(self.logs[vote.pk], handed, at)
        self.fresh.append((handed, ballot))
        self._note(ballot)
        if co_owners is not None and named is not None:
            co_owners.named = named
            self.voters.append(named)
        return ballot

    def keep(self) -> None:
        """Write everything that was put in."""
        keep(self.logs.values())
        Voter.objects.bulk_create(self.voters)
        for _, ballot in self.fresh:
            ballot.entry = ballot.entry  # which has its key by now
        keys = dict(_BALLOTS.put(_row_of(ballot) for _, ballot in self.fresh)) if self.fresh else {}
        for _, ballot in self.fresh:
            ballot.pk, ballot._state.adding, ballot._state.db = keys[ballot.entry.pk], False, "default"


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


def must_have_mandate(unit: Unit) -> None:
    """A ballot by an agent needs the owner's written proxy on record.

    Raises:
        RefusedError: there is none.
    """
    if not unit.mandates.exists():
        raise RefusedError(
            "受托人代投要先登记书面委托：请在“入户和代投登记”里找到这一户，点“登记委托”，拍下委托书，再收这张票。"
        )


def must_be_whole(vote: Vote, unit: Unit, answers: Mapping[int, Answer]) -> None:
    """A ballot is of a unit on the roll and answers every matter.

    Raises:
        RefusedError: it is not, or does not.
    """
    if unit.vote_id != vote.pk:
        raise RefusedError("名册上没有这一票，不能投票。请到社区核对名册。")
    if not unit.votable:
        raise RefusedError(unit.why_nobody_votes())
    if set(answers) != {number for number, _ in frozen(vote).matters}:
        raise RefusedError("每个事项都要有意见：同意、反对或弃权。")


def plain(row: Ballot, unit: str) -> rules.Ballot:
    """A row as core reads it."""
    answers = {int(number): Answer(said) for number, said in row.answers.items()}
    came = moment(row.received_at) if row.vote.form > 1 else ""
    return rules.Ballot(row.entry.seq, unit, Channel(row.channel), answers, row.by_proxy, came)


def _made(log: Log, handed: Handed, at: datetime) -> Ballot:
    """A ballot with its entry in the log; neither is kept yet."""
    vote, unit, given, by = log.vote, handed.unit, handed.given, handed.by
    came = given.received_at or at
    told = rules.Ballot(
        vote.size, unit.name, given.channel, given.answers, given.by_proxy, moment(came) if vote.form > 1 else ""
    )
    line = ballot_line(
        told, Count(unit.heads, unit.area), number=f"B{vote.size:06d}", at=at, nonce=secrets.token_hex(16)
    )
    return Ballot(
        vote=vote, unit=unit, entry=log.add(line, at), key=handed.key, channel=given.channel.value,
        answers=stored(given.answers), by_proxy=given.by_proxy, at=at, received_at=came,
        entered_by=by if isinstance(by, User) else None, account=by if isinstance(by, Account) else None,
        checked_by=given.checked_by, signed_by=given.signed_by,
    )  # fmt: skip

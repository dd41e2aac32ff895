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
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.log import append
from gongdi.apps.voting.models import Ballot, PaperEntry, Unit, Vote
from gongdi.apps.voting.services import ballot_rule, locked
from gongdi.core.voting import ballots as rules
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import ballot_line

State = Vote.State
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Given:
    """What a ballot says and how it came. `answers` by matter number; `checked_by` for paper typed in twice."""

    answers: Mapping[int, Answer]
    channel: Channel
    by_proxy: bool = False
    checked_by: User | None = None


def _stored(answers: Mapping[int, Answer]) -> dict[str, str]:
    return {str(number): answers[number].value for number in sorted(answers)}


@transaction.atomic
def cast_ballot(*, vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, now: datetime) -> Ballot:
    """Take a ballot in (投票). A repetition under the same key gives the ballot that was taken in before.

    Raises:
        RefusedError: outside the window, not on the roll, a matter without answer, changed where that is barred.
    """
    current = locked(vote)
    earlier = current.ballots.filter(key=key).select_related("entry").first()
    if earlier is not None:
        if earlier.unit_id == unit.pk and earlier.answers == _stored(given.answers):
            return earlier
        raise RefusedError("这一页已经用来投过另一张票。请回到首页重新进入后再投。")
    _must_be_open(current, now)
    _must_be_whole(current, unit, given, key)
    standing = current.ballots.filter(unit=unit).select_related("entry")
    fault = rules.refusal_of(ballot_rule(current), [_plain(row, unit.name) for row in standing], given.channel)
    if fault:
        raise RefusedError(fault)
    ballot = _take_in(current, unit, given, key, by, now)
    after = {"vote": current.code, "seq": ballot.entry.seq, "channel": given.channel.value, "by_proxy": given.by_proxy}
    record("voting.cast_ballot", by=by, on=ballot, after=after, place=current.compound.place, at=now)
    return ballot


def _must_be_open(vote: Vote, now: datetime) -> None:
    if vote.state != State.OPEN:
        raise RefusedError(f"这次表决{vote.get_state_display()}，不能投票。")
    if not vote.since <= now <= vote.until:
        raise RefusedError("现在不在投票时间内。投票的起止时间见公告。")


def _must_be_whole(vote: Vote, unit: Unit, given: Given, key: str) -> None:
    if unit.vote_id != vote.pk or not unit.votable:
        raise RefusedError("名册上没有这一票，不能投票。请到社区核对名册。")
    if set(given.answers) != set(vote.matters.values_list("number", flat=True)):
        raise RefusedError("每个事项都要有意见：同意、反对或弃权。")
    if not 8 <= len(key) <= LONGEST_KEY:
        raise RefusedError("请求编号不对。请刷新页面后重新提交。")


def _plain(row: Ballot, unit: str) -> rules.Ballot:
    answers = {int(number): Answer(said) for number, said in row.answers.items()}
    return rules.Ballot(row.entry.seq, unit, Channel(row.channel), answers, row.by_proxy)


def _take_in(vote: Vote, unit: Unit, given: Given, key: str, by: User | Account, now: datetime) -> Ballot:
    # Requests that waited for the lock come in the order of the log, so the log's moments never go back.
    at = max(now, vote.last_at or now)
    told = rules.Ballot(vote.size, unit.name, given.channel, given.answers, given.by_proxy)
    number = f"B{vote.size:06d}"
    weight = Count(unit.heads, unit.area)
    line = ballot_line(told, weight, number=number, at=at, nonce=secrets.token_hex(16))
    staff = by if isinstance(by, User) else None
    return Ballot.objects.create(
        vote=vote, unit=unit, entry=append(vote, line, at), key=key, channel=given.channel.value,
        answers=_stored(given.answers), by_proxy=given.by_proxy, at=at, entered_by=staff,
        account=by if isinstance(by, Account) else None, checked_by=given.checked_by,
    )  # fmt: skip


@transaction.atomic
def enter_paper(*, vote: Vote, unit: Unit, answers: Mapping[int, Answer], by_proxy: bool, by: User, now: datetime) -> (
    PaperEntry
):  # fmt: skip
    """Type a paper ballot in for the first time (录入纸质选票). It counts once another person has typed the same.

    Raises:
        RefusedError: outside the window, not on the roll, or the same unit's paper waits already.
    """
    current = locked(vote)
    _must_be_open(current, now)
    _must_be_whole(current, unit, Given(answers, Channel.PAPER), "x" * 8)
    if current.papers.filter(unit=unit).exclude(state=PaperEntry.State.CAST).exists():
        raise RefusedError("这张选票已有人录入，正等复核。请由另一人复核。")
    paper = PaperEntry.objects.create(
        vote=current, unit=unit, first_answers=_stored(answers), first_by=by, first_at=now, by_proxy=by_proxy
    )
    record("voting.enter_paper", by=by, on=paper, after={"unit": unit.name}, place=current.compound.place, at=now)
    return paper


@transaction.atomic
def check_paper(*, paper: PaperEntry, answers: Mapping[int, Answer], by: User, now: datetime) -> PaperEntry:
    """Type a paper ballot in for the second time (复核纸质选票): the same casts it, another leaves it for a third look.

    A third look is typed by whoever has not typed the second; it must agree with the first or the second.

    Raises:
        RefusedError: the same person typed it before, or it is cast.
    """
    locked(paper.vote)
    row = PaperEntry.objects.select_for_update(of=("self",)).select_related("vote", "unit").get(pk=paper.pk)
    if row.state == PaperEntry.State.CAST:
        raise RefusedError("这张选票已计入。请刷新列表。")
    if by.pk in (row.first_by_id, row.second_by_id):
        raise RefusedError("须由另一人录入：同一人不能录两遍。")
    said = _stored(answers)
    if said == row.first_answers or (row.second_answers is not None and said == row.second_answers):
        agreed = row.first_by if said == row.first_answers else row.second_by
        given = Given(answers, Channel.PAPER, row.by_proxy, agreed)
        row.ballot = cast_ballot(vote=row.vote, unit=row.unit, given=given, key=f"paper-{row.pk:08d}", by=by, now=now)
        row.state = PaperEntry.State.CAST
    else:
        row.state = PaperEntry.State.DIFFERENT
    if row.second_by_id is None:
        row.second_answers, row.second_by = said, by
    row.save(update_fields=["ballot", "state", "second_answers", "second_by"])
    after = {"unit": row.unit.name, "state": row.get_state_display()}
    record("voting.check_paper", by=by, on=row, after=after, place=row.vote.compound.place, at=now)
    return row

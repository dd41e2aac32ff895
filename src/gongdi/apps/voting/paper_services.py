"""Paper ballots: handed in with day and time, typed in by two people, cast when both say the same, or set aside.

What was handed in while the vote ran may be typed in until the result is published; what counts as the first or the
last ballot of a unit goes by the hand-in and not by the typing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.ballot_services import cast_ballot
from gongdi.apps.voting.box import PAPER_KEY, Given, must_be_typable, must_be_whole, must_have_mandate, stored
from gongdi.apps.voting.models import PaperEntry, Unit, Vote
from gongdi.apps.voting.services import locked, open_papers
from gongdi.core.voting.ballots import Answer, Channel

State = PaperEntry.State


@dataclass(frozen=True, slots=True)
class Typed:
    """What one person reads on a paper ballot."""

    answers: Mapping[int, Answer]
    by_proxy: bool = False
    signed_by: Owner | None = None

    def record(self) -> dict[str, object]:
        """As it is kept and compared: all of it, or the second look would be no look."""
        signer = None if self.signed_by is None else self.signed_by.pk
        return {"answers": stored(self.answers), "by_proxy": self.by_proxy, "signed_by": signer}


@transaction.atomic
def receive_paper(*, vote: Vote, unit: Unit, received_at: datetime, by: User, now: datetime) -> PaperEntry:
    """Register that a paper ballot was handed in (登记交回) at a moment, so that it can be typed in later.

    Raises:
        RefusedError: the vote does not run, the moment lies outside its window or to come, a paper of the unit waits.
    """
    current = locked(vote)
    paper = _received(current, unit, received_at, by, now)
    after = {"vote": current.code, "received_at": received_at.isoformat()}
    record("voting.receive_paper", by=by, on=paper, after=after, place=current.compound.place, at=now)
    return paper


def _received(vote: Vote, unit: Unit, received_at: datetime, by: User, now: datetime) -> PaperEntry:
    if vote.state != Vote.State.OPEN:
        raise RefusedError(f"这次表决{vote.get_state_display()}，不能再登记交回的选票。")
    if unit.vote_id != vote.pk:
        raise RefusedError("名册上没有这一票。请核对选票上的名册序号。")
    if not unit.votable:
        raise RefusedError(unit.why_nobody_votes())
    if received_at > now:
        raise RefusedError("交回时间不能晚于现在。")
    if not vote.since <= received_at <= vote.until:
        raise RefusedError("交回时间不在投票时间内，这张选票不能计入。")
    if open_papers(vote).filter(unit=unit).exists():
        raise RefusedError("这一票已有一张选票在等录入或复核。请先把那一张录完。")
    return PaperEntry.objects.create(vote=vote, unit=unit, received_at=received_at, registered_at=now, registered_by=by)


@transaction.atomic
def enter_paper(
    *, vote: Vote, unit: Unit, typed: Typed, by: User, now: datetime, received_at: datetime | None = None
) -> PaperEntry:
    """Type a paper ballot in for the first time (录入纸质选票). It counts once another person has typed the same.

    A paper not registered before is registered with it, as handed in at `received_at`, or now.

    Raises:
        RefusedError: outside the time for it, not on the roll, by an agent without proxy on record, or the unit's paper
            waits for the second typing already.
    """
    current = locked(vote)
    must_be_typable(current)
    must_be_whole(current, unit, typed.answers)
    if typed.by_proxy:
        must_have_mandate(unit)
    paper = open_papers(current).filter(unit=unit).select_for_update(of=("self",)).first()
    if paper is None:
        paper = _received(current, unit, received_at or now, by, now)
    elif paper.state != State.RECEIVED:
        waits = "有人提出作废" if paper.state == State.DOUBTED else "有人录入"
        raise RefusedError(f"这张选票已{waits}，正等复核。请由另一人复核。")
    paper.state, paper.first, paper.first_by, paper.first_at = State.FIRST, typed.record(), by, now
    paper.save(update_fields=["state", "first", "first_by", "first_at"])
    record("voting.enter_paper", by=by, on=paper, after={"vote": current.code}, place=current.compound.place, at=now)
    return paper


def _fresh(paper: PaperEntry, *states: str) -> PaperEntry:
    """A paper, locked after its vote, in one of some states."""
    locked(paper.vote)
    row = PaperEntry.objects.select_for_update(of=("self",)).select_related("vote__compound", "unit").get(pk=paper.pk)
    if row.state not in states:
        raise RefusedError(f"这张选票{row.get_state_display()}，不能办理这一步。请刷新列表。")
    return row


@transaction.atomic
def check_paper(*, paper: PaperEntry, typed: Typed, by: User, now: datetime) -> PaperEntry:
    """Type a paper ballot in for the second time (复核纸质选票): the same casts it, another leaves it for a third look.

    A third look is typed by whoever has typed neither; it must agree with the first or the second in everything.

    Raises:
        RefusedError: the same person typed it before, or it is cast or set aside.
    """
    row = _fresh(paper, State.FIRST, State.DIFFERENT)
    if by.pk in (row.first_by_id, row.second_by_id):
        raise RefusedError("须由另一人录入：同一人不能录两遍。")
    said = typed.record()
    if said == row.first or (row.second is not None and said == row.second):
        agreed = row.first_by if said == row.first else row.second_by
        given = Given(typed.answers, Channel.PAPER, typed.by_proxy, agreed, row.received_at, typed.signed_by)
        row.ballot = cast_ballot(
            vote=row.vote, unit=row.unit, given=given, key=f"{PAPER_KEY}{row.pk:08d}", by=by, now=now
        )
        row.state = State.CAST
    else:
        row.state = State.DIFFERENT
    if row.second_by_id is None:
        row.second, row.second_by = said, by
    row.save(update_fields=["ballot", "state", "second", "second_by"])
    after = {"vote": row.vote.code, "state": row.get_state_display()}
    record("voting.check_paper", by=by, on=row, after=after, place=row.vote.compound.place, at=now)
    return row


@transaction.atomic
def discard_paper(*, paper: PaperEntry, why: str, anew: bool, by: User, now: datetime) -> PaperEntry:
    """Set a paper entry aside with the reason (作废录入). With `anew` the paper is good: it waits again, untyped.

    Without, an owner's vote is lost by it: it is only doubted, and another person sets it aside (`confirm_discard`).

    Raises:
        RefusedError: it is cast, doubted or set aside already, or the result is published.
    """
    row = _fresh(paper, State.RECEIVED, State.FIRST, State.DIFFERENT)
    must_be_typable(row.vote)
    row.why_discarded, row.typed_anew = why, anew
    if anew:
        row.state, row.discarded_at, row.discarded_by = State.DISCARDED, now, by
    else:
        row.state, row.doubted_at, row.doubted_by = State.DOUBTED, now, by
    row.save(
        update_fields=["state", "discarded_at", "discarded_by", "doubted_at", "doubted_by", "why_discarded",
                       "typed_anew"]
    )  # fmt: skip
    if anew:
        PaperEntry.objects.create(
            vote=row.vote, unit=row.unit, received_at=row.received_at, registered_at=row.registered_at,
            registered_by=row.registered_by,
        )  # fmt: skip
    after = {"vote": row.vote.code, "anew": anew, "state": row.get_state_display()}
    record("voting.discard_paper", by=by, on=row, after=after, why=why, place=row.vote.compound.place, at=now)
    return row


@transaction.atomic
def confirm_discard(*, paper: PaperEntry, by: User, now: datetime) -> PaperEntry:
    """Set a doubted paper ballot aside for good (复核作废), as the second person.

    Raises:
        RefusedError: nobody doubts it, the same person does, or the result is published.
    """
    row = _fresh(paper, State.DOUBTED)
    must_be_typable(row.vote)
    if by.pk == row.doubted_by_id:
        raise RefusedError("须由另一人复核：提出作废的人不能自己确认。")
    row.state, row.discarded_at, row.discarded_by = State.DISCARDED, now, by
    row.save(update_fields=["state", "discarded_at", "discarded_by"])
    record("voting.confirm_discard", by=by, on=row, after={"vote": row.vote.code}, why=row.why_discarded,
           place=row.vote.compound.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def refuse_discard(*, paper: PaperEntry, by: User, now: datetime) -> PaperEntry:
    """Find a doubted paper ballot good after all (不同意作废): it waits again as it stood.

    Raises:
        RefusedError: nobody doubts it, or the result is published.
    """
    row = _fresh(paper, State.DOUBTED)
    must_be_typable(row.vote)
    before, row.why_discarded = row.why_discarded, ""
    row.state = State.DIFFERENT if row.second_by_id else State.FIRST if row.first_by_id else State.RECEIVED
    row.doubted_at = row.doubted_by = None
    row.save(update_fields=["state", "why_discarded", "doubted_at", "doubted_by"])
    after = {"vote": row.vote.code, "state": row.get_state_display()}
    record("voting.refuse_discard", by=by, on=row, after=after, why=before, place=row.vote.compound.place, at=now)
    return row

"""After publishing: objections with their answers, and what is done with a final result.

宁波市江北区三年行动方案 四(二)3 (E-05): the owners' committee or the residents' group confirms the scheme that owners
voted for and submits it to the street.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.notices.queries import hindrances_for
from gongdi.apps.notices.services import hold_notices_about
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.models import Objection, ResultStep, Vote
from gongdi.apps.voting.services import locked
from gongdi.web import clock

Kind = ResultStep.Kind
WORDS = {Kind.CONFIRMED: "确认", Kind.SUBMITTED: "提交街道", Kind.RECEIVED: "街道收件"}


@transaction.atomic
def raise_objection(
    *, vote: Vote, who: str, text: str, today: date, by: User | Account, now: datetime, received_on: date | None = None
) -> Objection:  # fmt: skip
    """Object to a published result (提出异议), an owner by phone or staff for somebody who came or wrote.

    What staff write down counts by the day on which it was received, not by that of writing.

    Raises:
        RefusedError: the result is not published, its publication was over, the day lies ahead or before the close, or
            the same number sent the same before.
    """
    current = locked(vote, Vote.State.OBJECTIONS)
    staff, account = (by, None) if isinstance(by, User) else (None, by)
    day = received_on if staff is not None and received_on is not None else today
    _must_be_in_time(current, day, today)
    if account is not None and current.objections.filter(account=account, text=text).exists():
        raise RefusedError("这条异议已经收到，答复会显示在这里。")
    row = Objection.objects.create(
        vote=current, number=current.objections.count() + 1, who=who, text=text, raised_at=now, recorded_by=staff,
        account=account, received_on=day,
    )  # fmt: skip
    after = {"vote": current.code, "number": row.number}
    record("voting.raise_objection", by=by, on=row, after=after, place=current.compound.place, at=now)
    return row


def _must_be_in_time(vote: Vote, day: date, today: date) -> None:
    if day > today:
        raise RefusedError("收到日期不能晚于今天。")
    if vote.closed_at is not None and day < clock.local_date(vote.closed_at):
        raise RefusedError("收到日期早于表决截止，那时还没有结果。请核对。")
    if vote.objections_until is None or day > vote.objections_until:
        raise RefusedError(f"公示到 {vote.objections_until} 为止，已过提出异议的时间。")


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, by: User, now: datetime) -> Objection:
    """Answer an objection (答复异议), once.

    Raises:
        RefusedError: it is answered, or the result is final or void.
    """
    current = locked(objection.vote, Vote.State.OBJECTIONS)
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if row.answered_at is not None:
        raise RefusedError("这条异议已经答复。")
    row.answer, row.answered_by, row.answered_at = answer, by, now
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    after = {"vote": current.code, "number": row.number}
    record("voting.answer_objection", by=by, on=row, after=after, place=current.compound.place, at=now)
    return row


def _must_stand(vote: Vote, now: datetime) -> None:
    """Nothing may be confirmed or submitted while an objection to a notice of it waits: one handed in while the notice
    was on show may be typed in after the result is final."""
    hold_notices_about(Vote._meta.label_lower, [vote.pk])
    found = hindrances_for(Vote._meta.label_lower, [vote.pk], clock.local_date(now), must_end=False)
    if found:
        raise RefusedError("".join(map(str, found)))


def _step(vote: Vote, kind: Kind, before: Kind | None, body: str, note: str, by: User, now: datetime) -> ResultStep:
    current = locked(vote, Vote.State.FINAL)
    done = set(current.steps.values_list("kind", flat=True))
    if kind.value in done:
        raise RefusedError(f"已经{WORDS[kind]}过。")
    if before is not None and before.value not in done:
        raise RefusedError(f"要先{WORDS[before]}。")
    if kind is not Kind.RECEIVED:
        _must_stand(current, now)
    return ResultStep.objects.create(vote=current, kind=kind.value, body=body, note=note, by=by, at=now)


@transaction.atomic
def confirm_result(*, vote: Vote, body: str, note: str, by: User, now: datetime) -> ResultStep:
    """The owners' committee or the residents' group confirms a final result (确认结果).

    Raises:
        RefusedError: the result is not final, or confirmed already, or an objection to a notice of it waits.
    """
    row = _step(vote, Kind.CONFIRMED, None, body, note, by, now)
    record("voting.confirm_result", by=by, on=row, after={"body": body}, place=row.vote.compound.place, at=now)
    return row


@transaction.atomic
def submit_result(*, vote: Vote, body: str, note: str, by: User, now: datetime) -> ResultStep:
    """Submit a confirmed result to the street (提交街道).

    Raises:
        RefusedError: it is not confirmed, or submitted already, or an objection to a notice of it waits.
    """
    row = _step(vote, Kind.SUBMITTED, Kind.CONFIRMED, body, note, by, now)
    record("voting.submit_result", by=by, on=row, after={"body": body}, place=row.vote.compound.place, at=now)
    return row


@transaction.atomic
def receive_result(*, vote: Vote, body: str, note: str, by: User, now: datetime) -> ResultStep:
    """The street takes a submitted result in (街道收件), under a number of its own.

    Raises:
        RefusedError: it is not submitted, or received already.
    """
    row = _step(vote, Kind.RECEIVED, Kind.SUBMITTED, body, note, by, now)
    record("voting.receive_result", by=by, on=row, after={"body": body, "number": note},
           place=row.vote.compound.place, at=now)  # fmt: skip
    return row

"""Writes about objections: each one verb, one transaction, one audit event. No event holds what anybody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.notices.models import IN_FORCE, Notice, Objection
from gongdi.apps.notices.services import locked
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.core.notices.finishing import Outcome
from gongdi.core.notices.period import in_time
from gongdi.web import clock, sealing

State, Kind = Notice.State, Objection.Kind
MOST_OF_ONE = 20
"""Objections and questions of one account about one notice."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says about a notice: an objection or a question."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Who came to the office: how, the name (kept masked), the home, and on which day."""

    channel: str
    name: str
    room: str
    received_on: date


def _refuse_late(notice: Notice, received_on: date) -> None:
    assert notice.published_at is not None
    assert notice.ends_on is not None
    if not in_time(received_on, clock.local_date(notice.published_at), notice.ends_on):
        raise RefusedError(f"异议应在公示期内提出，这份公示到 {notice.ends_on} 为止。仍可作为询问提出，社区会答复。")


def _version_on(notice: Notice, day: date) -> Notice:
    """The version that was on show on a day: the latest published by then; this one where none was."""
    rows = Notice.objects.select_for_update(of=("self",)).filter(series=notice.series, version__lt=notice.version)
    rows = rows.filter(published_at__isnull=False).exclude(state=State.WITHDRAWN).order_by("-version")
    assert notice.published_at is not None
    if day >= clock.local_date(notice.published_at):
        return notice
    found = (row for row in rows if row.published_at and clock.local_date(row.published_at) <= day)
    return next(found, notice)


def _number(notice: Notice) -> int:
    """The next number; the notice is locked."""
    return notice.objections.count() + 1


@transaction.atomic
def raise_objection(*, notice: Notice, said: Said, by: Account, now: datetime) -> Objection:
    """Object or ask about a notice from one's phone (提出异议).

    Raises:
        RefusedError: the period is over, it was sent already, or there are too many.
    """
    current = locked(notice, *IN_FORCE)
    today = clock.local_date(now)
    if said.kind == Kind.OBJECTION:
        _refuse_late(current, today)
    own = current.objections.filter(account=by)
    same = own.filter(kind=said.kind, text=said.text).first()
    if same is not None:
        raise RefusedError(f"这条已经收到，编号 {same.number}，请在“我的意见”查看进度。")
    if own.count() >= MOST_OF_ONE:
        raise RefusedError(f"同一份公示最多提 {MOST_OF_ONE} 条。更多的请到社区居委会提出。")
    row = Objection.objects.create(
        notice=current, number=_number(current), kind=said.kind, channel=Objection.Channel.PHONE, account=by,
        text=said.text, received_on=today, entered_at=now,
    )  # fmt: skip
    after = {"number": row.number, "kind": row.get_kind_display()}
    record("notices.raise_objection", by=by, on=row, after=after, place=current.place, at=now)
    return row


@transaction.atomic
def enter_objection(*, notice: Notice, said: Said, teller: Teller, by: User, now: datetime) -> Objection:
    """Enter an objection or question that came on paper, by telephone or in person (录入异议).

    The day on which it was received counts: one received while an earlier version was on show is kept with that
    version, and stands against the corrected one until it is answered. One received in time but entered after the
    notice became final takes the notice back to 公示期满 until it is answered.

    One about a notice that was withdrawn since is taken down too: it was received while that was on show, and is
    answered there like those that came before.

    Raises:
        RefusedError: it was received outside the period, or the day lies ahead; the notice never was on show.
    """
    current = locked(notice, *IN_FORCE, State.WITHDRAWN)
    if current.published_at is None:
        raise RefusedError("这份公示没有发布过就撤回了，没有人看到，不能录入异议。")
    if teller.received_on > clock.local_date(now):
        raise RefusedError("收到日期不能晚于今天。")
    meant = _version_on(current, teller.received_on)
    if said.kind == Kind.OBJECTION:
        _refuse_late(meant, teller.received_on)
    row = Objection.objects.create(
        notice=meant, number=_number(meant), kind=said.kind, channel=teller.channel, text=said.text,
        said_by=sealing.masked_name(teller.name), room=teller.room[:60], received_on=teller.received_on,
        entered_at=now, entered_by=by,
    )  # fmt: skip
    if said.kind == Kind.OBJECTION and current.state == State.FINAL:
        current.state, current.final_at = State.ENDED, None
        current.save(update_fields=["state", "final_at"])
    after = {"number": row.number, "kind": row.get_kind_display(), "received_on": str(teller.received_on),
             "version": meant.version, "notice": current.get_state_display()}  # fmt: skip
    record("notices.enter_objection", by=by, on=row, after=after, place=current.place, at=now)
    return row


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: what came of it ("" for a question), the text, what the public may read, how the asker was told."""

    outcome: str
    text: str
    summary: str
    told_how: str


@transaction.atomic
def answer_objection(*, objection: Objection, answer: Answer, by: User, now: datetime) -> Objection:
    """Answer an objection or question (答复异议); who raised it by phone sees it on their page.

    Raises:
        RefusedError: it is answered; an objection lacks its outcome; who came in person was not told.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=objection.notice_id)
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if row.answered_at is not None:
        raise RefusedError("这条已经答复。请刷新页面。")
    if (row.kind == Kind.OBJECTION) != (answer.outcome in set(Outcome)):
        raise RefusedError("异议须选处理结果；询问只填答复。")
    if row.account_id is None and not answer.told_how.strip():
        raise RefusedError("请写明怎样告知提出人，如：3月2日电话告知。")
    row.outcome, row.answer, row.summary, row.told_how = answer.outcome, answer.text, answer.summary, answer.told_how
    row.answered_at, row.answered_by = now, by
    row.save(update_fields=["outcome", "answer", "summary", "told_how", "answered_at", "answered_by"])
    after = {"number": row.number, "outcome": row.get_outcome_display()}
    record("notices.answer_objection", by=by, on=row, after=after, place=notice.place, at=now)
    return row

"""Writes about issues on site: each one verb, one transaction, one audit event. The table of gates decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.deliberation.models import REPORT, Issue, IssueStep
from gongdi.apps.dwellings.models import Building
from gongdi.apps.files.preparing import ReadyFile
from gongdi.apps.files.services import AttachedTo, keep_attachment
from gongdi.apps.organisations.models import Body
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.apps.workdays.known import due_after
from gongdi.core.issues.gates import Refusal, State, Step, Told, Who, go
from gongdi.web import clock

By = User | Account
MOST_OPEN_OF_ONE = 30
"""Issues of one resident's account that are reported and not yet assigned."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody reports: what, on which kind of spot, in which building, where exactly."""

    text: str
    spot: str
    building: Building | None
    where: str


def _step(issue: Issue, step: str, by: By, now: datetime, note: str = "", photos: Sequence[ReadyFile] = ()) -> None:
    row = IssueStep.objects.create(issue=issue, step=step, at=now, note=note[:1000], **IssueStep.columns(by))
    to = AttachedTo(row._meta.label_lower, row.pk, str(issue), issue.place, issue.compound_id)
    for photo in photos:
        # A resident's file is kept without a member of staff beside it; the step says whose it is.
        keep_attachment(file=photo, to=to, by=by if isinstance(by, User) else None, now=now, note=row.words)


def _go(issue: Issue, step: Step, who: Collection[Who], told: Told) -> Issue:
    """The issue, locked and fresh, in the state to which the step leads."""
    row = Issue.objects.select_for_update(of=("self",)).select_related("compound").get(pk=issue.pk)
    found = go(step, State(row.state), who, told)
    if isinstance(found, Refusal):
        raise RefusedError(found.why)
    row.state = found.value
    return row


@transaction.atomic
def report_issue(
    *, compound: Compound, reported: Reported, photos: Sequence[ReadyFile], by: By, now: datetime
) -> Issue:
    """Report an issue with photos (反映现场问题).

    Raises:
        RefusedError: the same was sent already, or too many of one resident wait.
    """
    home = Compound.objects.select_for_update(of=("self",)).get(pk=compound.pk)
    if isinstance(by, Account):
        waiting = Issue.objects.filter(account=by, state=State.REPORTED.value)
        if waiting.filter(compound=home, text=reported.text, where=reported.where).exists():
            raise RefusedError("这个问题已经收到，请在“我反映的问题”查看进度。")
        if waiting.count() >= MOST_OPEN_OF_ONE:
            raise RefusedError(f"已有 {MOST_OPEN_OF_ONE} 个问题等待处理。请等社区处理后再报，急事请打电话。")
    row = Issue.objects.create(
        compound=home, place=home.place, number=Issue.objects.filter(compound=home).count() + 1, text=reported.text,
        spot=reported.spot, building=reported.building, where=reported.where, at=now, **Issue.columns(by),
    )  # fmt: skip
    _step(row, REPORT, by, now, "", photos)
    after = {"number": row.number, "spot": row.get_spot_display(), "photos": len(photos)}
    record("deliberation.report_issue", by=by, on=row, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def assign_issue(
    *, issue: Issue, body: Body | None, working_days: int, who: Collection[Who], by: User, now: datetime
) -> Issue:
    """Assign an issue to a body, due so many working days from today (分派现场问题).

    Raises:
        RefusedError: nobody is named, a year's holidays are not known, or the state does not allow it.
    """
    due = due_after(clock.local_date(now), working_days)
    usable = body is not None and body.until is None
    row = _go(issue, Step.ASSIGN, who, Told(has_body=usable, due_known=due is not None))
    row.body, row.working_days, row.due_on = body, working_days, due
    row.save(update_fields=["state", "body", "working_days", "due_on"])
    assert body is not None
    assert due is not None
    _step(row, Step.ASSIGN, by, now, f"{body.name}，{due.year}年{due.month}月{due.day}日前")
    after = {"body": body.name, "due_on": str(due)}
    record("deliberation.assign_issue", by=by, on=row, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def handle_issue(
    *, issue: Issue, done: str, photos: Sequence[ReadyFile], who: Collection[Who], by: User, now: datetime
) -> Issue:
    """Say what was done about an issue, with a photo (登记处理)."""
    row = _go(issue, Step.HANDLE, who, Told(words=bool(done.strip()), photos=len(photos)))
    row.handled_by, row.handled_at = by, now
    row.save(update_fields=["state", "handled_by", "handled_at"])
    _step(row, Step.HANDLE, by, now, done, photos)
    record("deliberation.handle_issue", by=by, on=row, after={"photos": len(photos)}, place=row.place, at=now)
    return row


@transaction.atomic
def close_issue(*, issue: Issue, note: str, who: Collection[Who], by: By, now: datetime) -> Issue:
    """Close an issue after looking at it (核实销号): anybody but its handler, or the resident who reported it.

    Of the body that was to settle it nobody closes it, though they reported it themselves.
    """
    fresh = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    handler = isinstance(by, User) and (fresh.handled_by_id == by.pk or only_handles(who))
    row = _go(issue, Step.CLOSE, who, Told(words=bool(note.strip()), is_handler=handler))
    row.closed_at = now
    row.save(update_fields=["state", "closed_at"])
    _step(row, Step.CLOSE, by, now, note)
    record("deliberation.close_issue", by=by, on=row, after={"state": "已销号"}, place=row.place, at=now)
    return row


@transaction.atomic
def reopen_issue(*, issue: Issue, why: str, who: Collection[Who], by: By, now: datetime) -> Issue:
    """Reopen an issue, with the reason (重新打开)."""
    row = _go(issue, Step.REOPEN, who, Told(words=bool(why.strip())))
    row.closed_at, row.reopened = None, row.reopened + 1
    row.save(update_fields=["state", "closed_at", "reopened"])
    _step(row, Step.REOPEN, by, now, why)
    record("deliberation.reopen_issue", by=by, on=row, after={"times": row.reopened}, place=row.place, at=now)
    return row


@transaction.atomic
def escalate_issue(*, issue: Issue, note: str, who: Collection[Who], by: User, now: datetime) -> Issue:
    """Take an overdue issue to the county (报区县)."""
    fresh = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    row = _go(issue, Step.ESCALATE, who, Told(overdue=is_overdue(fresh, clock.local_date(now))))
    row.save(update_fields=["state"])
    _step(row, Step.ESCALATE, by, now, note)
    after = {"due_on": str(row.due_on)}
    record("deliberation.escalate_issue", by=by, on=row, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def dismiss_issue(*, issue: Issue, why: str, who: Collection[Who], by: User, now: datetime) -> Issue:
    """Say that an issue is none or belongs elsewhere, with the reason (不受理); the reporter may reopen it."""
    row = _go(issue, Step.DISMISS, who, Told(words=bool(why.strip())))
    row.save(update_fields=["state"])
    _step(row, Step.DISMISS, by, now, why)
    record("deliberation.dismiss_issue", by=by, on=row, after={"state": "不受理"}, place=row.place, at=now)
    return row


def only_handles(who: Collection[Who]) -> bool:
    """Whether somebody acts for the body that settles an issue, and not for those who keep the log."""
    return Who.HANDLER in who and not {Who.KEEPER, Who.COUNTY} & set(who)


def is_overdue(issue: Issue, today: date) -> bool:
    """Whether an issue should have been settled by now."""
    return issue.due_on is not None and issue.due_on < today

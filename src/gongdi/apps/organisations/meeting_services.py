"""Writes about meetings and what they decided: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.organisations.models import Body, FollowUp, FollowUpNote, Meeting
from gongdi.apps.places.services import RefusedError
from gongdi.apps.workdays.known import calendar
from gongdi.core.workdays import UnknownYear
from gongdi.web import clock


@transaction.atomic
def record_meeting(*, columns: dict[str, Any], bodies: Sequence[Body], by: User | None, now: datetime) -> Meeting:
    """Keep a meeting or a training session with its minutes (登记会议)."""
    if columns["held_on"] > clock.local_date(now):
        raise RefusedError("会议日期不能晚于今天。会后再登记。")
    meeting = Meeting.objects.create(kept_at=now, kept_by=by, **columns)
    meeting.bodies.set(bodies)
    after = {
        "kind": meeting.get_kind_display(), "title": meeting.title, "held_on": str(meeting.held_on),
        "bodies": [each.name for each in bodies],
    }  # fmt: skip
    record("organisations.record_meeting", by=by, on=meeting, after=after, place=meeting.place, at=now)
    return meeting


@transaction.atomic
def add_follow_up(
    *,
    meeting: Meeting,
    decision: str,
    body: Body | None,
    person: User | None,
    working_days: int,
    by: User | None,
    now: datetime,
) -> FollowUp:
    """Keep what a meeting decided that a body or person is to do (交办督办), due so many working days after it.

    Raises:
        RefusedError: nobody answers for it, or a year's holidays are not known, so that the day cannot be told.
    """
    if body is None and person is None:
        raise RefusedError("请指定责任机构或责任人。")
    if body is not None and body.until is not None:
        raise RefusedError(f"“{body}”已撤销，不能承办。请指定现有机构。")
    due = calendar().after(meeting.held_on, working_days)
    if isinstance(due, UnknownYear):
        raise RefusedError(f"{due.why}录入后再交办，或缩短期限。")
    row = FollowUp.objects.create(
        meeting=meeting, place=meeting.place, compound=meeting.compound, decision=decision[:500], body=body,
        person=person,
        working_days=working_days, due=due,
    )  # fmt: skip
    after = {
        "decision": decision, "body": body.name if body else "", "person": person.masked_name if person else "",
        "due": str(due),
    }  # fmt: skip
    record("organisations.add_follow_up", by=by, on=row, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def note_follow_up(*, follow_up: FollowUp, text: str, by: User, now: datetime) -> FollowUpNote:
    """Tell how a follow-up goes (反馈督办)."""
    row = _open(follow_up)
    note = FollowUpNote.objects.create(follow_up=row, text=text[:1000], at=now, by=by)
    record("organisations.note_follow_up", by=by, on=row, after={"text": text}, place=row.place, at=now)
    return note


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, on: date, proof: str, by: User, now: datetime) -> FollowUp:
    """Close a follow-up with proof (办结督办)."""
    row = _open(follow_up)
    if on > clock.local_date(now) or on < row.meeting.held_on:
        raise RefusedError(f"办结日期应在会议日期 {row.meeting.held_on} 和今天之间。请核对。")
    row.closed_on, row.proof = on, proof[:500]
    row.save(update_fields=["closed_on", "proof"])
    after = {"closed_on": str(on), "proof": proof}
    record("organisations.close_follow_up", by=by, on=row, after=after, place=row.place, at=now)
    return row


def _open(follow_up: FollowUp) -> FollowUp:
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=follow_up.pk)
    if row.closed_on is not None:
        raise RefusedError("这件督办已经办结。请刷新页面。")
    return row

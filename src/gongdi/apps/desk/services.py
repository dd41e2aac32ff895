"""Writes about tasks: each one verb, one transaction, one audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.desk.models import Task, TaskStep
from gongdi.apps.places.services import RefusedError

Kind = TaskStep.Kind


@dataclass(frozen=True, slots=True)
class NewTask:
    """A thing to do: what, why, on which page of this site ("" for none), by when."""

    title: str
    why: str
    url: str
    due_on: date


@transaction.atomic
def make_task(*, new: NewTask, holder: User, place: str, by: User, now: datetime) -> Task:
    """Give somebody a thing to do (交办)."""
    task = Task.objects.create(
        title=new.title[:100], why=new.why[:500], url=new.url[:300], holder=holder, place=place, due_on=new.due_on,
        made_by=by, made_at=now,
    )  # fmt: skip
    _step(task, Kind.MADE, by, now, new.why, holder)
    after = {"holder": holder.pk, "due_on": new.due_on.isoformat(), "url": new.url}
    record("desk.make_task", by=by, on=task, after=after, why=new.why, place=place, at=now)
    return task


@transaction.atomic
def hand_over_task(*, task: Task, to: User, why: str, by: User, now: datetime) -> Task:
    """Pass a task on to somebody else (转交); its deadline stays."""
    row = _open(task)
    if row.holder_id == to.pk:
        raise RefusedError(f"这件事已经由 {to.masked_name} 办理。请另选一人。")
    before = {"holder": row.holder_id}
    row.holder = to
    row.save(update_fields=["holder"])
    _step(row, Kind.HANDED, by, now, why, to)
    record("desk.hand_over_task", by=by, on=row, before=before, after={"holder": to.pk}, why=why, place=row.place,
           at=now)  # fmt: skip
    return row


@transaction.atomic
def move_task(*, task: Task, due_on: date, why: str, by: User, now: datetime) -> Task:
    """Put a task's deadline elsewhere (改期); only who gave it may."""
    row = _open(task)
    if row.made_by_id != by.pk:
        raise RefusedError("期限只能由交办人改。请联系交办人。")
    before = {"due_on": row.due_on.isoformat()}
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    _step(row, Kind.MOVED, by, now, f"改到 {due_on}：{why}")
    record("desk.move_task", by=by, on=row, before=before, after={"due_on": due_on.isoformat()}, why=why,
           place=row.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def urge_task(*, task: Task, by: User, now: datetime) -> Task:
    """Remind the one who has a task (催办)."""
    row = _open(task)
    if row.holder_id == by.pk:
        raise RefusedError("这件事在您自己手里，不用催办。")
    row.reminders += 1
    row.save(update_fields=["reminders"])
    _step(row, Kind.URGED, by, now, "", row.holder)
    record("desk.urge_task", by=by, on=row, after={"reminders": row.reminders}, place=row.place, at=now)
    return row


@transaction.atomic
def finish_task(*, task: Task, note: str, by: User, now: datetime) -> Task:
    """Say that a task is done (办结), and how."""
    row = _open(task)
    if by.pk not in (row.holder_id, row.made_by_id):
        raise RefusedError("只有办理人和交办人可以办结。")
    row.done_at, row.done_note = now, note[:500]
    row.save(update_fields=["done_at", "done_note"])
    _step(row, Kind.DONE, by, now, note)
    record("desk.finish_task", by=by, on=row, after={"note": note}, place=row.place, at=now)
    return row


def _open(task: Task) -> Task:
    row = Task.objects.select_for_update(of=("self",)).select_related("holder", "made_by").get(pk=task.pk)
    if row.done_at is not None:
        raise RefusedError("这件事已经办结。请刷新页面。")
    return row


def _step(task: Task, kind: str, by: User, now: datetime, note: str, to: User | None = None) -> None:
    TaskStep.objects.create(task=task, kind=kind, at=now, by=by, to=to, note=note[:500])

"""Writes of surveyors: answers and photos, each sent once however often it arrives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.files.preparing import ReadyFile
from gongdi.apps.files.services import AttachedTo, keep_attachment
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey.models import AnswerPhoto, Assignment, Campaign, Submission
from gongdi.apps.survey.questions import QUESTIONS
from gongdi.core.survey.answers import Value, changes, combine

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Filled:
    """What a surveyor filled in: the base they saw, the questions answered, those left as they were, remarks."""

    key: UUID
    base: Mapping[str, Value]
    answers: Mapping[str, Value]
    taken_back: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    final: bool = False
    channel: str = Submission.Channel.PAGE

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it, to tell a repeated sending from another one under the same key."""
        told = [self.base, self.answers, sorted(self.taken_back), self.notes, self.final]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _locked(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("campaign", "compound")
        .get(pk=assignment.pk)
    )  # fmt: skip


def _refuse_over(row: Assignment) -> None:
    if row.campaign.state != Campaign.State.OPEN:
        raise RefusedError(f"“{row.campaign}”已结束，不再收填报。需要补报请联系街道经办。")
    if row.state == State.DONE:
        raise RefusedError(f"“{row.compound}”的填报已审核完成。需要更正请到小区页面记录情况。")


@transaction.atomic
def send_answers(*, assignment: Assignment, filled: Filled, by: User, now: datetime) -> Submission:
    """Keep what a surveyor filled in (提交填报), on top of their own earlier answers; the same key twice keeps once."""
    row = _locked(assignment)
    again = Submission.objects.filter(key=filled.key).first()
    if again is not None:
        if (again.assignment_id, again.by_id, again.digest) != (row.pk, by.pk, filled.digest):
            raise RefusedError("同一个编号下已有另一份填报。请刷新页面后重新提交。")
        return again
    _refuse_over(row)
    earlier = row.submissions.filter(by=by, superseded_by=None).first()
    base = {**(earlier.base if earlier else {}), **filled.base}
    answers = changes(base, combine(earlier.answers if earlier else {}, filled.answers, filled.taken_back))
    notes = {**(earlier.notes if earlier else {}), **filled.notes}
    sent = Submission.objects.create(
        assignment=row,
        key=filled.key,
        digest=filled.digest,
        base={key: value for key, value in base.items() if key in answers},
        answers=answers,
        notes={key: note for key, note in notes.items() if note},
        final=filled.final or (earlier is not None and earlier.final and row.state == State.WAITING),
        channel=filled.channel,
        by=by,
        sent_at=now,
        supersedes=earlier,
    )
    before = row.state
    if sent.final:
        row.state = State.WAITING
    elif row.state == State.NOT_STARTED:
        row.state = State.FILLING
    row.changed_at = now
    row.save(update_fields=["state", "changed_at"])
    after = {"answers": len(answers), "final": sent.final, "channel": sent.channel, "state": row.state}
    record("survey.send_answers", by=by, on=row, before={"state": before}, after=after, place=row.place, at=now)
    return sent


@transaction.atomic
def send_photo(
    *, assignment: Assignment, question: str, file: ReadyFile, by: User, now: datetime, device_digest: str = ""
) -> AnswerPhoto:
    """Keep a photo that was taken for a question (上传调查照片); the same photo twice keeps once."""
    row = _locked(assignment)
    if question not in row.campaign.questions:
        raise RefusedError("这张照片对应的调查内容不在本次任务里。请刷新页面后重新添加。")
    again = AnswerPhoto.objects.filter(assignment=row, question=question, by=by, digest=file.digest).first()
    if again is not None:
        return again
    _refuse_over(row)
    compound, title = row.compound, QUESTIONS[question].title
    to = AttachedTo(row._meta.label_lower, row.pk, f"{compound}：{title}", row.place, compound.pk)
    attachment = keep_attachment(file=file, to=to, by=by, now=now, note=row.campaign.title, device_digest=device_digest)
    sent = AnswerPhoto.objects.create(
        assignment=row, question=question, attachment=attachment, digest=file.digest, by=by, sent_at=now
    )
    if row.state == State.NOT_STARTED:
        row.state, row.changed_at = State.FILLING, now
        row.save(update_fields=["state", "changed_at"])
    after = {"question": question, "digest": file.digest}
    record("survey.send_photo", by=by, on=row, after=after, place=row.place, at=now)
    return sent

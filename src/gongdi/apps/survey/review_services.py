"""Writes of reviewers: an assignment is accepted, and becomes facts and findings, or returned with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.inventory.kinds import KINDS
from gongdi.apps.inventory.services import record_finding
from gongdi.apps.places.services import NewFact, RefusedError, record_fact
from gongdi.apps.survey.models import Assignment
from gongdi.apps.survey.questions import Question
from gongdi.apps.survey.reviewing import KNOWN, Review, review_of
from gongdi.core.survey.answers import Value, same
from gongdi.web.clock import local_date

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Written:
    """What the reviewer decided on a question in conflict: a voice's code, or a value of their own."""

    voice: str = ""
    value: Value = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    question: Question
    value: Value
    who: str
    at: datetime
    note: str


def _locked(assignment: Assignment, by: User) -> tuple[Assignment, Review]:
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("campaign", "compound")
        .get(pk=assignment.pk)
    )  # fmt: skip
    if row.state != State.WAITING:
        raise RefusedError(f"“{row.compound}”的填报现为“{row.get_state_display()}”，不在待审核中。请刷新页面。")
    review = review_of(row)
    if any(each.by_id == by.pk for each in review.submissions):
        raise RefusedError("其中有您自己的填报，须由另一位有审核权限的人审核。")
    return row, review


def _outcomes(review: Review, decided: Mapping[str, Written], by: User, now: datetime) -> list[_Outcome]:
    found: list[_Outcome] = []
    for line in review.changed:
        voice = line.voices[0]
        who = "、".join(dict.fromkeys(each.who for each in line.voices))
        note = "；".join(dict.fromkeys(each.note for each in line.voices if each.note))
        found.append(_Outcome(line.question, voice.value, who, voice.at or now, note))
    for line in review.conflicts:
        choice = decided.get(line.question.key)
        if choice is None:
            raise RefusedError(f"“{line.question.title}”有不同的填报，请选定一个，或另写一个。")
        if not choice.voice:
            found.append(_Outcome(line.question, choice.value, f"{by.masked_name} 审定", now, ""))
        elif choice.voice != KNOWN:
            chosen = next((each for each in line.voices if each.code == choice.voice), None)
            if chosen is None:
                raise RefusedError(f"“{line.question.title}”选定的填报已有更新。请刷新页面后重新审核。")
            found.append(_Outcome(line.question, chosen.value, chosen.who, chosen.at or now, chosen.note))
    return found


@transaction.atomic
def accept_submission(
    *, assignment: Assignment, seen: str, decided: Mapping[str, Written], sureness: str, by: User, now: datetime
) -> Assignment:
    """Accept what was submitted (审核通过): each change becomes a fact or a finding, all at once or none."""
    row, review = _locked(assignment, by)
    if review.seen != seen:
        raise RefusedError("您打开这一页以后填报或小区情况有了变化。请核对刷新后的内容再审核。")
    known = {line.question.key: line.known.value for line in review.lines if line.known is not None}
    kept: list[str] = []
    for each in _outcomes(review, decided, by, now):
        if same(each.value, known.get(each.question.key)):
            continue
        _keep(row, each, sureness, by, now)
        kept.append(each.question.key)
    row.state, row.reasons, row.changed_at = State.DONE, {}, now
    row.save(update_fields=["state", "reasons", "changed_at"])
    after = {"kept": kept, "decided": sorted(decided), "submissions": [each.pk for each in review.submissions]}
    record("survey.accept_submission", by=by, on=row, after=after, place=row.place, at=now)
    return row


def _keep(row: Assignment, each: _Outcome, sureness: str, by: User, now: datetime) -> None:
    day = local_date(each.at)
    source = f"{row.campaign.title}，{each.who}，{day:%Y-%m-%d}"
    if not each.question.is_facility:
        fact = NewFact(each.question.name, each.value, source, day, sureness, each.note)
        record_fact(compound=row.compound, fact=fact, by=by, now=now)
        return
    if isinstance(each.value, dict):
        columns = {
            "item": each.question.name, "condition": each.value["condition"], "quantity": each.value["quantity"],
            "found_on": day, "source": source[:300], "sureness": sureness, "note": each.note[:500],
        }  # fmt: skip
        record_finding(kind=KINDS["facilities"], compound=row.compound, columns=columns, by=by, now=now)


@transaction.atomic
def return_submission(
    *, assignment: Assignment, reasons: Mapping[str, str], by: User, now: datetime
) -> Assignment:  # fmt: skip
    """Return what was submitted (退回填报), with a reason by question ("" for the whole)."""
    row, _ = _locked(assignment, by)
    told = {key: why.strip()[:300] for key, why in reasons.items() if why.strip()}
    if not told:
        raise RefusedError("退回须写明理由：在有问题的调查内容旁写，或写在总的理由里。")
    row.state, row.reasons, row.changed_at = State.RETURNED, told, now
    row.save(update_fields=["state", "reasons", "changed_at"])
    why = "；".join(told.values())[:500]
    record("survey.return_submission", by=by, on=row, after={"reasons": told}, why=why, place=row.place, at=now)
    return row

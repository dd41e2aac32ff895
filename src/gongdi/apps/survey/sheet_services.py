"""Writes about filled workbooks: uploaded and shown, then kept as submissions or put aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey.access import FILL, fillable_assignments
from gongdi.apps.survey.filling_services import Filled, send_answers
from gongdi.apps.survey.models import Assignment, Campaign, Submission, SurveySheet
from gongdi.apps.survey.questions import QUESTIONS
from gongdi.apps.survey.sheets import Change, changes_in, own_answers, stored, value_of
from gongdi.core.survey.answers import Value

State = SurveySheet.State


@transaction.atomic
def upload_sheet(
    *, campaign: Campaign, file_name: str, digest: str, changes: Sequence[Change], by: User, now: datetime
) -> SurveySheet:
    """Take a filled workbook that was read without a fault (上传填报表); it waits for its sender to look at it."""
    if campaign.state != Campaign.State.OPEN:
        raise RefusedError(f"“{campaign}”{campaign.get_state_display()}，不收填报表。")
    if not changes:
        raise RefusedError("填报表里没有新填或改过的单元格，与下载时一样。请填好后再上传。")
    reach = sorted(by.places_for(FILL), key=len)
    sheet = SurveySheet.objects.create(
        campaign=campaign, place=reach[0] if reach else campaign.place, file_name=file_name[-200:], digest=digest,
        rows=stored(changes), by=by, uploaded_at=now,
    )  # fmt: skip
    after = {"digest": digest, "changes": len(changes)}
    record("survey.upload_sheet", by=by, on=sheet, after=after, place=sheet.place, at=now)
    return sheet


def _locked(sheet: SurveySheet) -> SurveySheet:
    row = SurveySheet.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=sheet.pk)
    if row.state != State.WAITING:
        raise RefusedError(f"这份填报表{row.get_state_display()}。请刷新页面。")
    return row


@transaction.atomic
def keep_sheet(
    *, sheet: SurveySheet, left_out: Collection[tuple[int, str]], final: bool, today: date, by: User, now: datetime
) -> SurveySheet:
    """Keep a workbook as submissions (提交填报表), one a compound; `left_out` are changes that are not to count."""
    row = _locked(sheet)
    changes = [each for each in changes_in(row.rows) if (each.number, each.key) not in left_out]
    by_number: dict[int, list[Change]] = {}
    for each in changes:
        by_number.setdefault(each.number, []).append(each)
    # All at once and in one order, so that two workbooks over the same compounds never wait for each other.
    list(Assignment.objects.select_for_update().filter(pk__in=by_number).order_by("pk").values_list("pk"))
    rows = list(fillable_assignments(by, row.campaign).filter(pk__in=by_number).order_by("pk"))
    if len(rows) != len(by_number):
        raise RefusedError("有的小区已不在您可以填报的范围内。请重新下载填报表。")
    own = own_answers(rows, by)
    for assignment in rows:
        filled = _filled(row, assignment, by_number[assignment.pk], own.get(assignment.pk, set()), final, today)
        send_answers(assignment=assignment, filled=filled, by=by, now=now)
    row.state, row.kept_at = State.KEPT, now
    row.save(update_fields=["state", "kept_at"])
    after = {"assignments": len(rows), "changes": len(changes), "final": final, "left_out": len(left_out)}
    record("survey.keep_sheet", by=by, on=row, after=after, place=row.place, at=now)
    return row


def _filled(
    sheet: SurveySheet, assignment: Assignment, changes: Sequence[Change], own: set[str], final: bool, today: date
) -> Filled:
    base: dict[str, Value] = {}
    answers: dict[str, Value] = {}
    taken_back: list[str] = []
    for each in changes:
        question = QUESTIONS[each.key]
        if each.key not in own:
            # Where the surveyor had answered before, what they were shown was their own answer and no base.
            was, value = value_of(question, each.before, today)
            base |= {each.key: value} if was else {}
        is_answer, value = value_of(question, each.after, today)
        if is_answer:
            answers[each.key] = value
        else:
            taken_back.append(each.key)
    key = uuid5(NAMESPACE_OID, f"gongdi survey sheet {sheet.pk} {assignment.pk}")
    return Filled(key, base, answers, taken_back, {}, final, Submission.Channel.SHEET)


@transaction.atomic
def discard_sheet(*, sheet: SurveySheet, by: User, now: datetime) -> None:
    """Put a workbook aside that was not kept (放弃填报表)."""
    row = _locked(sheet)
    row.state = State.DISCARDED
    row.save(update_fields=["state"])
    record("survey.discard_sheet", by=by, on=row, place=row.place, at=now)

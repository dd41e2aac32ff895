"""A campaign's form as a workbook, and what a workbook that came back changes (填报表)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.http import FileResponse
from django.utils import timezone

from gongdi.apps.accounts.models import User
from gongdi.apps.survey.known import KnownAnswer, known_answers
from gongdi.apps.survey.models import Assignment, Campaign, Submission
from gongdi.apps.survey.questions import AnswerFault, Question, asked, field_text, read_answer
from gongdi.core.survey.answers import Value
from gongdi.exchange.problems import Problem
from gongdi.exchange.survey_sheet import FORM as FORM_SHEET
from gongdi.exchange.survey_sheet import (
    SheetColumn,
    SheetReading,
    SheetRow,
    TypedCell,
    read_survey_sheet,
    write_survey_sheet,
)

QUANTITY = "#quantity"
UNCLEAR = "不清楚"
UNKNOWN = "__unknown__"
Texts = tuple[str, str]
"""The texts of a question's cells: the value's, and the quantity's for a facility."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a workbook changes on one question of one compound: from the texts at the download to those in the file."""

    number: int
    key: str
    cell: str
    before: Texts
    after: Texts


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as the preview shows it; `now` is what stands there today where that is neither of the two."""

    change: Change
    compound: str
    question: Question
    before: str
    after: str
    now: str | None


def columns_of(campaign: Campaign) -> list[SheetColumn]:
    """The columns of a campaign's form: one a question, a second for the quantity of a facility."""
    found: list[SheetColumn] = []
    for each in asked(campaign.questions):
        words = list(each.choices.values()) + ([UNCLEAR] if each.choices and not each.is_facility else [])
        found.append(SheetColumn(each.key, each.title, each.group, words, each.hint))
        if each.is_facility:
            found.append(SheetColumn(each.key + QUANTITY, f"{each.title}：数量", each.group))
    return found


def _words(question: Question, value: Value) -> Texts:
    text, quantity = field_text(question, value)
    return UNCLEAR if text == UNKNOWN else question.choices.get(text, text), quantity


def _codes(question: Question, texts: Texts) -> Texts:
    text, quantity = texts
    if text == UNCLEAR and not question.is_facility:
        return UNKNOWN, quantity
    return next((code for code, word in question.choices.items() if word == text), text), quantity


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands on the questions of one assignment for a surveyor today."""

    known: Mapping[str, KnownAnswer]
    own: Mapping[str, Value]

    def texts(self, question: Question) -> Texts:
        """Their own answer if they gave one, else what is known."""
        if question.key in self.own:
            return _words(question, self.own[question.key])
        known = self.known.get(question.key)
        return _words(question, known.value) if known is not None else ("", "")


def _standing(rows: Sequence[Assignment], campaign: Campaign, user: User) -> dict[int, _Standing]:
    known = known_answers([row.compound for row in rows], campaign.questions)
    mine = Submission.objects.filter(assignment__in=rows, by=user, superseded_by=None)
    own = dict(mine.values_list("assignment", "answers"))
    return {row.pk: _Standing(known[row.compound_id], own.get(row.pk, {})) for row in rows}


def _why_locked(row: Assignment, standing: _Standing) -> dict[str, str]:
    if row.state == Assignment.State.DONE:
        return {"": "已审核完成；需要更正请到小区页面记录情况。"}
    found: dict[str, str] = {}
    for key, known in standing.known.items():
        if known.counted:
            found[key] = f"由系统按“{known.source}”清点，不必填报。"
    return found


def campaign_sheet(campaign: Campaign, rows: Iterable[Assignment], user: User, now: datetime) -> FileResponse:
    """The form of a campaign for the assignments that a surveyor may fill in."""
    listed = list(rows)
    standing, questions = _standing(listed, campaign, user), asked(campaign.questions)
    lines = []
    for row in listed:
        texts: dict[str, str] = {}
        for each in questions:
            texts[each.key], quantity = standing[row.pk].texts(each)
            if each.is_facility:
                texts[each.key + QUANTITY] = quantity
        street, community = row.compound.street, row.compound.community
        place = (street.name if street else "", community.name if community else "")
        lines.append(SheetRow(row.pk, row.compound.name, *place, texts, _why_locked(row, standing[row.pk])))
    buffer = io.BytesIO()
    write_survey_sheet(buffer, title=campaign.title, campaign=campaign.pk, columns=columns_of(campaign), rows=lines,
                       created=timezone.localtime(now))  # fmt: skip
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{campaign.title}填报表.xlsx")


def read_sheet(
    content: bytes, name: str, campaign: Campaign, rows: Iterable[Assignment], user: User, today: date
) -> tuple[list[Change], list[Problem]]:
    """What a workbook changes, and every cell that cannot be taken; raises CannotReadError when it is none of ours."""
    reading = read_survey_sheet(content, name, columns_of(campaign))
    if reading.campaign != campaign.pk:
        return [], [Problem("", "", "", "这是另一个调查任务的填报表。", f"请上传“{campaign}”下载的填报表。")]
    listed = {row.pk: row for row in rows}
    standing = _standing(list(listed.values()), campaign, user)
    questions = {each.key: each for each in asked(campaign.questions)}
    changes: list[Change] = []
    problems = list(reading.problems)
    for change in _changes(reading):
        row, question = listed.get(change.number), questions[change.key]
        fault = _fault(row, question, change, standing, today)
        if fault is None:
            changes.append(change)
        else:
            shown = "，".join(filter(None, change.after))
            problems.append(Problem(FORM_SHEET, change.cell, shown, fault, "请改正这个单元格，或改回下载时的内容。"))
    return changes, problems


def _changes(reading: SheetReading) -> list[Change]:
    """The changed cells put together by question, the two of a facility as one."""
    cells: dict[tuple[int, str], dict[str, TypedCell]] = {}
    for each in reading.changed:
        key, _, part = each.key.partition("#")
        cells.setdefault((each.number, key), {})[part] = each
    found = []
    for (number, key), parts in cells.items():
        before = (reading.base.get((number, key), ""), reading.base.get((number, key + QUANTITY), ""))
        after = (parts[""].after if "" in parts else before[0],
                 parts["quantity"].after if "quantity" in parts else before[1])  # fmt: skip
        found.append(Change(number, key, next(iter(parts.values())).cell, before, after))
    return found


def _fault(
    row: Assignment | None, question: Question, change: Change, standing: Mapping[int, _Standing], today: date
) -> str | None:
    if row is None:
        return "这个小区不在您可以填报的范围内。"
    locked = _why_locked(row, standing[row.pk])
    if "" in locked or question.key in locked:
        return f"这个单元格是锁定的：{locked.get('') or locked[question.key]}"
    try:
        value_of(question, change.after, today)
    except AnswerFault as fault:
        return str(fault)
    return None


def value_of(question: Question, texts: Texts, today: date) -> tuple[bool, Value]:
    """The answer that cells mean: whether there is one, and which.

    Raises:
        AnswerFault: they mean none that can be used.
    """
    text, quantity = _codes(question, texts)
    if not text:
        if quantity:
            raise AnswerFault(f"“{question.title}”填了数量，请同时选现状。")
        return False, None
    return True, read_answer(question, text, quantity, today)


def stored(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes as they are kept with the workbook until it is confirmed."""
    return [asdict(each) for each in changes]


def changes_in(rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The changes of a kept workbook."""
    return [
        Change(each["number"], each["key"], each["cell"], (each["before"][0], each["before"][1]),
               (each["after"][0], each["after"][1]))
        for each in rows
    ]  # fmt: skip


def own_answers(rows: Sequence[Assignment], user: User) -> dict[int, set[str]]:
    """By assignment the questions to which a surveyor gave an answer of their own."""
    mine = Submission.objects.filter(assignment__in=rows, by=user, superseded_by=None)
    return {pk: set(answers) for pk, answers in mine.values_list("assignment", "answers")}


def preview(changes: Sequence[Change], campaign: Campaign, rows: Sequence[Assignment], user: User) -> list[Shown]:
    """The changes in words, with what has changed in the system since the download beside them."""
    listed = {row.pk: row for row in rows}
    standing = _standing(rows, campaign, user)
    questions = {each.key: each for each in asked(campaign.questions)}
    found = []
    for each in changes:
        row, question = listed.get(each.number), questions.get(each.key)
        if row is None or question is None:
            continue
        now = standing[row.pk].texts(question)
        conflict = now not in (each.before, each.after)
        found.append(
            Shown(each, row.compound.name, question, _said(each.before), _said(each.after),
                  _said(now) if conflict else None)
        )  # fmt: skip
    return found


def _said(texts: Texts) -> str:
    return "，".join(filter(None, texts)) or "（空）"

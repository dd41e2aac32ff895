"""The form of an assignment (填报表单): what stands in each field, and what a sent form means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing

from gongdi.apps.accounts.models import User
from gongdi.apps.survey.filling_services import Filled
from gongdi.apps.survey.known import KnownAnswer, known_answers, values
from gongdi.apps.survey.models import AnswerPhoto, Assignment, Submission
from gongdi.apps.survey.questions import (
    LONGEST_NOTE,
    AnswerFault,
    Question,
    answer_word,
    asked,
    field_text,
    read_answer,
)
from gongdi.core.survey.answers import Value, same

_SALT = "gongdi.survey.base"
GUESSES = ("date", "event")


class FormFaults(Exception):  # noqa: N818 -- a user's values at fault, told beside their fields
    """Answers that cannot be used, by question ("" for the form as a whole)."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(faults.values()))
        self.faults = dict(faults)


@dataclass(slots=True)
class Field:
    """One question as the form shows it: the fields' texts, what is known, what went wrong, why it came back."""

    question: Question
    text: str
    quantity: str
    note: str
    known: KnownAnswer | None
    known_word: str
    known_text: str
    known_quantity: str
    mine: bool
    photos: list[AnswerPhoto] = field(default_factory=list)
    reason: str = ""
    fault: str = ""


@dataclass(slots=True)
class Form:
    """The whole form: fields by group, and the base as it was when the form was made, signed."""

    groups: list[tuple[str, list[Field]]]
    base: str
    lacking: int


def form_of(assignment: Assignment, user: User) -> Form:
    """The form for a surveyor: their own answers where they gave any, else what is known."""
    questions = asked(assignment.campaign.questions)
    known = known_answers([assignment.compound], [each.key for each in questions])[assignment.compound_id]
    mine = assignment.submissions.filter(by=user, superseded_by=None).first()
    photos: dict[str, list[AnswerPhoto]] = {}
    for photo in assignment.photos.filter(by=user, attachment__withdrawn_at=None).select_related("attachment"):
        photos.setdefault(photo.question, []).append(photo)
    groups: dict[str, list[Field]] = {}
    for each in questions:
        found = _field(each, known.get(each.key), mine, assignment)
        found.photos = photos.get(each.key, [])
        groups.setdefault(each.group, []).append(found)
    lacking = sum(1 for fields in groups.values() for each in fields if not each.text)
    return Form(list(groups.items()), signing.dumps(values(known), salt=_SALT, compress=True), lacking)


def _field(question: Question, known: KnownAnswer | None, mine: Submission | None, assignment: Assignment) -> Field:
    key = question.key
    own = mine is not None and key in mine.answers
    known_text, known_quantity = field_text(question, known.value) if known else ("", "")
    text, quantity = field_text(question, mine.answers[key]) if own and mine else (known_text, known_quantity)
    return Field(
        question, text, quantity, str(mine.notes.get(key, "")) if mine else "", known,
        answer_word(question, known.value) if known else "", known_text, known_quantity, own,
        reason=str(assignment.reasons.get(key, "")),
    )  # fmt: skip


def read_form(assignment: Assignment, data: Mapping[str, Any], today: date) -> Filled:
    """What a sent form means. `data` holds `key`, `base`, `final`, `channel` and `answers`, by question the texts of
    value, quantity and note; a question that is not in it is left as it was.

    Raises:
        FormFaults: some of it cannot be used; nothing is kept of it.
    """
    try:
        base: dict[str, Value] = signing.loads(str(data.get("base", "")), salt=_SALT)
        key = UUID(str(data.get("key", "")))
    except (signing.BadSignature, ValueError):
        raise FormFaults({"": "这一页的校验信息不完整。请刷新页面后重新提交，填过的内容会保留在本机。"}) from None
    texts = data.get("answers")
    if not isinstance(texts, Mapping):
        raise FormFaults({"": "没有收到填报内容。请刷新页面后重新提交。"})
    answers: dict[str, Value] = {}
    taken_back: list[str] = []
    notes: dict[str, str] = {}
    faults: dict[str, str] = {}
    for question in asked(assignment.campaign.questions):
        told = texts.get(question.key)
        if isinstance(told, Mapping):
            try:
                _read_one(question, told, base, today, answers, taken_back, notes)
            except AnswerFault as fault:
                faults[question.key] = str(fault)
    if faults:
        raise FormFaults(faults)
    channel = Submission.Channel.OFFLINE if data.get("channel") == "offline" else Submission.Channel.PAGE
    return Filled(key, base, answers, taken_back, notes, bool(data.get("final")), channel)


def _read_one(
    question: Question, told: Mapping[str, Any], base: Mapping[str, Value], today: date, answers: dict[str, Value],
    taken_back: list[str], notes: dict[str, str],
) -> None:  # fmt: skip
    key = question.key
    note = str(told.get("note", "")).strip()
    if len(note) > LONGEST_NOTE:
        raise AnswerFault(f"“{question.title}”的说明最多 {LONGEST_NOTE} 字，现有 {len(note)} 字。")
    notes[key] = note
    text, quantity = str(told.get("value", "")), str(told.get("quantity", ""))
    if not text.strip():
        if quantity.strip():
            raise AnswerFault(f"“{question.title}”填了数量，请同时选现状。")
        taken_back.append(key)
        return
    value = read_answer(question, text, quantity, today)
    if same(value, base.get(key)):
        taken_back.append(key)
    else:
        answers[key] = value


def texts_of_post(assignment: Assignment, post: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The texts of a plain form, by question."""
    return {
        each.key: {name: post.get(f"{each.key}~{name}", "") for name in ("value", "quantity", "note")}
        for each in asked(assignment.campaign.questions)
    }


def show_again(form: Form, texts: Mapping[str, Mapping[str, str]], faults: Mapping[str, str]) -> None:
    """Put back what was typed, with what is wrong beside each field."""
    for _, fields in form.groups:
        for each in fields:
            told = texts.get(each.question.key)
            if told is not None:
                each.text, each.quantity, each.note = told["value"], told["quantity"], told["note"]
            each.fault = faults.get(each.question.key, "")

"""An assignment as its reviewer sees it (审核): what each surveyor changed, side by side where they differ."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from gongdi.apps.survey.known import KnownAnswer, known_answers, values
from gongdi.apps.survey.models import AnswerPhoto, Assignment, Submission
from gongdi.apps.survey.questions import Question, answer_word, asked
from gongdi.core.survey.answers import SYSTEM, AnswerSet, Conflict, Merged, Settled, Value, merge

KNOWN = "known"
"""The code of the record's own voice."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice on a question, in words: who, what, when, with which remark and photos; `code` names it in a form."""

    code: str
    who: str
    value: Value
    word: str
    at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question under review: what is known now, what is claimed, whether it is settled."""

    question: Question
    known: KnownAnswer | None
    known_word: str
    voices: list[Voice]
    settled: Settled | None
    conflict: Conflict | None
    photos: list[AnswerPhoto]
    remarks: list[tuple[str, str]]
    """Who remarked what without changing the answer."""
    reason: str

    @property
    def moved(self) -> bool:
        """Whether what was known has changed under the surveyors."""
        return any(voice.code == KNOWN for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Review:
    """All questions of an assignment, the submissions in force, and a sign that tells whether anything has moved."""

    assignment: Assignment
    lines: list[Line]
    submissions: list[Submission]
    drafts: list[Submission]
    seen: str

    @property
    def conflicts(self) -> list[Line]:
        """The questions on which voices differ."""
        return [line for line in self.lines if line.conflict is not None]

    @property
    def changed(self) -> list[Line]:
        """The questions on which all who changed them agree."""
        return [line for line in self.lines if line.settled is not None]

    @property
    def remarked(self) -> list[Line]:
        """The questions that nobody changed, but somebody remarked on or took a photo for."""
        return [line for line in self._same if line.remarks or line.photos]

    @property
    def unchanged(self) -> list[Line]:
        """The questions that nobody had anything to say to."""
        return [line for line in self._same if not line.remarks and not line.photos]

    @property
    def _same(self) -> list[Line]:
        return [line for line in self.lines if line.settled is None and line.conflict is None]


def review_of(assignment: Assignment) -> Review:
    """Put an assignment's submissions together with what is known now."""
    rows = list(assignment.submissions.filter(superseded_by=None).select_related("by"))
    final = [row for row in rows if row.final]
    questions = asked(assignment.campaign.questions)
    known = known_answers([assignment.compound], [each.key for each in questions])[assignment.compound_id]
    merged = merge(values(known), [AnswerSet(str(row.pk), row.base, row.answers) for row in final])
    photos: dict[str, list[AnswerPhoto]] = {}
    for photo in assignment.photos.filter(attachment__withdrawn_at=None).select_related("attachment", "by"):
        photos.setdefault(photo.question, []).append(photo)
    lines = [_line(each, known.get(each.key), merged, final, photos, assignment) for each in questions]
    return Review(assignment, lines, final, [row for row in rows if not row.final], _seen(final, values(known)))


def _seen(final: list[Submission], known: dict[str, Value]) -> str:
    told = json.dumps([[row.pk for row in final], known], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _line(
    question: Question, known: KnownAnswer | None, merged: Merged, final: list[Submission],
    photos: dict[str, list[AnswerPhoto]], assignment: Assignment,
) -> Line:  # fmt: skip
    key = question.key
    settled, conflict = merged.settled.get(key), merged.conflicts.get(key)
    by = {str(row.pk): row for row in final}
    held = {claim.by for claim in conflict.claims} if conflict else set(settled.by) if settled else set()
    voices = [_voice(question, by[each]) for each in by if each in held]
    if SYSTEM in held:
        word = answer_word(question, known.value) if known else "不详"
        source = f"系统现有记录（{known.source}）" if known else "系统现有记录"
        voices.append(Voice(KNOWN, source, known.value if known else None, word, None, "填报以后系统里的记录有变化。"))
    known_word = answer_word(question, known.value) if known else ""
    reason = str(assignment.reasons.get(key, ""))
    remarks = [
        (row.by.masked_name, str(row.notes[key])) for row in final if str(row.pk) not in held and row.notes.get(key)
    ]
    return Line(question, known, known_word, voices, settled, conflict, photos.get(key, []), remarks, reason)


def _voice(question: Question, row: Submission) -> Voice:
    value = row.answers[question.key]
    word = answer_word(question, value)
    return Voice(str(row.pk), row.by.masked_name, value, word, row.sent_at, str(row.notes.get(question.key, "")))

"""The questions of a survey (调查内容): facts of the vocabulary, the condition of facilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongdi.apps.inventory.models import Facility
from gongdi.apps.places.fact_names import BY_NAME, ESSENTIAL, FACT_NAMES, FactName, fault_of, shown
from gongdi.apps.places.forms import ahead, parsed, typed
from gongdi.apps.places.queries import AGE_FACTS
from gongdi.core.policy.vocabulary import Kind
from gongdi.core.survey.answers import Value
from gongdi.exchange.packfiles import load_vocabulary

FACT, ITEM = "fact:", "item:"
FACILITIES = "设施现状"
CONDITIONS: Mapping[str, str] = {str(code): str(word) for code, word in Facility.Condition.choices}
LONGEST_QUANTITY, LONGEST_NOTE = 60, 300
_COMMON_ITEMS = (
    "roof_repair", "external_wall_repair", "stairwell_repair", "stairwell_lighting", "unit_access_control",
    "lift_addition", "water_supply", "drainage", "rain_sewage_separation", "power_supply", "gas_supply", "telecom",
    "overhead_lines", "compound_roads", "fire_lane", "fire_protection", "parking", "ev_charging", "ebike_parking",
    "barrier_free", "security", "greening", "lighting", "waste_sorting", "parcel_locker", "sports_fitness",
    "property_room", "elderly_care",
)  # fmt: skip
"""What nearly every document lists among basic and improvement items; the problems of B-16 are told by these."""


class AnswerFault(Exception):  # noqa: N818 -- a user's value at fault, told beside its field
    """An answer that cannot be used; the text says why and what to fill in."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its key, words, group, what kind of answer it takes (a Kind's value, or "facility")."""

    key: str
    title: str
    group: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""

    @property
    def name(self) -> str:
        """The fact's name or the item's code."""
        return self.key.partition(":")[2]

    @property
    def is_facility(self) -> bool:
        """Whether it asks for the condition of a facility."""
        return self.key.startswith(ITEM)


_HINTS = {
    Kind.DATE: "如 1996-08-31",
    Kind.EVENT: "日期，如 1996-08-31；没有发生的填“无”",
    Kind.YEAR: "四位年份，如 1996",
    Kind.COUNT: "整数",
    Kind.YUAN: "元，至多两位小数",
    Kind.M2: "平方米，至多两位小数",
}


def _of_fact(about: FactName) -> Question:
    choices = {"true": "是", "false": "否"} if about.kind is Kind.BOOL else dict(about.choices)
    return Question(FACT + about.name, about.title, about.group, about.kind.value, choices, _HINTS.get(about.kind, ""))


QUESTIONS: Mapping[str, Question] = {
    **{FACT + name: _of_fact(about) for name, about in BY_NAME.items()},
    **{
        ITEM + code: Question(ITEM + code, item.zh, FACILITIES, "facility", CONDITIONS)
        for code, item in load_vocabulary().items.items()
    },
}
"""Every question by its key."""
TEMPLATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "essential": ("必需情况", tuple(FACT + name for name in (*ESSENTIAL, "completed_year"))),
    "facts": ("全部情况", tuple(FACT + about.name for about in FACT_NAMES)),
    "facilities": (FACILITIES, tuple(ITEM + code for code in _COMMON_ITEMS)),
}
"""By key: the word and the questions."""


def asked(keys: list[str]) -> list[Question]:
    """The questions of a campaign, in its order; one that the vocabulary no longer has is left out."""
    return [QUESTIONS[key] for key in keys if key in QUESTIONS]


def grouped(questions: list[Question]) -> list[tuple[str, list[Question]]]:
    """The questions by group, in order."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(question.group, []).append(question)
    return list(groups.items())


def read_answer(question: Question, text: str, quantity: str, today: date) -> Value:
    """The answer that the text of a field means.

    Raises:
        AnswerFault: it means none.
    """
    text, quantity = text.strip(), quantity.strip()
    if question.is_facility:
        if text not in CONDITIONS:
            raise AnswerFault(f"“{question.title}”的现状应为{'、'.join(CONDITIONS.values())}之一。")
        if len(quantity) > LONGEST_QUANTITY:
            raise AnswerFault(f"“{question.title}”的数量最多 {LONGEST_QUANTITY} 字。")
        return {"condition": text, "quantity": quantity}
    value: Any = parsed(BY_NAME[question.name], text)
    fault = fault_of(question.name, value)
    if fault:
        raise AnswerFault(fault)
    if question.name in AGE_FACTS and isinstance(value, str | int) and ahead(value, today):
        raise AnswerFault(f"“{question.title}”不能晚于今天。请核对。")
    found: Value = value
    return found


def field_text(question: Question, value: Value) -> tuple[str, str]:
    """An answer as it stands in the fields of the form: the value's and the quantity's."""
    if question.is_facility:
        return (str(value["condition"]), str(value["quantity"])) if isinstance(value, dict) else ("", "")
    return typed(value), ""


def answer_word(question: Question, value: Value) -> str:
    """An answer in the words of the office."""
    if question.is_facility:
        if not isinstance(value, dict):
            return "未记录"
        quantity = f"，{value['quantity']}" if value["quantity"] else ""
        return f"{CONDITIONS.get(str(value['condition']), '')}{quantity}"
    return shown(question.name, value)

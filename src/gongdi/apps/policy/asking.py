"""What a question about a compound says itself (提问时给出): which permit, which fund, which work.

Such facts belong to one question, not to the compound, so the compound's page does not record them; nor does it record
the numbers that a source hides (X-01). The note asks for them, decides with them, and names them as given with the
question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from gongdi.apps.places.fact_names import BY_NAME
from gongdi.core.policy.explaining import shown
from gongdi.core.policy.packs import Table
from gongdi.core.policy.rendering_english import shown_in_english, spoken
from gongdi.core.policy.vocabulary import Fact, Kind

NONE_OF_THEM = "-"
"""The choice that says that a list is known and holds nothing."""
YES, NO = "yes", "no"
HINTS = {
    Kind.YEAR: ("年份，如 2005", "a year, such as 2005"),
    Kind.MONTH_DAY: ("月-日，如 07-31", "month-day, such as 07-31"),
    Kind.COUNT: ("整数", "a whole number"),
    Kind.YUAN: ("元", "yuan"),
    Kind.M2: ("平方米", "m2"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the question: its name and words, what may be chosen, what was given."""

    name: str
    word: str
    form: str
    """choice, several, date or text."""
    choices: tuple[tuple[str, str], ...]
    given: tuple[str, ...]
    leads: bool
    """Whether nothing is told without it."""
    hint: str = ""
    """How to write it, and what stands when it is not given."""


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a question may say itself, and the facts that it gave."""

    fields: tuple[Asked, ...]
    facts: Mapping[str, Any]

    @property
    def leading(self) -> bool:
        """Whether something is asked without which nothing is told."""
        return any(each.leads and not each.given for each in self.fields)

    @property
    def names(self) -> frozenset[str]:
        """The facts that the question may give."""
        return frozenset(each.name for each in self.fields)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was given, as a form or an address carries it."""
        return [(each.name, text) for each in self.fields for text in each.given]

    @property
    def address(self) -> str:
        """What was given, as the end of an address."""
        return urlencode(self.pairs)


def asking(table: Table, query: QueryDict, *, english: bool = False) -> Asking:
    """The fields of a question about a compound, filled from a query; what does not fit stays as it was typed."""
    fields, facts = [], dict[str, Any]()
    for fact in sorted(table.reads, key=lambda fact: fact.name not in table.selectors):
        if fact.name in BY_NAME:
            continue
        given = tuple(text.strip() for text in query.getlist(fact.name) if text.strip())
        given = given if fact.kind is Kind.LIST else given[-1:]
        form, choices = _form(fact, english)
        word = fact.en if english else fact.zh
        fields.append(Asked(fact.name, word, form, choices, given, fact.name in table.selectors, _hint(fact, english)))
        if given:
            facts[fact.name] = _value(fact, given)
    return Asking(tuple(fields), facts)


def _hint(fact: Fact, english: bool) -> str:
    if fact.default is not None:
        usual = (shown_in_english if english else shown)(fact, fact.default)
        return f"{usual} unless given" if english else f"不给时为 {usual}"
    return HINTS.get(fact.kind, ("", ""))[english]


def _form(fact: Fact, english: bool) -> tuple[str, tuple[tuple[str, str], ...]]:
    if fact.kind in (Kind.BOOL, Kind.OPTION):
        return "choice", ((YES, "yes"), (NO, "no")) if english else ((YES, "是"), (NO, "否"))
    words = tuple((code, spoken(code) if english else word) for code, word in fact.labels.items())
    if fact.kind is Kind.LIST:
        return "several", ((NONE_OF_THEM, "none of them" if english else "一样也没有"), *words)
    return ("choice", words) if words else ("date" if fact.kind is Kind.DATE else "text", ())


def _value(fact: Fact, given: tuple[str, ...]) -> Any:
    """A given text as the JSON value of its fact; the engine says what is wrong with one that does not fit."""
    if fact.kind in (Kind.BOOL, Kind.OPTION):
        return {YES: True, NO: False}.get(given[0], given[0])
    if fact.kind is Kind.LIST:
        return [text for text in given if text != NONE_OF_THEM]
    if fact.kind in (Kind.COUNT, Kind.YEAR) and given[0].isdecimal() and len(given[0]) < 16:
        return int(given[0])
    return given[0]

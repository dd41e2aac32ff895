"""The words that packs may use: facts (事实), decisions (判定), outcomes (结论), values, items (改造内容).

The texts are CSV tables; this module reads no files. See docs/packs for their columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a fact or a value is."""

    BOOL = "bool"
    OPTION = "option"
    """A switch of the asker (提问选项): absent means false, so it is never missing."""
    DATE = "date"
    EVENT = "event"
    """A date, or the word "none" when it has not happened at the day asked about."""
    YEAR = "year"
    COUNT = "count"
    YUAN = "yuan"
    M2 = "m2"
    ENUM = "enum"
    LIST = "list"
    MONTH_DAY = "month_day"
    TEXT = "text"
    FACTS = "facts"
    """A list of names of facts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that rules may read (事实)."""

    name: str
    kind: Kind
    zh: str
    en: str
    labels: Mapping[str, str] = field(default_factory=dict)
    """For an enum or a list: each code with its Chinese word."""
    year_fact: str = ""
    """For a date: the fact that gives its year alone when the day is not known."""
    group: str = ""
    note: str = ""
    default: object = None
    """For a parameter: its value unless the asker gives another."""
    masked: bool = False
    """A parameter whose value the source hides (X-01)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer that a decision may give (结论), and the meaning colour of its sign."""

    code: str
    zh: str
    en: str
    tone: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value that comes with an answer."""

    name: str
    kind: Kind
    zh: str
    en: str
    labels: Mapping[str, str] = field(default_factory=dict)
    """For codes that are no fact's: each with its Chinese word."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One question that packs answer (判定), by the ledger's numbers."""

    name: str
    ledger: tuple[str, ...]
    zh: str
    question_zh: str
    question_en: str
    reports_all: bool
    """Whether every row that fires is reported, not only the first (hit policy all)."""
    selectors: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of work (改造内容) of the common catalogue."""

    code: str
    ledger: str
    zh: str
    en: str


DICTIONARY = "词典（工作簿的“词典”各表，或 gongdi packs docs --dictionary -o 词典）"
"""Where an author finds every name that may be used."""
UNDETERMINED = "undetermined"
NOT_REGULATED = "not_regulated"

COMMON_OUTCOMES = {
    UNDETERMINED: Outcome(UNDETERMINED, "待定", "undetermined", "undetermined"),
    NOT_REGULATED: Outcome(NOT_REGULATED, "未作规定", "not regulated", "neutral"),
}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All the words, looked up by name."""

    facts: Mapping[str, Fact]
    decisions: Mapping[str, Decision]
    items: Mapping[str, Item]
    impossible: tuple[tuple[str, str], ...]
    """Predicates that no facts can satisfy, each with what to say when they do."""

    def outcome(self, decision: str, code: str) -> Outcome:
        """The outcome of that code, the common ones included."""
        return COMMON_OUTCOMES.get(code) or self.decisions[decision].outcomes[code]


def table_rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV text with a header; a byte order mark is dropped."""
    return iter(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def parse_vocabulary(texts: Mapping[str, str]) -> Vocabulary:
    """Read the vocabulary from its five CSV texts, by file name."""
    items = {
        row["code"]: Item(row["code"], row["ledger"], row["zh"], row["en"]) for row in table_rows(texts["items.csv"])
    }
    facts = {row["name"]: _fact(row, items) for row in table_rows(texts["facts.csv"])}
    outcomes: dict[str, dict[str, Outcome]] = {}
    for row in table_rows(texts["outcomes.csv"]):
        outcome = Outcome(row["outcome"], row["zh"], row["en"], row["tone"])
        outcomes.setdefault(row["decision"], {})[outcome.code] = outcome
    values: dict[str, dict[str, Value]] = {}
    for row in table_rows(texts["values.csv"]):
        value = Value(row["value"], Kind(row["kind"]), row["zh"], row["en"], _labels(row.get("words") or ""))
        values.setdefault(row["decision"], {})[value.name] = value
    decisions = {
        row["name"]: Decision(
            name=row["name"],
            ledger=tuple(row["ledger"].split(";")),
            zh=row["zh"],
            question_zh=row["question_zh"],
            question_en=row["question_en"],
            reports_all=row["hit"] == "all",
            selectors=tuple(filter(None, row["selectors"].split(";"))),
            outcomes=outcomes.get(row["name"], {}),
            values=values.get(row["name"], {}),
        )
        for row in table_rows(texts["decisions.csv"])
    }
    impossible = tuple((row["when"], row["message"]) for row in table_rows(texts["impossible.csv"]))
    return Vocabulary(facts, decisions, items, impossible)


def _labels(text: str) -> dict[str, str]:
    return {code: zh for code, _, zh in (part.partition("=") for part in text.split(";") if part)}


def _fact(row: Mapping[str, str], items: Mapping[str, Item]) -> Fact:
    labels: dict[str, str] = {}
    for part in filter(None, row["values"].split(";")):
        if part == "@items":
            labels.update({code: item.zh for code, item in items.items()})
        else:
            code, _, zh = part.partition("=")
            labels[code] = zh
    return Fact(
        name=row["name"],
        kind=Kind(row["kind"]),
        zh=row["zh"],
        en=row["en"],
        labels=labels,
        year_fact=row["year_fact"],
        group=row["group"],
        note=row["note"],
    )

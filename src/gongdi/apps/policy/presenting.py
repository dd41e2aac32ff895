"""Answers as the pages show them: the answer first, then clause by clause why, then what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.apps.policy.flag_words import FlagLine, flag_line
from gongdi.apps.policy.note_words import supplier
from gongdi.apps.policy.packs import library
from gongdi.core.policy import Answer, Refusal
from gongdi.core.policy.deciding import ClauseResult
from gongdi.core.policy.explaining import Explanation, explain, shown
from gongdi.core.policy.expressions import Literal
from gongdi.core.policy.faults_english import in_english
from gongdi.core.policy.flipping import flips
from gongdi.core.policy.packs import MODALITY_ZH, Pack
from gongdi.core.policy.rendering_english import shown_in_english, spoken
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED, Kind, Value
from gongdi.web.columns import MEANINGS

TONES = {**dict.fromkeys(MEANINGS, ""), "block": "block", "neutral": "none"}
MOST_FLIPS = 12
LEVEL_WORDS = {
    "nation": ("国家", "the nation"), "province": ("省", "the province"), "city": ("市", "the city"),
    "district": ("区（县）", "the district"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause as shown: what it says, whether it holds, and its comparisons."""

    section: str
    text: str
    modality: str
    outcome: str
    state: str
    """holds, fails or open."""
    decided: bool
    why: Explanation
    always: bool = False
    """A note that always holds: there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class FlipLine:
    """One change that alone would change the answer."""

    fact: str
    now: str
    then: str
    outcome: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Card:
    """One decision as shown (判定卡)."""

    decision: str
    title: str
    question: str
    outcome: str
    meaning: str
    values: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseLine, ...]
    missing: tuple[tuple[str, str, str], ...]
    """Missing facts: name, Chinese word, who can supply it."""
    flags: tuple[FlagLine, ...]
    flips: tuple[FlipLine, ...] = ()
    faults: tuple[str, ...] = ()
    level: str = ""
    """The document of the level above that answered, when the governing one is silent."""
    regulated: bool = False
    """Whether the document says anything on the question, so that something could change the answer."""
    level_word: str = ""
    """Which level that is."""


def card_of(answer: Answer | Refusal, pack: Pack, decision: str, *, english: bool = False) -> Card:
    """An answer, or what is wrong with the facts, as a card; `pack` is the one that was asked, as it was then."""
    vocabulary = library().vocabulary
    asked = pack
    if isinstance(answer, Answer) and answer.pack != pack.slug:
        pack = library().packs[answer.pack]
    about = vocabulary.decisions[decision]
    if isinstance(answer, Refusal):
        if english:
            faults = tuple(str(in_english(fault, vocabulary)).replace("；", "; ") for fault in answer.faults)
            words = (about.question_en, f"{about.question_en}?", "facts at fault")
        else:
            faults = tuple(map(str, answer.faults))
            words = (about.zh, about.question_zh, "事实有误")
        return Card(decision, *words, "undetermined", (), (), (), (), (), faults)
    outcome = vocabulary.outcome(decision, answer.outcome)
    facts = {**vocabulary.facts, **{fact.name: fact for fact in pack.parameters.values()}}
    return Card(
        decision=decision,
        title=about.question_en if english else about.zh,
        question=f"{about.question_en}?" if english else about.question_zh,
        outcome=outcome.en if english else outcome.zh,
        meaning=outcome.tone if outcome.tone in MEANINGS else TONES.get(outcome.tone, "none"),
        values=tuple(
            (
                about.values[name].en if english else about.values[name].zh,
                value_text(about.values[name], value, english),
            )
            for name, value in answer.values.items()
            if value != [] or answer.outcome != UNDETERMINED  # nothing known yet is not "none"
        ),
        clauses=tuple(
            _line(answer, clause, english) for clause in answer.clauses if clause.decided or not _residual(clause)
        ),
        missing=tuple(
            (name, facts[name].en if english else facts[name].zh, supplier(facts[name], english=english))
            for name in answer.missing
            if name in facts
        ),
        flags=tuple(flag_line(flag, english=english) for flag in answer.flags),
        flips=_flips(answer, pack, english),
        regulated=answer.outcome != NOT_REGULATED,
        level="" if pack is asked else pack.document.title_en if english else pack.document.title,
        level_word="" if pack is asked else LEVEL_WORDS.get(pack.document.level, ("", ""))[english],
    )


def _flips(answer: Answer, pack: Pack, english: bool) -> tuple[FlipLine, ...]:
    vocabulary = library().vocabulary
    found = []
    table = pack.tables.get(answer.decision)
    for flip in flips(answer, table, library().vocabulary)[:MOST_FLIPS] if table else ():
        outcome = vocabulary.outcome(answer.decision, flip.outcome)
        show, unknown = (shown_in_english, "not known") if english else (shown, "不详")
        now, then = show(flip.fact, flip.now) or unknown, show(flip.fact, flip.then) or ""
        words = (flip.fact.en, outcome.en) if english else (flip.fact.zh, outcome.zh)
        found.append(FlipLine(words[0], now, then, words[1], outcome.tone))
    return tuple(found)


def _residual(clause: ClauseResult) -> bool:
    """A row for all other cases, which says nothing when it does not decide."""
    return bool(clause.row.outcome) and isinstance(clause.row.when, Literal)


def _line(answer: Answer, clause: ClauseResult, english: bool) -> ClauseLine:
    row = clause.row
    found = library().vocabulary.outcome(answer.decision, row.outcome) if row.outcome else None
    outcome = "" if found is None else found.en if english else found.zh
    return ClauseLine(
        section=row.section,
        text=(row.text_en or row.text) if english else row.text,
        modality=row.modality.value if english else MODALITY_ZH[row.modality],
        outcome=outcome,
        state={True: "holds", False: "fails", None: "open"}[clause.holds],
        decided=clause.decided,
        why=explain(row.when, answer.facts, english=english),
        always=not row.outcome and isinstance(row.when, Literal),
    )


def value_text(value: Value, given: Any, english: bool = False) -> str:
    """A value that comes with an answer, in the words of the office."""
    if isinstance(given, bool):
        return ("yes" if given else "no") if english else "是" if given else "否"
    if isinstance(given, list) and english:
        return ", ".join(map(spoken, given)) or "none"
    if isinstance(given, list):
        names: Mapping[str, str] = _words()
        return "、".join(value.labels.get(word) or names.get(word, word) for word in given) or "无"
    if value.kind is Kind.YUAN:
        whole, decimals = str(given).split(".")
        return f"{int(whole):,}.{decimals} {'yuan' if english else '元'}"
    if value.kind is Kind.M2:
        return f"{given} {'m2' if english else '平方米'}"
    if isinstance(given, int):
        return str(given) if value.name.endswith("_year") else f"{given:,}"
    return spoken(str(given)) if english else value.labels.get(str(given), str(given))


def worded(text: str, value: Value) -> str:
    """A formula of a value with the codes in it put in words."""
    names = _words()
    return re.sub(r"[a-z][a-z0-9_]+", lambda code: value.labels.get(code[0]) or names.get(code[0], code[0]), text)


def _words() -> dict[str, str]:
    vocabulary = library().vocabulary
    words = {code: item.zh for code, item in vocabulary.items.items()}
    for fact in vocabulary.facts.values():
        words |= fact.labels
        words[fact.name] = fact.zh
    words |= {code: each.zh for code, each in vocabulary.decisions["item_class"].outcomes.items()}
    return words

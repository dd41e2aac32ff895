"""Answers as the pages show them: the answer first, then clause by clause why, then what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.apps.policy.packs import library
from gongdi.core.policy import Answer, Refusal
from gongdi.core.policy.deciding import ClauseResult
from gongdi.core.policy.explaining import Explanation, explain
from gongdi.core.policy.expressions import Literal
from gongdi.core.policy.packs import MODALITY_ZH, Pack
from gongdi.core.policy.vocabulary import Kind, Value
from gongdi.web.columns import MEANINGS

TONES = {**dict.fromkeys(MEANINGS, ""), "block": "block", "neutral": "none"}
FLAGS = {
    "X-01": "原文隐去的参数由提问人给出",
    "X-03": "截止日原文有两种写法",
    "X-04": "依据仅见于官方解读",
    "X-07": "原文此句疑为笔误",
    "X-08": "原文适用范围不清",
    "X-09": "与另一条款的先后须注意",
    "X-11": "另有民法典的表决门槛",
    "X-12": "百分比口径原文未说明",
    "X-17": "面积口径原文未说明",
    "X-18": "标准的单位和层级原文未载明",
    "X-20": "“8月前”有两种读法",
    "X-21": "同一文件列入两类",
    "X-23": "文件列举而未分类",
    "X-31": "属“可以”，不是“应当”",
    "X-34": "判定日期不在文件期限内",
    "X-36": "多项免除情形重叠",
    "X-37": "未实行告知承诺",
    "X-42": "期限起止原文未载明",
    "X-43": "税收规定有期限，以现行公告为准",
    "X-48": "仅见于职责部分的模式",
}
"""What each flag of the ledger means, in a few words."""


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
    missing: tuple[tuple[str, str], ...]
    """Names of missing facts with their Chinese words."""
    flags: tuple[tuple[str, str], ...]
    faults: tuple[str, ...] = ()


def card_of(answer: Answer | Refusal, pack: Pack, decision: str) -> Card:
    """An answer, or what is wrong with the facts, as a card."""
    vocabulary = library().vocabulary
    about = vocabulary.decisions[decision]
    if isinstance(answer, Refusal):
        faults = tuple(str(fault) for fault in answer.faults)
        return Card(decision, about.zh, about.question_zh, "事实有误", "undetermined", (), (), (), (), faults)
    outcome = vocabulary.outcome(decision, answer.outcome)
    facts = {**vocabulary.facts, **{fact.name: fact for fact in pack.parameters.values()}}
    return Card(
        decision=decision,
        title=about.zh,
        question=about.question_zh,
        outcome=outcome.zh,
        meaning=outcome.tone if outcome.tone in MEANINGS else TONES.get(outcome.tone, "none"),
        values=tuple(
            (about.values[name].zh, value_text(about.values[name], value)) for name, value in answer.values.items()
        ),
        clauses=tuple(_line(answer, clause) for clause in answer.clauses if clause.decided or not _residual(clause)),
        missing=tuple((name, facts[name].zh if name in facts else name) for name in answer.missing),
        flags=tuple((flag, FLAGS.get(flag, "")) for flag in answer.flags),
    )


def _residual(clause: ClauseResult) -> bool:
    """A row for all other cases, which says nothing when it does not decide."""
    return bool(clause.row.outcome) and isinstance(clause.row.when, Literal)


def _line(answer: Answer, clause: ClauseResult) -> ClauseLine:
    row = clause.row
    outcome = library().vocabulary.outcome(answer.decision, row.outcome).zh if row.outcome else ""
    return ClauseLine(
        section=row.section,
        text=row.text,
        modality=MODALITY_ZH[row.modality],
        outcome=outcome,
        state={True: "holds", False: "fails", None: "open"}[clause.holds],
        decided=clause.decided,
        why=explain(row.when, answer.facts),
    )


def value_text(value: Value, shown: Any) -> str:
    """A value that comes with an answer, in the words of the office."""
    if isinstance(shown, bool):
        return "是" if shown else "否"
    if isinstance(shown, list):
        names: Mapping[str, str] = _words()
        return "、".join(names.get(word, word) for word in shown) or "无"
    if value.kind is Kind.YUAN:
        whole, decimals = str(shown).split(".")
        return f"{int(whole):,}.{decimals} 元"
    return f"{shown:,}" if isinstance(shown, int) else str(shown)


def _words() -> dict[str, str]:
    vocabulary = library().vocabulary
    words = {code: item.zh for code, item in vocabulary.items.items()}
    for fact in vocabulary.facts.values():
        words |= fact.labels
        words[fact.name] = fact.zh
    words |= {code: each.zh for code, each in vocabulary.decisions["item_class"].outcomes.items()}
    return words

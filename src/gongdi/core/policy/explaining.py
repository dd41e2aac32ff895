"""Answers made readable: as JSON, and as a tree from each clause down to its single comparisons with their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.core.policy.deciding import Answer, ClauseResult
from gongdi.core.policy.evaluation import NEVER, Span, compiled
from gongdi.core.policy.expressions import Expression, Logic, references
from gongdi.core.policy.rendering import to_chinese, to_sql
from gongdi.core.policy.rendering_english import shown_in_english, to_english
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary
from gongdi.core.values import format_hundredths


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a predicate holds, does not, or cannot be told: itself, its parts, and at the leaves the facts compared."""

    holds: bool | None
    sql: str
    text: str
    """The predicate in the reader's language."""
    operator: str
    """AND, OR, NOT; empty at a leaf."""
    parts: tuple[Explanation, ...]
    facts: Mapping[str, str | None]
    """At a leaf: each fact compared, in the reader's words, with its value as shown; None when it is not known."""


def explain(node: Expression, facts: Mapping[str, Any], *, english: bool = False) -> Explanation:
    """The tree of a predicate over the facts it was decided on, in Chinese unless English is asked for."""
    holds, text = compiled(node)(facts), to_english(node) if english else to_chinese(node)
    if isinstance(node, Logic):
        parts = tuple(explain(part, facts, english=english) for part in node.parts)
        return Explanation(holds, to_sql(node), text, node.operator, parts, {})
    show = shown_in_english if english else shown
    read = {fact.en if english else fact.zh: show(fact, facts.get(name)) for name, fact in references(node).items()}
    return Explanation(holds, to_sql(node), text, "", (), read)


def shown(fact: Fact, value: Any) -> str | None:
    """A fact's value as a reader sees it; None when it is not known."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Span):
        return value.first.isoformat() if value.exact else f"{value.first.isoformat()} 至 {value.last.isoformat()}"
    if value is NEVER:
        return "尚未发生"
    if fact.kind in (Kind.YUAN, Kind.M2):
        return f"{in_threes(format_hundredths(value))} {'元' if fact.kind is Kind.YUAN else '平方米'}"
    if fact.kind is Kind.COUNT and isinstance(value, int):
        return f"{value:,}"
    if fact.kind is Kind.MONTH_DAY:
        return f"{value[0]:02d}-{value[1]:02d}"
    if isinstance(value, tuple):
        return "、".join(fact.labels.get(word, word) for word in value) or "无"
    return fact.labels.get(str(value), str(value))


def in_threes(amount: str) -> str:
    """An amount with two decimals, its digits in threes."""
    whole, _, decimals = amount.partition(".")
    return f"{int(whole):,}.{decimals}"


def answer_as_json(
    answer: Answer, vocabulary: Vocabulary, *, explain: bool = False, english: bool = False
) -> dict[str, Any]:
    """An answer as the contract's JSON object; with `explain` each clause carries its tree."""
    outcome = vocabulary.outcome(answer.decision, answer.outcome)
    return {
        "case": answer.case,
        "pack": answer.pack,
        "decision": answer.decision,
        "on": answer.on.isoformat(),
        "outcome": answer.outcome,
        "outcome_zh": outcome.zh,
        "outcome_en": outcome.en,
        "values": dict(answer.values),
        "clauses": [_clause(answer, clause, explain, english) for clause in answer.clauses],
        "missing": list(answer.missing),
        "flags": list(answer.flags),
        "pack_digest": answer.digest,
    }


def _clause(answer: Answer, clause: ClauseResult, with_tree: bool, english: bool) -> dict[str, Any]:
    row = clause.row
    found: dict[str, Any] = {
        "id": row.id,
        "section": row.section,
        "outcome": row.outcome or None,
        "holds": clause.holds,
        "decided": clause.decided,
        "modality": row.modality.value,
        "text": (row.text_en or row.text) if english else row.text,
    }
    if with_tree:
        found["why"] = _tree(explain(row.when, answer.facts, english=english), "en" if english else "zh")
    return found


def _tree(node: Explanation, language: str) -> dict[str, Any]:
    if node.operator:
        parts = [_tree(part, language) for part in node.parts]
        return {"operator": node.operator, "holds": node.holds, "parts": parts}
    return {"sql": node.sql, language: node.text, "holds": node.holds, "facts": dict(node.facts)}

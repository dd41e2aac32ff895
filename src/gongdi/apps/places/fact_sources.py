"""Where each fact of the vocabulary comes from (情况的来源): one mapping, held complete by a test.

A fact that several compounds' pages could tell is surveyed or counted. What belongs to a vote, a scheme, a project or
a question is told by the app that keeps it, or asked together with the question.
"""

from __future__ import annotations

from enum import StrEnum

from gongdi.apps.places.fact_names import FACT_NAMES
from gongdi.apps.places.facts import PROVIDERS
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary


class Origin(StrEnum):
    """How a fact comes to be known."""

    SURVEYED = "surveyed"
    """Recorded on the page of a compound or by a survey (摸底)."""
    COUNTED = "counted"
    """Counted from rows of the base database (清点)."""
    ASKED = "asked"
    """Part of the question itself: the item, the fund, the permit asked about (提问)."""
    VOTE = "vote"
    """The result of a vote, a consultation, a notice (表决与公示)."""
    SCHEME = "scheme"
    """Told by a renewal scheme and its review (方案)."""
    MONEY = "money"
    """Told by budgets, payments and accounts (资金)."""
    WORKS = "works"
    """Told by the works, their acceptance and archive (施工、验收)."""
    CARE = "care"
    """Told by the management afterwards (长效管理)."""


_BY_GROUP: dict[str, Origin] = {
    "地点、时间与现状": Origin.SURVEYED,
    "优先因素": Origin.SURVEYED,
    "改造内容": Origin.SCHEME,
    "征询与表决": Origin.VOTE,
    "方案与计划": Origin.SCHEME,
    "资金": Origin.MONEY,
    "审批与用地": Origin.SCHEME,
    "施工、验收与移交": Origin.WORKS,
    "长效管理与监督": Origin.CARE,
}


def origin_of(fact: Fact, vocabulary: Vocabulary) -> Origin | None:
    """Where a fact comes from; None when the mapping does not say."""
    if any(fact.name in provider.names for provider in PROVIDERS.values()):
        return Origin.COUNTED
    asked = {name for decision in vocabulary.decisions.values() for name in decision.selectors}
    if fact.kind is Kind.OPTION or fact.name in asked:
        return Origin.ASKED
    if fact.name in {about.name for about in FACT_NAMES}:
        return Origin.SURVEYED
    return _BY_GROUP.get(fact.group)

"""A stored decision taken again on the facts stored with it, under the pack as it is today."""

from __future__ import annotations

from dataclasses import dataclass

from gongdi.apps.policy.models import DecisionRecord
from gongdi.apps.policy.packs import library
from gongdi.apps.policy.presenting import Card, card_of
from gongdi.core.policy import Answer, Question, decide


@dataclass(frozen=True, slots=True)
class Replay:
    """What comes out when a stored decision is taken again (重放)."""

    card: Card | None
    same_outcome: bool
    same_pack: bool
    stored: str
    """The stored outcome in Chinese."""


def replay(record: DecisionRecord) -> Replay:
    """Take a stored decision again and compare."""
    library_now = library()
    stored = str(record.answer.get("outcome_zh", record.outcome))
    pack = library_now.packs.get(record.pack)
    if pack is None:
        return Replay(None, same_outcome=False, same_pack=False, stored=stored)
    question = Question(f"record-{record.pk}", record.pack, record.decision, record.as_of, record.facts)
    answer = decide(library_now, question)
    same = isinstance(answer, Answer) and answer.outcome == record.outcome
    return Replay(card_of(answer, pack, record.decision), same, pack.digest == record.pack_digest, stored)

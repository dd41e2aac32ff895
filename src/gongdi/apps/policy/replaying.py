"""A stored decision taken again on the facts stored with it: under its pack as it was, and as it is today."""

from __future__ import annotations

from dataclasses import dataclass

from gongdi.apps.policy.models import DecisionRecord, PackText
from gongdi.apps.policy.packs import library
from gongdi.apps.policy.presenting import Card, card_of
from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.packs import Library, Pack
from gongdi.core.policy.packtext import parse_pack


@dataclass(frozen=True, slots=True)
class Replay:
    """What comes out when a stored decision is taken again (重放)."""

    card: Card | None
    """Under the pack as it was when the decision was stored; None when that pack is not at hand."""
    same_outcome: bool
    same_pack: bool
    """Whether the pack of today is the one that was read then."""
    stored: str
    """The stored outcome, in the language of the page."""
    today: Card | None = None
    """Under the pack of today, when it is another; None when there is none any more."""
    same_today: bool = False


def replay(record: DecisionRecord, *, english: bool = False) -> Replay:
    """Take a stored decision again and compare."""
    stored = str(record.answer.get("outcome_en" if english else "outcome_zh", record.outcome))
    now = library().packs.get(record.pack)
    if now is not None and now.digest == record.pack_digest:
        return Replay(*_again(record, now, english), same_pack=True, stored=stored)
    then = _kept(record)
    card, same = _again(record, then, english) if then is not None else (None, False)
    today, same_today = _again(record, now, english) if now is not None else (None, False)
    return Replay(card, same, False, stored, today, same_today)


def _kept(record: DecisionRecord) -> Pack | None:
    """The pack of a record as it was; None where it was not kept, or where what reads packs has changed since."""
    row = PackText.objects.filter(digest=record.pack_digest, pack=record.pack).first()
    pack, _ = parse_pack(row.pack, row.texts, library().vocabulary) if row is not None else (None, [])
    return pack if pack is not None and pack.digest == record.pack_digest else None


def _again(record: DecisionRecord, pack: Pack, english: bool) -> tuple[Card, bool]:
    question = Question(f"record-{record.pk}", record.pack, record.decision, record.as_of, record.facts)
    answer = decide(Library(library().vocabulary, {pack.slug: pack}), question)
    same = isinstance(answer, Answer) and answer.outcome == record.outcome
    return card_of(answer, pack, record.decision, english=english), same

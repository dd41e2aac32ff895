"""Silence filled from the level above, only where the document says so, and named (逐级参照, X-33).

A district's document may rest on its city's, province's, the nation's. What it does not regulate is then looked up
there, nearest first, but only for the decisions that its pack names in `falls_through`. The answer carries the pack
that gave it. Unrelated provinces are never mixed: a pack may rest only on documents of places that contain its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongdi.core.policy.deciding import Answer, Question, Refusal, decide
from gongdi.core.policy.packs import Library, Pack, PackFault
from gongdi.core.policy.vocabulary import NOT_REGULATED

EVERYTHING = "*"
WHOLE_NATION = "全国"
LEVELS = ("district", "city", "province", "nation")


def decide_with_levels(library: Library, question: Question) -> Answer | Refusal:
    """The answer of the pack asked for, or, where it is silent and says so, of the nearest level that speaks.

    `Answer.pack` names who answered; when nobody does, the answer is the first pack's own silence.
    """
    first = decide(library, question)
    if not isinstance(first, Answer) or first.outcome != NOT_REGULATED or _not_yet(library, question.pack, question.on):
        return first
    for slug in levels_above(library, question.pack, question.decision):
        answer = decide(library, replace(question, pack=slug))
        if not isinstance(answer, Answer):
            return answer
        if answer.outcome != NOT_REGULATED:
            return replace(answer, flags=tuple(dict.fromkeys((*first.flags, *answer.flags))))
    return first


def answering_pack(library: Library, slug: str, decision: str, on: date) -> Pack | None:
    """The pack whose table speaks on a decision: the one asked for, or the nearest level that it leaves it to."""
    own = library.packs[slug]
    if decision in own.tables:
        return own
    if _not_yet(library, slug, on):
        return None
    above = (library.packs[each] for each in levels_above(library, slug, decision))
    return next((pack for pack in above if decision in pack.tables), None)


def _not_yet(library: Library, slug: str, on: date) -> bool:
    """Whether a document is not yet in force: it leaves nothing to others before it stands."""
    first = library.packs[slug].document.first_day
    return first is not None and on < first


def levels_above(library: Library, slug: str, decision: str) -> Iterator[str]:
    """The packs that may fill a pack's silence on a decision, nearest first; those not at hand are left out."""
    pack = library.packs.get(slug)
    if pack is None or not ({decision, EVERYTHING} & set(pack.falls_through)):
        return
    yield from (above for above in pack.rests_on if above in library.packs)


def resting_faults(pack: Pack, library: Library) -> list[PackFault]:
    """What is wrong with the levels that a pack rests on: unknown, not above it, or of another place."""
    found = []
    if pack.falls_through and not pack.rests_on:
        told = "写了参照上级的判定，却没有写上级"
        remedy = "请在 rests_on 写上级政策包，或把这一项留空"
        found.append(PackFault(f"{pack.slug}/pack.toml", 0, "falls_through", told, remedy))
    for slug in pack.rests_on:
        above = library.packs.get(slug)
        if above is None:
            found.append(_fault(pack, f"没有政策包“{slug}”", "请先编写上级政策包，或删去这一项"))
        elif _level(above) <= _level(pack):
            found.append(_fault(pack, f"“{slug}”的层级不在本文件之上", "只能参照上级文件"))
        elif above.document.place != WHOLE_NATION and not pack.document.place.startswith(above.document.place):
            found.append(
                _fault(pack, f"“{slug}”属于{above.document.place}，不包含{pack.document.place}", "不能参照外地文件")
            )
    return found


def _level(pack: Pack) -> int:
    return LEVELS.index(pack.document.level) if pack.document.level in LEVELS else -1


def _fault(pack: Pack, problem: str, remedy: str) -> PackFault:
    return PackFault(f"{pack.slug}/pack.toml", 0, "rests_on", problem, remedy)

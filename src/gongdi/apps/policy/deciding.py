"""Decisions about compounds, taken when they are asked for: one with its reasons, or many as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongdi.apps.places.facts import facts_of, facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.packs import Governing, governing_of, library
from gongdi.core.policy import Answer, Question, Refusal, falling
from gongdi.core.policy.falling import decide_with_levels
from gongdi.core.policy.packs import Pack
from gongdi.core.policy.vocabulary import NOT_REGULATED
from gongdi.engines.polars_tables import CLAUSE, MISSING, OUTCOME, decide_table, facts_frame
from gongdi.engines.survey_list import SurveyNeed, survey_list

ON_A_COMPOUND = (
    "scope",
    "support_tier",
    "priority_factors",
    "consultation_gate",
    "owner_minimum_share",
    "owner_money_use",
    "scheme_complete",
    "illegal_construction",
    "management_mode",
)
"""The decisions that the page of a compound shows when its pack regulates them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A compound's answer to one decision, without its reasons."""

    outcome: str
    clause: str | None
    missing: tuple[str, ...]


def answer_for(
    compound: Compound, decision: str, ground: Governing, facts: dict[str, Any] | None = None
) -> Answer | Refusal:
    """One decision about one compound, with all that explains it."""
    known = facts if facts is not None else facts_of(compound)
    question = Question(f"compound-{compound.pk}", ground.pack.slug, decision, ground.as_of, known)
    return decide_with_levels(library(), question)


def answering_pack(ground: Governing, decision: str) -> Pack | None:
    """The pack that regulates a decision here: the governing one, or the nearest level that it leaves it to."""
    return falling.answering_pack(library(), ground.pack.slug, decision, ground.as_of)


def answers_for(compound: Compound, ground: Governing) -> list[tuple[str, Answer | Refusal]]:
    """Every decision that the page of a compound shows, by name: what is not regulated is left out."""
    facts = facts_of(compound)
    names = [name for name in ON_A_COMPOUND if answering_pack(ground, name)]
    answers = [(name, answer_for(compound, name, ground, facts)) for name in names]
    return [(name, each) for name, each in answers if isinstance(each, Refusal) or each.outcome != NOT_REGULATED]


Facts = dict[int, dict[str, Any]]
"""Facts by compound and name."""


def verdicts(compounds: Iterable[Compound], decision: str) -> dict[int, Verdict | None]:
    """One decision over many compounds, each under the pack that governs it; None where no pack does."""
    found: dict[int, Verdict | None] = {}
    for ground, group in _by_ground(compounds):
        found |= verdicts_under(ground, group, decision) if ground else dict.fromkeys(row.pk for row in group)
    return found


def _by_ground(compounds: Iterable[Compound]) -> list[tuple[Governing | None, list[Compound]]]:
    rows = list(compounds)
    grounds = governing_of(row.place for row in rows)
    groups: dict[tuple[str, str], list[Compound]] = defaultdict(list)
    kept: dict[tuple[str, str], Governing | None] = {}
    for row in rows:
        ground = grounds[row.place]
        key = (ground.pack.slug, ground.as_of.isoformat()) if ground else ("", "")
        groups[key].append(row)
        kept[key] = ground
    return [(kept[key], group) for key, group in groups.items()]


def verdicts_under(
    ground: Governing, group: Sequence[Compound], decision: str, known: Facts | None = None
) -> dict[int, Verdict | None]:
    """One decision over compounds under one pack; `known` are their facts, where these have been read already."""
    pack = answering_pack(ground, decision)
    if pack is None:
        return {row.pk: Verdict(NOT_REGULATED, None, ()) for row in group}
    table = pack.tables[decision]
    facts = facts_of_many(group) if known is None else known
    frame, _ = facts_frame(table, [facts[row.pk] for row in group], ground.as_of, library().vocabulary)
    decided = decide_table(library(), pack.slug, decision, frame, ground.as_of).frame
    rows = decided.select(OUTCOME, CLAUSE, MISSING).iter_rows()
    found: dict[int, Verdict | None] = {
        row.pk: Verdict(outcome, clause, tuple(missing or ()))
        for row, (outcome, clause, missing) in zip(group, rows, strict=True)
    }
    silent = [row for row in group if (verdict := found[row.pk]) and verdict.outcome == NOT_REGULATED]
    return found | _fallen(ground, silent, decision, facts)


def _fallen(
    ground: Governing, silent: Sequence[Compound], decision: str, facts: dict[int, dict[str, Any]]
) -> dict[int, Verdict | None]:
    """What the levels above say where the table itself is silent, case by case."""
    found: dict[int, Verdict | None] = {}
    for row in silent:
        answer = answer_for(row, decision, ground, facts[row.pk])
        if isinstance(answer, Answer) and answer.outcome != NOT_REGULATED:
            clause = next((each.row.id for each in answer.clauses if each.decided), None)
            found[row.pk] = Verdict(answer.outcome, clause, answer.missing)
    return found


def survey(
    compounds: Sequence[Compound], ground: Governing, decision: str = "scope", known: Facts | None = None
) -> list[SurveyNeed]:
    """The facts that a survey of these compounds should find out, the most useful first; `known` as for verdicts."""
    pack = answering_pack(ground, decision)
    if pack is None or not compounds:
        return []
    facts = facts_of_many(compounds) if known is None else known
    frame, _ = facts_frame(
        pack.tables[decision], [facts[row.pk] for row in compounds], ground.as_of, library().vocabulary
    )
    return survey_list(library(), pack.slug, decision, frame, ground.as_of)

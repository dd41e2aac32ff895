"""What is already known of the compounds that are asked, by question: value, source, day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gongdi.apps.inventory.models import Facility
from gongdi.apps.places.facts import known_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.survey.questions import FACT, ITEM
from gongdi.core.survey.answers import Value


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What is known on a question; `counted` where it is counted from rows and no answer would change it."""

    value: Value
    source: str
    on: date | None
    counted: bool = False


def known_answers(compounds: Sequence[Compound], keys: Collection[str]) -> dict[int, dict[str, KnownAnswer]]:
    """What is known of compounds on the questions, by compound; a few queries however many there are."""
    wanted = set(keys)
    found: dict[int, dict[str, KnownAnswer]] = {row.pk: {} for row in compounds}
    if any(key.startswith(FACT) for key in wanted):
        for pk, facts in known_of_many(compounds).items():
            for name, fact in facts.items():
                if FACT + name in wanted and fact.value is not None:
                    found[pk][FACT + name] = KnownAnswer(fact.value, fact.source, fact.on, fact.counted)
    if any(key.startswith(ITEM) for key in wanted):
        rows = Facility.objects.filter(compound__in=list(found), withdrawn_at=None)
        for row in rows:
            if ITEM + row.item in wanted:
                value: Value = {"condition": row.condition, "quantity": row.quantity}
                found[row.compound_id][ITEM + row.item] = KnownAnswer(value, row.source, row.found_on)
    return found


def values(known: dict[str, KnownAnswer]) -> dict[str, Value]:
    """The values alone."""
    return {key: each.value for key, each in known.items()}

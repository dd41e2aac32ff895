"""The menu that the policy in force offers at a compound, and what it says of who pays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gongdi.apps.consultation.plain import PlainItem, plain_items
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.deciding import answer_for
from gongdi.apps.policy.packs import Governing, library
from gongdi.core.consultation.choosing import SPECIAL_PROJECTS
from gongdi.core.consultation.pledges import Pledge, asked_for
from gongdi.core.consultation.prices import WHOLE, Payer
from gongdi.core.policy import Answer
from gongdi.core.policy.packs import CatalogueEntry
from gongdi.core.values import parse_hundredths

UNCLASSED = "unclassed"
_PARKING, _PARKING_PARTS = "parking", {"parking_order", "parking_lot"}
_PAYER_FACTS = {
    Payer.UTILITY: "utility",
    Payer.OWNERS: "residents",
    Payer.ORIGINAL_UNIT: "original_unit",
    Payer.SOCIETY: "social_force",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An item that may be put on a menu."""

    item: str
    item_class: str
    section: str
    special: bool
    plain: PlainItem


def class_words() -> dict[str, str]:
    """The words of the classes, in the order of the documents: basic, improvement, upgrade, unclassed."""
    return {code: each.zh for code, each in library().vocabulary.decisions["item_class"].outcomes.items()}


def choices_of(compound: Compound, ground: Governing) -> list[Choice]:
    """The catalogue of the pack in force as choices, class by class.

    Parking as a whole is left out where its two parts are listed by themselves (X-21).
    """
    entries: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in ground.pack.catalogue:
        entries[entry.item].append(entry)
    if entries.keys() >= _PARKING_PARTS and any(each.item_class == "two_classes" for each in entries[_PARKING]):
        del entries[_PARKING]
    special, plain = SPECIAL_PROJECTS.get(ground.pack.slug), plain_items()
    found = [
        Choice(item, *_class_of(compound, ground, listed), special is not None and item in special.items, plain[item])
        for item, listed in entries.items()
    ]
    order = list(class_words())
    return sorted(found, key=lambda each: order.index(each.item_class))


def _class_of(compound: Compound, ground: Governing, listed: list[CatalogueEntry]) -> tuple[str, str]:
    """Class and section; one that the document lists under conditions is decided, and unclassed while it cannot be."""
    first = listed[0]
    if len(listed) == 1:
        return first.item_class, first.section
    answer = answer_for(compound, "item_class", ground, {"item": first.item})
    decided = answer.outcome if isinstance(answer, Answer) and answer.outcome in class_words() else UNCLASSED
    return decided, first.section


@dataclass(frozen=True, slots=True)
class WhoPays:
    """The shares to begin with, in hundredths of a percent, and where they come from; no shares where no pack tells."""

    shares: Mapping[Payer, int]
    source: str
    duties: tuple[tuple[Payer, str, str], ...]
    """Payer, how strongly the document wants it to contribute, section."""


def who_pays(compound: Compound, ground: Governing) -> WhoPays:
    """What the policy in force says of who pays: the owners' least share (CD-20), and each payer's duty (CD-26)."""
    words = {code: each.zh for code, each in library().vocabulary.decisions["funding_duty"].outcomes.items()}
    duties = []
    for payer, fact in _PAYER_FACTS.items():
        answer = answer_for(compound, "funding_duty", ground, {"payer": fact})
        if isinstance(answer, Answer) and answer.outcome in words:
            duties.append((payer, words[answer.outcome], _section(answer)))
    # A minimum of a total of 10 000 yuan is, in yuan, the share in hundredths of a percent.
    asked = {"total_investment_yuan": WHOLE, "owner_money_yuan": 0, "social_money_yuan": 0}
    answer = answer_for(compound, "owner_minimum_share", ground, asked)
    least = parse_hundredths(answer.values["minimum_yuan"]) if (
        isinstance(answer, Answer) and "minimum_yuan" in answer.values
    ) else None  # fmt: skip
    if least is None or least % 100 or not isinstance(answer, Answer):
        return WhoPays({}, "", tuple(duties))
    owners = least // 100
    source = f"{ground.pack.document.title}{_section(answer)}：业主和社会力量出资不少于总投资的 {_percent(owners)}"
    return WhoPays({Payer.FISCAL: WHOLE - owners, Payer.OWNERS: owners}, source, tuple(duties))


def _section(answer: Answer) -> str:
    decided = next((each for each in answer.clauses if each.decided), None)
    return decided.row.section if decided is not None else ""


def _percent(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}%" if rest else f"{whole}%"


def households_needed(compound: Compound, ground: Governing, reached: int, total: int) -> tuple[int, str] | None:
    """How many households the policy wants consulted before the compound is fixed, and where; None: it says nothing."""
    facts = {"households_consulted": reached, "households_total": total}
    answer = answer_for(compound, "consultation_gate", ground, facts)
    if not isinstance(answer, Answer) or "households_needed" not in answer.values:
        return None
    return int(answer.values["households_needed"]), f"{ground.pack.document.title}{_section(answer) or ''}"


def pledges_asked(ground: Governing) -> tuple[Pledge, ...]:
    """The questions beside the menu that bear on what the policy in force takes as a reason to come first (C-23)."""
    table = ground.pack.tables.get("priority_factors")
    return asked_for({fact.name for fact in table.reads}) if table is not None else ()

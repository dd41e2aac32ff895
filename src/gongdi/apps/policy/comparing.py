"""A comparison of two packs or two days as its page shows it, with its effect on the compounds a person sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.packs import Governing, governing, library, missing_words
from gongdi.core.policy.comparing import TableDifference, compare_catalogues, compare_packs
from gongdi.core.policy.packs import Pack
from gongdi.core.policy.vocabulary import Outcome
from gongdi.engines.comparing import effects, transitions
from gongdi.web import clock

SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: two packs, each for a day, and the decision whose effect is shown."""

    left: Pack
    right: Pack
    on_left: date
    on_right: date
    decision: str


def asked_sides(user: User, query: Mapping[str, str]) -> Sides:
    """The sides that an address asks for; without it, what governs the person's compounds beside another document."""
    packs = library().packs
    asked = query.get("decision", "")
    decision = asked if asked in library().vocabulary.decisions else SCOPE
    able = [pack for pack in packs.values() if decision in pack.tables] or list(packs.values())
    ground = _usual(user)
    usual = ground.pack if ground is not None else able[0]
    other = next((pack for pack in reversed(able) if pack is not usual), usual)
    day = ground.as_of if ground is not None else clock.today()
    return Sides(
        packs.get(query.get("left", ""), usual),
        packs.get(query.get("right", ""), other),
        _day(query.get("on_left", ""), day),
        _day(query.get("on_right", ""), day),
        decision,
    )


def _usual(user: User) -> Governing | None:
    """What governs the first compound that a person sees, if anything does."""
    place = visible_compounds(user).order_by("pk").values_list("place", flat=True).first()
    return governing(place) if place is not None else None


def _day(text: str, usual: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return usual


@dataclass(frozen=True, slots=True)
class Changed:
    """A compound that changes sides."""

    compound: Compound
    left: Outcome
    right: Outcome
    lacking: str


def comparison(user: User, sides: Sides) -> dict[str, Any]:
    """The differences, and who of the compounds that the person sees changes sides."""
    vocabulary = library().vocabulary
    tables = list(compare_packs(sides.left, sides.right, sides.on_left, sides.on_right))
    rows = list(visible_compounds(user).select_related("street", "county"))
    facts = facts_of_many(rows)
    found = effects(
        library(),
        sides.decision,
        (sides.left.slug, sides.on_left),
        (sides.right.slug, sides.on_right),
        [facts[row.pk] for row in rows],
    )

    def outcome(code: str) -> Outcome:
        return vocabulary.outcome(sides.decision, code)

    changed = [
        Changed(
            rows[each.index],
            outcome(each.left),
            outcome(each.right),
            "、".join(missing_words(each.right_missing)),
        )
        for each in found
        if each.changed
    ]
    return {
        "chosen": _chosen(tables, sides.decision),
        "tables": [(vocabulary.decisions[each.decision], each) for each in tables],
        "items": _items(sides),
        "moves": [(outcome(one), outcome(other), number) for one, other, number in transitions(found)],
        "changed": changed,
        "total": len(rows),
    }


def _chosen(tables: list[TableDifference], decision: str) -> TableDifference | None:
    return next((each for each in tables if each.decision == decision), None)


def _items(sides: Sides) -> list[tuple[str, str, str]]:
    vocabulary = library().vocabulary
    classes = vocabulary.decisions["item_class"].outcomes

    def words(codes: tuple[str, ...]) -> str:
        return "、".join(classes[code].zh for code in codes) or "未列"

    return [
        (vocabulary.items[each.item].zh, words(each.left), words(each.right))
        for each in compare_catalogues(sides.left, sides.right)
    ]

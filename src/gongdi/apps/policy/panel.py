"""What policy shows on the page of a compound: its decisions, the scope first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.access import SEE_DECISIONS
from gongdi.apps.policy.deciding import answering_pack, answers_for
from gongdi.apps.policy.packs import governing, library
from gongdi.apps.policy.presenting import card_of


def compound_panel(request: HttpRequest, compound: Compound) -> dict[str, Any] | None:
    """The decisions about a compound under the pack of its place, or why there are none; None for who sees none."""
    if not person(request).may(SEE_DECISIONS, compound.place, on=compound):
        return None
    ground = governing(compound.place)
    if ground is None:
        return {"compound": compound, "ground": None}
    answers = answers_for(compound, ground)
    cards = [card_of(each, ground.pack, name) for name, each in answers]
    may_record = person(request).may("places.record_fact", compound.place)
    told = {"compound": compound, "ground": ground, "may_record": may_record}
    shown = {name for name, _ in answers}
    decisions = library().vocabulary.decisions.values()
    more = [about for about in decisions if about.name not in shown and answering_pack(ground, about.name)]
    return {**told, "first": cards[0] if cards else None, "others": cards[1:], "more": more}

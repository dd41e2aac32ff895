"""Facts and events of a compound in words."""

from __future__ import annotations

from django import template

from gongdi.apps.audit.models import Event
from gongdi.apps.audit.verbs import VERBS
from gongdi.apps.places.fact_names import shown, shown_grouped
from gongdi.apps.places.models import CompoundFact

register = template.Library()


@register.filter
def fact_value(fact: CompoundFact) -> str:
    """A fact's value in words."""
    return shown_grouped(fact.name, fact.value)


@register.filter
def event_line(event: Event) -> str:
    """What an event did to a compound, in one line."""
    after, before = event.after or {}, event.before or {}
    word = VERBS.get(event.verb, event.verb)
    if "stage" in after:
        return f"{word}：{before.get('stage')} → {after['stage']}"
    if "fact" in after:
        old = f"{shown(after['fact'], before['value'])} → " if "value" in before else ""
        return f"{word}：{after.get('title', '')} {old}{shown(after['fact'], after['value'])}"
    return word

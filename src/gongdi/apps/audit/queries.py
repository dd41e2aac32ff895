"""Reads of the chain."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from gongdi.apps.audit import chain
from gongdi.apps.audit.models import Event, Head
from gongdi.apps.audit.verbs import VERBS


def all_events(*, verb: str = "", words: str = "") -> QuerySet[Event]:
    """Events, newest first, narrowed by verb and by words in the object, the person or the reason."""
    events = Event.objects.all()
    if verb:
        events = events.filter(verb=verb)
    if words:
        events = events.filter(
            Q(object_name__icontains=words) | Q(actor_name__icontains=words) | Q(why__icontains=words)
        )
    return events


def events_about(subject: Model, limit: int = 20) -> list[Event]:
    """The latest events about one object."""
    events = Event.objects.filter(object_kind=subject._meta.label_lower, object_id=str(subject.pk))
    return list(events[:limit])


def verbs_used() -> list[tuple[str, str]]:
    """The verbs that occur, each with its Chinese word."""
    used = Event.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, VERBS.get(verb, verb)) for verb in used]


def verify_chain() -> chain.Verdict:
    """Recount the whole chain as it stands in the database."""
    head = Head.objects.get(pk=1)
    return chain.check(Event.objects.order_by("number").iterator(2000), head.number, head.digest)

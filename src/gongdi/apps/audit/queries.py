"""Reads of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from gongdi.apps.audit import chain
from gongdi.apps.audit.models import Event, Head
from gongdi.apps.audit.verbs import VERBS


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a verb, a person, words, a place (prefix of a division code), days from and to, a channel."""

    verb: str = ""
    person: str = ""
    words: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    channel: str = ""


def events_within(places: Sequence[str]) -> QuerySet[Event]:
    """The events at some places (prefixes of a division code; "" is everywhere); those without a place, such as
    sign-ins, belong to everywhere alone."""
    reach = Q(pk__in=[])
    for prefix in places:
        if not prefix:
            return Event.objects.all()
        reach |= Q(place__startswith=prefix)
    return Event.objects.filter(reach)


def found_events(search: Search, places: Sequence[str]) -> QuerySet[Event]:
    """Events at some places, newest first, narrowed by everything that the search names."""
    events = events_within(places)
    exact = {"verb": search.verb, "channel": search.channel, "place__startswith": search.place}
    events = events.filter(**{key: value for key, value in exact.items() if value})
    if search.person:
        events = events.filter(Q(actor_name__icontains=search.person) | Q(actor__username__iexact=search.person))
    if search.words:
        words = search.words
        events = events.filter(Q(object_name__icontains=words) | Q(why__icontains=words) | Q(post__icontains=words))
    if search.since:
        events = events.filter(at__gte=_midnight(search.since))
    if search.until:
        events = events.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def events_about(subject: Model, limit: int = 20) -> list[Event]:
    """The latest events about one object."""
    events = Event.objects.filter(object_kind=subject._meta.label_lower, object_id=str(subject.pk))
    return list(events[:limit])


def verbs_used() -> list[tuple[str, str]]:
    """The verbs that occur, each with its Chinese word."""
    used = Event.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, VERBS.get(verb, verb)) for verb in used]


def head() -> Head:
    """The last link of the chain."""
    return Head.objects.get(pk=1)


def verify_chain(anchors: Mapping[int, str] | None = None) -> chain.Verdict:
    """Recount the whole chain as it stands in the database, and against heads written down earlier."""
    last = head()
    return chain.check(Event.objects.order_by("number").iterator(2000), last.number, last.digest, anchors or {})

"""The one way to add an event, or several of one transaction; every service calls it inside its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Model

from gongdi.apps.audit import chain
from gongdi.apps.audit.models import Event, Head
from gongdi.web import clock, origin
from gongdi.web.origin import Origin
from gongdi.web.prepared import Prepared
from gongdi.web.statements import Insert, Update, run

_HEAD = Prepared(lambda pk: Head.objects.select_for_update().filter(pk=pk), int)
_COLUMNS = (
    "number", "at", "verb", "actor_id", "actor_name", "object_kind", "object_id", "object_name", "place", "before",
    "after", "why", "post", "channel", "address", "session", "version", "previous_digest", "digest",
)  # fmt: skip
_EVENTS, _row_of = Insert(Event, *_COLUMNS, returning=["number", "id"]), attrgetter(*_COLUMNS)
_MOVED = Update(Head, "number", "digest")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something done that is to be an event; see `record`. `whence` tells from where, when it is written elsewhere."""

    verb: str
    by: Any
    on: Model
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    why: str = ""
    place: str = ""
    at: datetime | None = None
    whence: Origin | None = None


def record(  # noqa: PLR0913 -- one event, said whole
    verb: str,
    *,
    by: Any,
    on: Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
    place: str = "",
    at: datetime | None = None,
) -> Event:
    """Add an event to the chain. `by` is a person, or None for the system; `on` is the saved object it was done to.

    `before` and `after` hold JSON values without floats. Call it inside the transaction of the write it records. Under
    which post it was done, `by` tells itself (`post_for`); from where, the middleware of origins has told.
    """
    (event,) = record_together([Happened(verb, by, on, before, after, why, place, at)])
    return event


def record_together(happened: Sequence[Happened]) -> list[Event]:
    """Add several events of one transaction to the chain, in order: one look at its head, one statement for all."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the write it belongs to")
    if not happened:
        return []
    (head,), here, now = _HEAD.rows(1), origin.current(), clock.now()
    number, digest, events = head.number, head.digest, []
    for each in happened:
        event = _event(each, number + 1, digest, each.whence or here, now)
        number, digest = event.number, event.digest
        events.append(event)
    kept = _EVENTS.statement(_row_of(event) for event in events)
    keys = dict(run(kept, _MOVED.statement(head.pk, number, digest))[0])
    for event in events:
        event.pk, event._state.adding, event._state.db = keys[event.number], False, "default"
    return events


def _event(told: Happened, number: int, previous: str, whence: Origin, now: datetime) -> Event:
    by, on = told.by, told.on
    post_for = getattr(by, "post_for", None)
    event = Event(
        number=number,
        at=told.at or now,
        verb=told.verb,
        # A resident acts too, but is nobody who signs in as staff: their masked number alone is told.
        actor=by if isinstance(by, get_user_model()) else None,
        actor_name=by.display_name if by is not None else "系统",
        object_kind=on._meta.label_lower,
        object_id=str(on.pk),
        object_name=str(on)[:200],
        place=told.place,
        before=told.before,
        after=told.after,
        why=told.why,
        post=post_for(told.verb, told.place)[:200] if post_for is not None else "",
        channel=whence.channel,
        address=whence.address,
        session=whence.session,
        version=chain.VERSION,
        previous_digest=previous,
    )
    event.digest = chain.digest_of(event)
    return event


@transaction.atomic
def export_events(*, by: Any, query: dict[str, str], count: int, now: datetime) -> Event:
    """Note that events were taken out of the system (导出审计记录): which, and how many."""
    head = Head.objects.get(pk=1)
    after = {"query": [f"{key}={value}" for key, value in sorted(query.items())], "count": count}
    return record("audit.export_events", by=by, on=head, after=after, at=now)

"""The one way to add an event; every service calls it inside its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from gongdi.apps.audit.chain import digest_of
from gongdi.apps.audit.models import Event, Head
from gongdi.web import clock


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

    `before` and `after` hold JSON values without floats. Call it inside the transaction of the write it records.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the write it belongs to")
    head = Head.objects.select_for_update().get(pk=1)
    event = Event(
        number=head.number + 1,
        at=at or clock.now(),
        verb=verb,
        actor=by,
        actor_name=by.display_name if by is not None else "系统",
        object_kind=on._meta.label_lower,
        object_id=str(on.pk),
        object_name=str(on)[:200],
        place=place,
        before=before,
        after=after,
        why=why,
        previous_digest=head.digest,
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    Head.objects.filter(pk=1).update(number=event.number, digest=event.digest)
    return event

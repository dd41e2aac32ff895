"""The one door to the clock: everything else takes `now` or `today` as an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """This day in the time zone of the office."""
    return timezone.localdate()


def local_date(moment: datetime) -> date:
    """The day of a moment in the time zone of the office."""
    return timezone.localdate(moment)

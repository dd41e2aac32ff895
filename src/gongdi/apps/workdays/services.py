"""Writes about the calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.workdays.models import CalendarYear


@transaction.atomic
def enter_year(
    *, year: int, notice: str, off: Collection[date], worked: Collection[date], by: User, now: datetime, why: str = ""
) -> CalendarYear:
    """Enter a year's notice (录入节假日安排); the same year again replaces it, for the reason told."""
    days = {"off": sorted(day.isoformat() for day in off), "worked": sorted(day.isoformat() for day in worked)}
    known = CalendarYear.objects.filter(year=year).first()
    before = {"notice": known.notice, "off": known.off, "worked": known.worked} if known else None
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"notice": notice[:100], "entered_at": now, **days}
    )
    record("workdays.enter_year", by=by, on=row, before=before, after={"notice": notice, **days}, why=why, at=now)
    return row

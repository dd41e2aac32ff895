"""Writes about visits: one verb, one transaction, one audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.mobilisation.drives import Drive
from gongdi.apps.mobilisation.models import Visit


@dataclass(frozen=True, slots=True)
class Call:
    """What came of a call at a door (a Visit.Outcome), on which day, and the day agreed on for another."""

    outcome: str
    on: date
    again_on: date | None = None
    note: str = ""


@transaction.atomic
def record_visit(*, drive: Drive, dwelling: Dwelling, call: Call, by: User, now: datetime) -> Visit:
    """Keep a call at a dwelling (登记走访)."""
    made = Visit.objects.create(
        drive_kind=drive.kind, drive_id=drive.pk, compound=drive.compound, dwelling=dwelling, outcome=call.outcome,
        on=call.on, again_on=call.again_on, note=call.note[:200], recorded_by=by, recorded_at=now,
    )  # fmt: skip
    after = {"title": drive.title, "outcome": made.get_outcome_display(), "on": call.on.isoformat()}
    record("mobilisation.record_visit", by=by, on=made, after=after, place=drive.compound.place, at=now)
    return made

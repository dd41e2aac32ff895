"""Consultations as drives: a home is reached once an answer of it came; a noted attempt counts as a call."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.consultation.models import Attempt, Household, Round
from gongdi.apps.dwellings.models import Ownership
from gongdi.apps.mobilisation.drives import Drive, DriveHome, DriveKind

SEE = "mobilisation.see_reach"
WORD = "意愿征询"


def running(user: User) -> list[Drive]:
    """The rounds that run where a person may see reach."""
    rows = within_reach(Round.objects.filter(state=Round.State.OPEN), user, SEE, "compound__place")
    return [
        Drive("consultation", row.pk, WORD, str(row), row.compound,
              timezone.make_aware(datetime.combine(row.until, time(23, 59))))
        for row in rows.select_related("compound").order_by("until", "pk")
    ]  # fmt: skip


def homes(pk: int) -> list[DriveHome]:
    """The households of a round in order: four statements, whatever the size."""
    rows = Household.objects.filter(round=pk, left_off="").select_related("building", "dwelling").order_by("number")
    answered = set(Household.objects.filter(round=pk, responses__isnull=False).values_list("pk", flat=True))
    tried = set(Attempt.objects.filter(household__round=pk).values_list("household", flat=True))
    owners: dict[int, list[str]] = {}
    held = Ownership.objects.filter(until=None, dwelling__in=rows.values("dwelling")).order_by("pk")
    for dwelling, name in held.values_list("dwelling", "owner__name_masked"):
        owners.setdefault(dwelling, []).append(name)
    return [
        DriveHome(
            row.dwelling_id, row.building.name, f"{row.dwelling.stairwell}{row.dwelling.room}",
            "、".join(owners.get(row.dwelling_id, [])), row.pk in answered, True,
            reverse("consultation:enter_answer", args=[pk, row.number]), called=row.pk in tried,
        )
        for row in rows
    ]  # fmt: skip


ROUNDS = DriveKind("consultation", WORD, running, homes)

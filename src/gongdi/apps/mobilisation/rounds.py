"""Consultations as drives: a home is reached once an answer of it came; a noted attempt counts as a call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.consultation.models import Attempt, Household, Response, Round
from gongdi.apps.dwellings.models import Ownership
from gongdi.apps.mobilisation.drives import Drive, DriveHome, DriveKind, Stand

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


def stands(rounds: Collection[int]) -> list[Stand]:
    """How the households of some rounds stand: three statements, however many."""
    rows = Household.objects.filter(round__in=rounds, left_off="").order_by("number")
    answered = set(Response.objects.filter(round__in=rounds).values_list("household", flat=True))
    tried = set(Attempt.objects.filter(household__round__in=rounds).values_list("household", flat=True))
    return [
        Stand(asked, dwelling, pk in answered, pk in tried, has_owner=True)
        for asked, pk, dwelling in rows.values_list("round", "pk", "dwelling")
    ]


def homes(pk: int) -> list[DriveHome]:
    """The households of a round in order: five statements, whatever the size."""
    stood = {row.dwelling: row for row in stands([pk])}
    rows = Household.objects.filter(round=pk, left_off="").select_related("building", "dwelling").order_by("number")
    owners: dict[int, list[str]] = {}
    held = Ownership.objects.filter(until=None, dwelling__in=rows.values("dwelling")).order_by("pk")
    for dwelling, name in held.values_list("dwelling", "owner__name_masked"):
        owners.setdefault(dwelling, []).append(name)
    return [
        DriveHome(
            row.dwelling_id, row.building.name, f"{row.dwelling.stairwell}{row.dwelling.room}",
            "、".join(owners.get(row.dwelling_id, [])), stood[row.dwelling_id].answered, True,
            reverse("consultation:enter_answer", args=[pk, row.number]), called=stood[row.dwelling_id].called,
        )
        for row in rows
    ]  # fmt: skip


ROUNDS = DriveKind("consultation", WORD, running, stands, homes)

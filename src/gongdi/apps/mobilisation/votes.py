"""Votes as drives: a home is reached once a ballot of its owner came or a paper was handed in, whatever it says."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.mobilisation.drives import Drive, DriveHome, DriveKind
from gongdi.apps.voting.models import PaperEntry, Unit, Vote

SEE = "mobilisation.see_reach"
WORD = "业主表决"


def running(user: User) -> list[Drive]:
    """The votes that run where a person may see reach."""
    rows = within_reach(Vote.objects.filter(state=Vote.State.OPEN), user, SEE, "compound__place")
    return [
        Drive("vote", row.pk, WORD, str(row), row.compound, row.until)
        for row in rows.select_related("compound").order_by("until", "pk")
    ]


def _page(vote: int, number: int) -> str:
    return reverse("voting:see_unit", args=[vote, number])


def homes(pk: int) -> list[DriveHome]:
    """The dwellings on the frozen roll of a vote, in the order of the roll: four statements, whatever the size."""
    answered = set(Unit.objects.filter(vote=pk, ballots__isnull=False).values_list("pk", flat=True))
    handed_in = PaperEntry.objects.filter(vote=pk).exclude(state__in=PaperEntry.OVER)
    answered |= set(handed_in.values_list("unit", flat=True))
    units = {unit.pk: unit for unit in Unit.objects.filter(vote=pk)}
    pairs = Unit.dwellings.through.objects.filter(unit__vote=pk).values_list("unit", "dwelling")
    unit_of = {dwelling: units[unit] for unit, dwelling in pairs}
    rows = Dwelling.objects.filter(pk__in=unit_of).select_related("building")
    page_of = partial(_page, pk)
    ordered = sorted(rows, key=lambda row: (unit_of[row.pk].place_on_roll, row.pk))
    return [
        DriveHome(
            row.pk, row.building.name, f"{row.stairwell}{row.room}", unit_of[row.pk].owners_masked,
            unit_of[row.pk].pk in answered, unit_of[row.pk].votable,
            page_of(unit_of[row.pk].place_on_roll),
        )
        for row in ordered
    ]  # fmt: skip


VOTES = DriveKind("vote", WORD, running, homes)

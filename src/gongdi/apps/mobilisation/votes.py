"""Votes as drives: a home is reached once a ballot of its owner came or a paper was handed in, whatever it says."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.mobilisation.drives import Drive, DriveHome, DriveKind, Stand
from gongdi.apps.voting.models import Ballot, PaperEntry, Unit, Vote
from gongdi.web import clock

SEE = "mobilisation.see_reach"
WORD = "业主表决"


def running(user: User) -> list[Drive]:
    """The votes that run where a person may see reach: none whose time is over, for nobody can be won for it."""
    rows = Vote.objects.filter(state=Vote.State.OPEN, until__gte=clock.now())
    rows = within_reach(rows, user, SEE, "compound__place")
    return [
        Drive("vote", row.pk, WORD, str(row), row.compound, row.until)
        for row in rows.select_related("compound").order_by("until", "pk")
    ]


def stands(votes: Collection[int]) -> list[Stand]:
    """How the dwellings on the frozen rolls of some votes stand: four statements, however many."""
    units = {pk: votable for pk, votable in Unit.objects.filter(vote__in=votes).values_list("pk", "votable")}
    answered = set(Ballot.objects.filter(vote__in=votes).values_list("unit", flat=True))
    handed_in = PaperEntry.objects.filter(vote__in=votes).exclude(state__in=PaperEntry.OVER)
    answered |= set(handed_in.values_list("unit", flat=True))
    pairs = Unit.dwellings.through.objects.filter(unit__vote__in=votes)
    return [
        Stand(vote, dwelling, unit in answered, called=False, has_owner=units[unit])
        for vote, unit, dwelling in pairs.values_list("unit__vote", "unit", "dwelling")
    ]


def homes(pk: int) -> list[DriveHome]:
    """The dwellings on the frozen roll of a vote, in the order of the roll: seven statements, whatever the size."""
    stood = {row.dwelling: row for row in stands([pk])}
    pairs = Unit.dwellings.through.objects.filter(unit__vote=pk)
    units = {unit.pk: unit for unit in Unit.objects.filter(vote=pk)}
    unit_of = {dwelling: units[unit] for unit, dwelling in pairs.values_list("unit", "dwelling")}
    rows = Dwelling.objects.filter(pk__in=pairs.values("dwelling")).select_related("building")
    found = []
    for row in sorted(rows, key=lambda row: (unit_of[row.pk].place_on_roll, row.pk)):
        unit, stand = unit_of[row.pk], stood[row.pk]
        found.append(
            DriveHome(
                row.pk, row.building.name, f"{row.stairwell}{row.room}", unit.owners_masked, stand.answered,
                stand.has_owner, reverse("voting:see_unit", args=[pk, unit.place_on_roll]),
            )
        )  # fmt: skip
    return found


VOTES = DriveKind("vote", WORD, running, stands, homes)

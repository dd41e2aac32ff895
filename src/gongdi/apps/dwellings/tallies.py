"""The tally of each compound (清点), refreshed when dwellings or owners change: no page counts a million rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from gongdi.apps.dwellings.models import Building, CompoundTally, Dwelling, Ownership
from gongdi.apps.places.facts import Known
from gongdi.apps.places.models import CompoundFact
from gongdi.core.values import format_hundredths
from gongdi.core.voting.roll import HeadsRule

SOURCE = "由房屋清册逐户清点"
NOT_VOTING = HeadsRule().uses_left_off
"""Uses that count in no vote: one rule, that of core/voting."""


def refresh_tallies(compounds: Collection[int], now: datetime) -> None:
    """Count some compounds anew, inside the caller's transaction.

    Every count takes its rows without their order, which would join buildings and compounds to it for nothing; on
    tables that were filled a moment ago PostgreSQL then joins row by row and takes minutes.
    """
    _hold(compounds, now)
    standing = Q(ended_on=None)
    dwellings: dict[int, Mapping[str, Any]] = {
        row["compound"]: dict(row)
        for row in Dwelling.objects.filter(standing, compound__in=compounds)
        .order_by()
        .values("compound")
        .annotate(
            number=Count("pk"),
            residences=Count("pk", filter=Q(use=Dwelling.Use.RESIDENCE)),
            counted=Sum("area", filter=~Q(use__in=NOT_VOTING)),
            all_area=Sum("area"),
        )
    }
    held = Ownership.objects.order_by().filter(until=None, dwelling__ended_on=None, dwelling__compound__in=compounds)
    owners = dict(
        held.exclude(dwelling__use__in=NOT_VOTING)
        .values_list("dwelling__compound")
        .annotate(number=Count("owner", distinct=True))
    )
    with_owner = dict(held.values_list("dwelling__compound").annotate(number=Count("dwelling", distinct=True)))
    buildings = dict(
        Building.objects.order_by().filter(compound__in=compounds).values_list("compound").annotate(number=Count("pk"))
    )
    rows = []
    for pk in compounds:
        row: Mapping[str, Any] = dwellings.get(pk, {})
        number = row.get("number") or 0
        rows.append(
            CompoundTally(
                compound_id=pk,
                buildings=buildings.get(pk, 0),
                dwellings=number,
                residences=row.get("residences") or 0,
                area=row.get("all_area") or 0,
                voting_area=row.get("counted") or 0,
                owners=owners.get(pk, 0),
                without_owner=number - with_owner.get(pk, 0),
                counted_at=now,
            )
        )
    CompoundTally.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["compound"],
        update_fields=[
            "buildings", "dwellings", "residences", "area", "voting_area", "owners", "without_owner", "counted_at",
        ],
        batch_size=500,
    )  # fmt: skip


def _hold(compounds: Collection[int], now: datetime) -> None:
    """Hold the tallies, so that who writes in the same compound at the same moment counts after this transaction."""
    wanted = sorted(compounds)
    known = set(CompoundTally.objects.filter(compound__in=wanted).values_list("compound", flat=True))
    new = [CompoundTally(compound_id=pk, counted_at=now) for pk in wanted if pk not in known]
    CompoundTally.objects.bulk_create(new, ignore_conflicts=True)
    list(CompoundTally.objects.filter(compound__in=wanted).order_by("compound").select_for_update().values_list("pk"))


def known_of(compounds: Sequence[int]) -> dict[int, dict[str, Known]]:
    """The facts that the tally tells once the roll was declared whole: households, owners, the exclusive area that
    counts in a vote. A roll of one building says nothing of the compound."""
    found: dict[int, dict[str, Known]] = {}
    for tally in CompoundTally.objects.filter(compound__in=compounds, complete_on__isnull=False):
        assert tally.complete_on is not None
        on: date = tally.complete_on

        def counted(value: int | str, on: date = on) -> Known:
            return Known(value, SOURCE, on, CompoundFact.Sureness.VERIFIED, counted=True)

        found[tally.compound_id] = {
            "households_total": counted(tally.residences),
            "owners_total": counted(tally.owners),
            "area_total_m2": counted(format_hundredths(tally.voting_area)),
        }
    return found

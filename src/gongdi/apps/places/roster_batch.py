"""A roster of several counties, imported by the system: sorted by county, then kept county by county."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongdi.apps.places.models import Division, RosterImport
from gongdi.apps.places.roster_counties import sort_by_county
from gongdi.apps.places.roster_services import RosterRefusedError, import_roster
from gongdi.exchange.roster import RosterReading


@transaction.atomic
def import_by_county(
    *, reading: RosterReading, file_name: str, digest: str, now: datetime, district: str | None = None
) -> list[tuple[Division, RosterImport, bool]]:
    """Keep a roster of any number of counties as the system (批量入库), all of it or nothing.

    Rows go to the county named by the roster's own columns, or all to the county with the code `district`. Each
    county has an import of its own, so that its people find it among theirs; the last of each triple tells whether
    the same file was kept before. Raises `RosterRefusedError` with the problems of all counties.
    """
    if not reading.readable or reading.errors:
        raise RosterRefusedError(list(reading.errors or reading.problems))
    parts, problems = sort_by_county(reading, district, now)
    kept: list[tuple[Division, RosterImport, bool]] = []
    for part in parts:
        earlier = RosterImport.objects.filter(
            digest=digest, place=part.county.code, state=RosterImport.State.KEPT
        ).exists()
        try:
            roster = import_roster(
                reading=part.reading, file_name=file_name, digest=digest, by=None, now=now, county=part.county
            )
        except RosterRefusedError as refused:
            problems += refused.problems
        else:
            kept.append((part.county, roster, earlier))
    if problems:
        raise RosterRefusedError(problems)
    return kept

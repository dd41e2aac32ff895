"""Reads of reach and visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.dwellings.queries import natural
from gongdi.apps.mobilisation.drives import KINDS, Drive, DriveHome
from gongdi.apps.mobilisation.models import Visit
from gongdi.core.reaching import BuildingReach, Home, Reach, reach_by_building, whole_reach


@dataclass(frozen=True, slots=True)
class Door:
    """A home that has not answered: where, whose (masked), how often somebody called and the last time."""

    home: DriveHome
    reach: Reach
    calls: int
    last: Visit | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The reach of a drive: the whole, each building, and the doors still to knock at."""

    whole: BuildingReach
    buildings: list[BuildingReach]
    doors: list[Door]


def visits_of(drive: Drive) -> dict[int, list[Visit]]:
    """The visits of a drive by dwelling, the latest first."""
    found: dict[int, list[Visit]] = {}
    rows = Visit.objects.filter(drive_kind=drive.kind, drive_id=drive.pk).select_related("recorded_by")
    for row in rows:
        found.setdefault(row.dwelling_id, []).append(row)
    return found


def picture_of(drive: Drive, building: str = "") -> Picture:
    """The reach of a drive; doors of one building, or of all."""
    visits = visits_of(drive)
    told = [(home, _stands(home, visits)) for home in KINDS[drive.kind].homes(drive.pk)]
    buildings = sorted(reach_by_building(each for _, each in told), key=lambda row: natural(row.building))
    doors = [
        Door(home, each.reach, len(visits.get(home.dwelling, [])), next(iter(visits.get(home.dwelling, [])), None))
        for home, each in told
        if not each.answered and building in ("", home.building)
    ]
    doors.sort(key=lambda door: natural(door.home.building))
    return Picture(whole_reach(buildings), buildings, doors)


def _stands(home: DriveHome, visits: dict[int, list[Visit]]) -> Home:
    return Home(home.building, home.answered, home.called or home.dwelling in visits, home.has_owner)


def totals(drives: Iterable[Drive]) -> list[tuple[Drive, BuildingReach]]:
    """Each drive with its whole: a few statements for each kind, however many run."""
    listed = list(drives)
    homes: dict[tuple[str, int], list[Home]] = {(drive.kind, drive.pk): [] for drive in listed}
    for key, kind in KINDS.items():
        own = [drive.pk for drive in listed if drive.kind == key]
        if not own:
            continue
        visits = Visit.objects.filter(drive_kind=key, drive_id__in=own).values_list("drive_id", "dwelling")
        visited = set(visits)
        for row in kind.stands(own):
            called = row.called or (row.drive, row.dwelling) in visited
            homes[key, row.drive].append(Home("", row.answered, called, row.has_owner))
    return [(drive, whole_reach(reach_by_building(homes[drive.kind, drive.pk]))) for drive in listed]


def visits_at(drive: Drive, dwelling: Dwelling) -> list[Visit]:
    """The visits at one dwelling, the latest first."""
    return visits_of(drive).get(dwelling.pk, [])

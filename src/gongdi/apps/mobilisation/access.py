"""The door to reach and visits: 404 for what is not yours or does not run, 403 for what you may not do."""

from __future__ import annotations

from django.http import Http404

from gongdi.apps.accounts.access import require
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.mobilisation.drives import KINDS, Drive

SEE, VISIT = "mobilisation.see_reach", "mobilisation.record_visit"


def running_drives(user: User) -> list[Drive]:
    """What runs in a person's places, what ends first standing first."""
    require(user, SEE)
    found = [drive for kind in KINDS.values() for drive in kind.running(user)]
    return sorted(found, key=lambda drive: (drive.until, drive.kind, drive.pk))


def get_drive(user: User, kind: str, pk: int, permission: str = SEE) -> Drive:
    """One that runs in a person's places."""
    known = KINDS.get(kind)
    found = next((drive for drive in known.running(user) if drive.pk == pk), None) if known else None
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.compound.place)
    return found


def get_home(drive: Drive, dwelling: int) -> Dwelling:
    """A dwelling of the drive's compound."""
    rows = Dwelling.objects.filter(compound=drive.compound).select_related("building", "compound")
    found = rows.filter(pk=dwelling).first()
    if found is None:
        raise Http404
    return found

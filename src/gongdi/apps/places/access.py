"""The only door to compounds, rosters and saved views: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.places.models import Compound, Division, RosterImport, SavedView

SEE = "places.see_compounds"
SEE_FACTS = "places.see_facts"
IMPORT = "places.import_roster"
SEE_DIVISIONS = "places.see_divisions"
KEEP_DIVISIONS = "places.keep_divisions"


def visible_compounds(user: User) -> QuerySet[Compound]:
    """The compounds a person may see (none when no post lets them see any)."""
    return within_reach(Compound.objects.all(), user, SEE, compound="pk")


def get_compound(user: User, pk: int, permission: str = SEE) -> Compound:
    """A compound for a purpose: 404 outside the person's reach, 403 without the permission there."""
    found = visible_compounds(user).select_related("county", "street", "community").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.place, on=found)
    return found


def visible_rosters(user: User) -> QuerySet[RosterImport]:
    """The roster imports of the person's places, without the files themselves."""
    return within_reach(RosterImport.objects.defer("content"), user, IMPORT)


def get_roster(user: User, pk: int) -> RosterImport:
    """A roster import, with its file: 404 outside the person's places."""
    require(user, IMPORT)
    found = within_reach(RosterImport.objects.all(), user, IMPORT).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_saved_view(user: User, pk: int) -> SavedView:
    """A view that the person saved: 404 for anybody else's."""
    found = SavedView.objects.filter(pk=pk, owner=user).first()
    if found is None:
        raise Http404
    return found


def get_division(user: User, pk: int, permission: str = SEE_DIVISIONS) -> Division:
    """A division for a purpose; what divisions there are is public, so no place bounds it."""
    require(user, permission)
    found = Division.objects.filter(pk=pk).select_related("parent").first()
    if found is None:
        raise Http404
    return found

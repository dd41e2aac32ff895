"""The only door to buildings, dwellings, owners and rolls: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Building, Dwelling, DwellingImport, Owner
from gongdi.apps.places.access import get_compound
from gongdi.apps.places.models import Compound

SEE = "dwellings.see_dwellings"
EDIT = "dwellings.edit_dwellings"
IMPORT = "dwellings.import_roll"
REVEAL = "dwellings.reveal_owner"


def compound_for(user: User, pk: int, permission: str = SEE) -> Compound:
    """A compound for a purpose among its dwellings."""
    found = get_compound(user, pk)
    require(user, permission, found.place)
    return found


def visible_buildings(user: User) -> QuerySet[Building]:
    """The buildings a person may see."""
    return within_reach(Building.objects.all(), user, SEE, "compound__place")


def visible_dwellings(user: User) -> QuerySet[Dwelling]:
    """The dwellings a person may see."""
    return within_reach(Dwelling.objects.all(), user, SEE, "compound__place")


def visible_owners(user: User) -> QuerySet[Owner]:
    """The owners a person may see (masked)."""
    return within_reach(Owner.objects.all(), user, SEE, "compound__place")


def get_building(user: User, pk: int, permission: str = SEE) -> Building:
    """A building for a purpose."""
    found = visible_buildings(user).select_related("compound").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place)
    return found


def get_dwelling(user: User, pk: int, permission: str = SEE) -> Dwelling:
    """A dwelling for a purpose."""
    found = visible_dwellings(user).select_related("compound", "building").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place)
    return found


def get_owner(user: User, pk: int, permission: str = SEE) -> Owner:
    """An owner for a purpose."""
    found = visible_owners(user).select_related("compound").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place)
    return found


def visible_rolls(user: User) -> QuerySet[DwellingImport]:
    """The rolls imported into the person's places; where they have several in a county, also their own over these."""
    rows = within_reach(DwellingImport.objects.all(), user, IMPORT)
    counties = Counter(place[:6] for place in set(user.places_for(IMPORT)) if len(place) > 6)
    several = [county for county, count in counties.items() if count > 1]
    if user.pk is None or not several:
        return rows
    return rows | DwellingImport.objects.filter(uploaded_by=user.pk, place__in=several)


def get_roll(user: User, pk: int) -> DwellingImport:
    """A roll: 404 outside the person's places."""
    require(user, IMPORT)
    found = visible_rolls(user).select_related("county", "compound").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def importable_compounds(user: User | None, county: str) -> QuerySet[Compound]:
    """The compounds of a county into which a person (None: the system) may import."""
    rows = Compound.objects.filter(county__code=county)
    return rows if user is None else within_reach(rows, user, IMPORT)

"""The only door to findings: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import TIED, PostKind
from gongdi.apps.inventory.kinds import KINDS, FindingKind
from gongdi.apps.inventory.lines import lines, own_of
from gongdi.apps.inventory.models import Finding
from gongdi.apps.places.access import get_compound, visible_compounds
from gongdi.apps.places.models import Compound

Row = TypeVar("Row", bound=Finding)
SEE = "inventory.see_findings"
RECORD = "inventory.record_finding"
KIND = Compound._meta.label_lower


def get_kind(key: str) -> FindingKind:
    """A kind of finding: 404 for a word that is none."""
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def compound_for(user: User, pk: int, permission: str = SEE) -> Compound:
    """A compound for a purpose among its findings."""
    found = get_compound(user, pk)
    require(user, permission, found.place, on=found)
    return found


def visible_findings(user: User, model: type[Row]) -> QuerySet[Row]:
    """The findings in force about compounds that a person may see; for a utility those about its own lines."""
    if not user.may_anywhere(SEE):
        return model._default_manager.none()
    rows = model._default_manager.filter(withdrawn_at=None, compound__in=visible_compounds(user))
    touched = touched_only(user)
    if touched:
        rows = rows.filter(~Q(compound__in=touched) | own_of(model, lines.of(user)))
    return rows.select_related("compound", "compound__street", "recorded_by")


def touched_only(user: User) -> set[int]:
    """The compounds that a person sees for a utility's post alone: of these only what its lines need is shown."""
    if not any(each.post.kind == PostKind.UTILITY for each in user.authorities_for(SEE)):
        return set()
    touched = user.objects_for(SEE, KIND, {PostKind.UTILITY})
    otherwise = user.objects_for(SEE, KIND, TIED - {PostKind.UTILITY})
    placed = Compound.objects.filter(pk__in=touched)
    return touched - otherwise - set(within_places(placed, user).values_list("pk", flat=True))


def within_places(rows: QuerySet[Compound], user: User) -> QuerySet[Compound]:
    """The compounds among these that lie in a place whose findings the person reads whole."""
    reach = Q(pk__in=[])
    for prefix in user.places_for(SEE):
        reach |= Q(place__startswith=prefix)
    return rows.filter(reach)


def get_finding(user: User, key: str, pk: int, permission: str = SEE) -> Finding:
    """A finding in force for a purpose."""
    found = visible_findings(user, get_kind(key).model).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place, on=found.compound)
    return found

"""The only door to findings: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require
from gongdi.apps.accounts.models import User
from gongdi.apps.inventory.kinds import KINDS, FindingKind
from gongdi.apps.inventory.models import Finding
from gongdi.apps.places.access import get_compound, visible_compounds
from gongdi.apps.places.models import Compound

Row = TypeVar("Row", bound=Finding)
SEE = "inventory.see_findings"
RECORD = "inventory.record_finding"


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
    """The findings in force about compounds that a person may see."""
    if not user.may_anywhere(SEE):
        return model._default_manager.none()
    rows = model._default_manager.filter(withdrawn_at=None, compound__in=visible_compounds(user))
    return rows.select_related("compound", "compound__street", "recorded_by")


def get_finding(user: User, key: str, pk: int, permission: str = SEE) -> Finding:
    """A finding in force for a purpose."""
    found = visible_findings(user, get_kind(key).model).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place, on=found.compound)
    return found

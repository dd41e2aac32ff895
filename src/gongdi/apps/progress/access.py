"""The only door to nodes: who sees a compound sees its nodes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require
from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import get_compound, visible_compounds
from gongdi.apps.places.models import Compound
from gongdi.apps.progress.models import Milestone

SEE = "progress.see_chart"
PLAN = "progress.plan_nodes"
REPORT = "progress.reach_node"


def compound_for(user: User, pk: int, permission: str = SEE) -> Compound:
    """A compound for a purpose among its nodes."""
    found = get_compound(user, pk)
    require(user, permission, found.place, on=found)
    return found


def visible_milestones(user: User) -> QuerySet[Milestone]:
    """The nodes of the compounds that a person may see."""
    if not user.may_anywhere(SEE):
        return Milestone.objects.none()
    return Milestone.objects.filter(compound__in=visible_compounds(user))


def get_milestone(user: User, pk: int, permission: str) -> Milestone:
    """A node for a purpose."""
    found = visible_milestones(user).select_related("compound").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.compound.place, on=found.compound)
    return found

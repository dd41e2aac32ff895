"""The only door to plans and budgets: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.places.models import Division
from gongdi.apps.planning.models import AnnualPlanRecord, Budget

SEE = "planning.see_plans"
MAKE = "planning.make_plan"


def visible_plans(user: User) -> QuerySet[AnnualPlanRecord]:
    """The plans of the places that a person may see, without their contents."""
    return within_reach(AnnualPlanRecord.objects.defer("document"), user, SEE)


def get_plan(user: User, pk: int) -> AnnualPlanRecord:
    """A plan with its contents: 404 outside the person's places."""
    require(user, SEE)
    found = within_reach(AnnualPlanRecord.objects.select_related("made_by", "budget"), user, SEE).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_county(user: User, place: str) -> None:
    """Whether a person may plan for a county: 403 when not, 404 when there is no such county."""
    require(user, MAKE, place)
    if not Division.objects.filter(code=place, level=Division.Level.COUNTY).exists():
        raise Http404


def budget_of(place: str) -> Budget | None:
    """The money in force for a place: the latest set for it."""
    return Budget.objects.filter(place=place).first()

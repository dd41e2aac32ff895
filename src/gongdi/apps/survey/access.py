"""The only door to campaigns, assignments and sheets: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.models import Compound
from gongdi.apps.survey.models import Assignment, Campaign, SurveySheet

SEE = "survey.see_campaigns"
RUN = "survey.run_campaign"
FILL = "survey.fill_assignment"
REVIEW = "survey.review_submission"


def visible_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns made for a place of the person."""
    return within_reach(Campaign.objects.all(), user, SEE)


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """The assignments in the person's places."""
    rows = within_reach(Assignment.objects.exclude(campaign__state=Campaign.State.DRAFT), user, SEE)
    return rows.select_related("campaign", "compound", "compound__street", "compound__community", "assignee")


def visible_sheets(user: User) -> QuerySet[SurveySheet]:
    """The filled workbooks that came in for the person's places."""
    return within_reach(SurveySheet.objects.all(), user, FILL)


def campaigns_met(user: User) -> QuerySet[Campaign]:
    """The campaigns made for a place of the person, or for a wider one with compounds of theirs among it."""
    met = visible_assignments(user).order_by().values("campaign")
    return (visible_campaigns(user) | Campaign.objects.filter(pk__in=met)).distinct()


def get_campaign(user: User, pk: int, permission: str = SEE) -> Campaign:
    """A campaign for a purpose."""
    found = campaigns_met(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission == RUN:
        require(user, RUN, found.place)
    return found


def get_assignment(user: User, pk: int, permission: str = SEE) -> Assignment:
    """An assignment for a purpose."""
    found = visible_assignments(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.place)
    return found


def fillable_assignments(user: User, campaign: Campaign) -> QuerySet[Assignment]:
    """The assignments of a campaign that the person may fill in."""
    rows = visible_assignments(user).filter(campaign=campaign)
    return within_reach(rows, user, FILL)


def get_sheet(user: User, pk: int) -> SurveySheet:
    """A filled workbook of one's own, since only its sender confirms it: 404 for anybody else's."""
    found = visible_sheets(user).filter(pk=pk, by=user).select_related("campaign").first()
    if found is None:
        raise Http404
    return found


def runnable_compounds(user: User) -> QuerySet[Compound]:
    """The compounds among which the person may run a campaign."""
    return within_reach(visible_compounds(user), user, RUN)

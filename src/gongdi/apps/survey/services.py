"""Writes about campaigns and assignments: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.apps.survey.surveyors import least_busy

State = Campaign.State


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a campaign is to be: its words, its days, its questions, its compounds."""

    title: str
    place: str
    starts_on: date
    ends_on: date
    questions: Sequence[str]
    compounds: Sequence[Compound]


def _told(campaign: Campaign, compounds: int) -> dict[str, object]:
    return {
        "title": campaign.title,
        "from": campaign.starts_on.isoformat(),
        "until": campaign.ends_on.isoformat(),
        "questions": len(campaign.questions),
        "compounds": compounds,
    }


def _put(campaign: Campaign, plan: CampaignPlan) -> None:
    campaign.title, campaign.place = plan.title, plan.place
    campaign.starts_on, campaign.ends_on = plan.starts_on, plan.ends_on
    campaign.questions = list(plan.questions)
    campaign.save()
    campaign.compounds.set(plan.compounds)


@transaction.atomic
def draft_campaign(*, plan: CampaignPlan, by: User | None, now: datetime) -> Campaign:
    """Draft a campaign (起草调查任务); nobody is asked before it is opened."""
    campaign = Campaign(made_by=by, made_at=now)
    _put(campaign, plan)
    after = _told(campaign, len(plan.compounds))
    record("survey.draft_campaign", by=by, on=campaign, after=after, place=campaign.place, at=now)
    return campaign


@transaction.atomic
def change_campaign(*, campaign: Campaign, plan: CampaignPlan, by: User, now: datetime) -> Campaign:
    """Change a campaign that has not been opened (修改调查任务)."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.state != State.DRAFT:
        raise RefusedError(f"“{row}”{row.get_state_display()}，不能再修改。要改动请结束它，另起一个任务。")
    before = _told(row, row.compounds.count())
    _put(row, plan)
    after = _told(row, len(plan.compounds))
    record("survey.change_campaign", by=by, on=row, before=before, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def open_campaign(*, campaign: Campaign, by: User | None, now: datetime) -> Campaign:
    """Open a campaign (开始调查): one assignment a compound, to whoever works nearest and has least of it."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    compounds = list(row.compounds.all())
    if row.state != State.DRAFT:
        raise RefusedError(f"“{row}”{row.get_state_display()}，不能再次开始。请刷新页面。")
    if not compounds or not row.questions:
        raise RefusedError(f"“{row}”还没有选定小区或调查内容。请先补充。")
    row.state, row.opened_at = State.OPEN, now
    row.save(update_fields=["state", "opened_at"])
    found = least_busy([each.place for each in compounds])
    Assignment.objects.bulk_create(
        Assignment(campaign=row, compound=each, place=each.place, assignee=found[n], changed_at=now)
        for n, each in enumerate(compounds)
    )
    after = {"assignments": len(compounds), "without_assignee": sum(who is None for who in found)}
    record("survey.open_campaign", by=by, on=row, after=after, place=row.place, at=now)
    return row


@transaction.atomic
def close_campaign(*, campaign: Campaign, why: str, by: User, now: datetime) -> Campaign:
    """Close a campaign (结束调查): nothing more is taken; what was accepted stays."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.state == State.CLOSED:
        raise RefusedError(f"“{row}”已经结束。请刷新页面。")
    left = row.assignments.exclude(state=Assignment.State.DONE).count()
    row.state, row.closed_at = State.CLOSED, now
    row.save(update_fields=["state", "closed_at"])
    record("survey.close_campaign", by=by, on=row, after={"not_done": left}, why=why, place=row.place, at=now)
    return row


@transaction.atomic
def reassign_assignment(*, assignment: Assignment, to: User, by: User, now: datetime) -> Assignment:
    """Give an assignment to somebody else (改派填报)."""
    row = Assignment.objects.select_for_update(of=("self",)).select_related("compound", "assignee").get(
        pk=assignment.pk
    )  # fmt: skip
    if row.state == Assignment.State.DONE:
        raise RefusedError(f"“{row.compound}”已完成填报，不必改派。")
    before = {"assignee": row.assignee.display_name if row.assignee else None}
    row.assignee, row.changed_at = to, now
    row.save(update_fields=["assignee", "changed_at"])
    after = {"assignee": to.display_name}
    record("survey.reassign_assignment", by=by, on=row, before=before, after=after, place=row.place, at=now)
    return row

"""Campaigns and submissions for tests, made up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from gongdi.apps.files.preparing import prepare
from gongdi.apps.survey.access import fillable_assignments
from gongdi.apps.survey.filling_services import Filled, send_answers, send_photo
from gongdi.apps.survey.known import known_answers, values
from gongdi.apps.survey.models import AnswerPhoto, Assignment, Campaign, Submission, SurveySheet
from gongdi.apps.survey.services import CampaignPlan, draft_campaign, open_campaign
from gongdi.apps.survey.sheet_services import upload_sheet
from gongdi.apps.survey.sheets import Change, campaign_sheet
from tests.support.photos import photo
from tests.support.responses import let_go
from tests.support.world import COUNTY, NOW, World

QUESTIONS = (
    "fact:delivered_on", "fact:compound_kind", "fact:structure_safe", "fact:upkeep_neglected", "fact:ever_renewed",
    "item:drainage", "item:parking",
)  # fmt: skip


def plan(world: World, *names: str, **changes: Any) -> CampaignPlan:
    told: dict[str, Any] = {
        "title": "2027年度摸底", "place": COUNTY, "starts_on": date(2026, 10, 1), "ends_on": date(2027, 3, 31),
        "questions": QUESTIONS, "compounds": [world.compounds[name] for name in names or ("梅堰新村", "星桥公寓")],
    }  # fmt: skip
    return CampaignPlan(**(told | changes))


def draft(world: World, *names: str, **changes: Any) -> Campaign:
    return draft_campaign(plan=plan(world, *names, **changes), by=world.people["district_officer"], now=NOW)


def opened(world: World, *names: str, **changes: Any) -> Campaign:
    return open_campaign(campaign=draft(world, *names, **changes), by=world.people["district_officer"], now=NOW)


def assignment(world: World, compound: str = "梅堰新村") -> Assignment:
    """The assignment of a compound in a campaign that has just been opened."""
    return opened(world).assignments.get(compound=world.compounds[compound])


def filled(row: Assignment, answers: dict[str, Any] | None = None, **changes: Any) -> Filled:
    """A set of answers on top of what is known now."""
    known = values(known_answers([row.compound], row.campaign.questions)[row.compound_id])
    told: dict[str, Any] = {"key": uuid4(), "base": known, "answers": answers or {}, "final": True}
    return Filled(**(told | changes))


def send(
    world: World, row: Assignment, answers: dict[str, Any] | None = None, by: str = "community_worker",
    now: datetime = NOW, **changes: Any,
) -> Submission:  # fmt: skip
    return send_answers(assignment=row, filled=filled(row, answers, **changes), by=world.people[by], now=now)


def waiting(world: World, answers: dict[str, Any] | None = None) -> Assignment:
    """An assignment that waits for review."""
    row = assignment(world)
    send(world, row, answers if answers is not None else {"fact:structure_safe": True})
    row.refresh_from_db()
    return row


def take_photo(world: World, row: Assignment, question: str = "item:drainage", shade: int = 50) -> AnswerPhoto:
    file = prepare(photo(160, 120, shade=shade), "井盖.jpg", photo=True)
    return send_photo(assignment=row, question=question, file=file, by=world.people["community_worker"], now=NOW)


def sheet_of(world: World, row: Assignment, by: str = "community_worker") -> bytes:
    """The workbook of a campaign as a surveyor downloads it."""
    user = world.people[by]
    answer = campaign_sheet(row.campaign, fillable_assignments(user, row.campaign), user, NOW)
    content = answer.getvalue()
    let_go(answer)
    return content


def uploaded_sheet(world: World) -> SurveySheet:
    """A filled workbook that waits for its sender to confirm it."""
    row = assignment(world)
    change = Change(row.pk, "fact:upkeep_neglected", "H5", ("", ""), ("是", ""))
    return upload_sheet(
        campaign=row.campaign, file_name="填报表.xlsx", digest="a" * 64, changes=[change],
        by=world.people["community_worker"], now=NOW,
    )  # fmt: skip

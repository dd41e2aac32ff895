"""A made-up survey in one street of the demo: some filled in, one that two filled in differently, one returned."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID

from PIL import Image, ImageDraw

from gongdi.apps.accounts.models import User
from gongdi.apps.files.preparing import prepare
from gongdi.apps.places.models import Compound
from gongdi.apps.survey.filling_services import Filled, send_answers, send_photo
from gongdi.apps.survey.known import known_answers, values
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.apps.survey.questions import FACT, ITEM, TEMPLATES
from gongdi.apps.survey.review_services import accept_submission, return_submission
from gongdi.apps.survey.reviewing import review_of
from gongdi.apps.survey.seasons import season_of
from gongdi.apps.survey.services import CampaignPlan, draft_campaign, open_campaign
from gongdi.core.survey.answers import Value
from gongdi.web.clock import local_date

WORKER, CLERK, OFFICER = "fengxiaoman", "guminghe", "shenzhiyuan"
_FACTS = (
    "upkeep_neglected",
    "municipal_facilities_incomplete",
    "structure_safe",
    "gas_risk_found",
    "resident_will_strong",
)


def load_survey(street: str, now: datetime) -> Campaign:
    """A campaign over the made-up compounds of a street, as far on as one is some weeks after it began."""
    people = {user.username: user for user in User.objects.filter(username__in=[WORKER, CLERK, OFFICER])}
    first, last = season_of(local_date(now))
    questions = [*TEMPLATES["essential"][1], *(FACT + name for name in _FACTS), *TEMPLATES["facilities"][1][:18]]
    compounds = list(Compound.objects.filter(made_up=True, place__startswith=street))
    plan = CampaignPlan(f"{last.year}年度改造计划摸底（演示）", street, first, last, questions, compounds)
    campaign = draft_campaign(plan=plan, by=people[OFFICER], now=now)
    open_campaign(campaign=campaign, by=people[OFFICER], now=now)
    rows = list(campaign.assignments.select_related("campaign", "compound", "assignee").order_by("pk"))
    others = [row for row in rows if row.assignee == people[CLERK]]
    own = [row for row in rows if row.assignee == people[WORKER]]
    drainage, parking, gas = ITEM + "drainage", ITEM + "parking", FACT + "gas_risk_found"
    _submit(own[0], people[WORKER], {drainage: _facility("worn", "420 米"), FACT + "structure_safe": True}, now)
    _submit(own[0], people[CLERK], {drainage: _facility("broken", "380 米")}, now)
    _photo(own[0], drainage, people[WORKER], now)
    _submit(own[1], people[WORKER], {parking: _facility("missing", ""), gas: None}, now)
    return_submission(assignment=own[1], reasons={parking: "请写明现有车位数，并附照片。"}, by=people[CLERK], now=now)
    for n, row in enumerate(others[:3]):
        answers = {ITEM + "stairwell_lighting": _facility("worn", "36 处")}
        _submit(row, people[CLERK], answers, now, final=n < 2)
    for row in others[:1]:
        row.refresh_from_db()
        accept_submission(
            assignment=row, seen=review_of(row).seen, decided={}, sureness="verified", by=people[OFFICER], now=now
        )
    return campaign


def _facility(condition: str, quantity: str) -> Value:
    return {"condition": condition, "quantity": quantity}


def _submit(row: Assignment, by: User, answers: dict[str, Value], now: datetime, *, final: bool = True) -> None:
    known = values(known_answers([row.compound], row.campaign.questions)[row.compound_id])
    key = UUID(int=row.pk * 1000 + by.pk)
    send_answers(assignment=row, filled=Filled(key, known, answers, final=final), by=by, now=now)


def _photo(row: Assignment, question: str, by: User, now: datetime) -> None:
    """A drawn picture that says that it is one."""
    image = Image.new("RGB", (960, 720), "#cfd8d6")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 430, 960, 720), fill="#8b9490")
    pen.ellipse((360, 480, 600, 640), fill="#4c5552", outline="#2d3331", width=8)
    for step in range(5):
        pen.line((385, 510 + step * 25, 575, 510 + step * 25), fill="#2d3331", width=5)
    out = io.BytesIO()
    image.save(out, "JPEG")
    file = prepare(out.getvalue(), "演示图.jpg", photo=True)
    send_photo(assignment=row, question=question, file=file, by=by, now=now)

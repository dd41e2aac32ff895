"""What waits for a person among the rosters of their place."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.places import queries
from gongdi.apps.places.access import IMPORT, visible_rosters
from gongdi.apps.workdays.known import due_after
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

DECIDE_WITHIN = 5
"""Working days within which an upload is kept or discarded; the project's own measure, no document's."""


def waiting_rosters(user: User, now: datetime) -> list[Duty]:
    """Rosters that were uploaded and wait for someone to confirm or discard them."""
    if not user.may_anywhere(IMPORT):
        return []
    rosters = list(queries.waiting_rosters(visible_rosters(user))[:20])
    return [
        Duty(
            title=f"确认名单“{roster.file_name}”",
            why="已上传并读取，尚未入库。请核对读取结果后确认，或放弃。",
            url=reverse("places:see_roster", args=[roster.pk]),
            action="核对并确认",
            unit="份",
            due=due_after(local_date(roster.uploaded_at), DECIDE_WITHIN),
            rank=10,
        )
        for roster in rosters
    ]

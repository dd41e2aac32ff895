"""What waits for a person among the rolls of dwellings."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.access import IMPORT, visible_rolls
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.places.duties import DECIDE_WITHIN
from gongdi.apps.workdays.known import due_after
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

State = DwellingImport.State


def waiting_rolls(user: User, now: datetime) -> list[Duty]:
    """Rolls that were checked and wait for someone to keep or discard them."""
    if not user.may_anywhere(IMPORT):
        return []
    rows = visible_rolls(user).filter(state__in=[State.WAITING, State.FAULTY]).defer("problems")[:20]
    return [
        Duty(
            title=f"处理房屋清册“{roll.file_name}”",
            why="已读完，等待确认入库。" if roll.state == State.WAITING else "有错误，请改正后重新上传，或放弃。",
            url=reverse("dwellings:see_import", args=[roll.pk]),
            action="查看",
            unit="份",
            due=due_after(local_date(roll.uploaded_at), DECIDE_WITHIN),
            rank=11,
        )
        for roll in rows
    ]

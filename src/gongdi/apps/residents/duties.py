"""What waits for the worker who confirms."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.residents.access import CONFIRM, visible_bindings
from gongdi.apps.residents.models import DwellingBinding
from gongdi.web.duties import Duty


def waiting_bindings(user: User, now: datetime) -> list[Duty]:
    """Requests of residents that nobody has decided."""
    if not user.may_anywhere(CONFIRM):
        return []
    count = visible_bindings(user).filter(state=DwellingBinding.State.WAITING).count()
    if not count:
        return []
    why = "居民申请把房屋绑定到手机号，确认后才能在手机上看到本户事项。请核对身份后确认，或退回并说明。"
    return [Duty("确认居民房屋绑定", why, reverse("residents:see_bindings"), "逐项核对", count, "项", rank=15)]

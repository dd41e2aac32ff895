"""What waits for the worker who confirms."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.residents.access import CONFIRM, visible_bindings
from gongdi.apps.residents.models import DwellingBinding
from gongdi.apps.residents.queries import UNLINKED, WANTS_DWELLING
from gongdi.web.duties import Duty


def waiting_bindings(user: User, now: datetime) -> list[Duty]:
    """Requests of residents that nobody has decided, and bindings that want their dwelling now that a roll is kept."""
    if not user.may_anywhere(CONFIRM):
        return []
    rows, list_of_bindings = visible_bindings(user), reverse("residents:see_bindings")
    waiting = Q(state=DwellingBinding.State.WAITING)
    counts = rows.aggregate(waiting=Count("pk", filter=waiting), unlinked=Count("pk", filter=WANTS_DWELLING))
    duties = []
    if counts["waiting"]:
        why = "居民申请把房屋绑定到手机号，确认后才能在手机上看到本户事项。请核对身份后确认，或退回并说明。"
        duties.append(Duty("确认居民房屋绑定", why, list_of_bindings, "逐项核对", counts["waiting"], "项", rank=15))
    if counts["unlinked"]:
        why = "确认时还没有房屋清册，现在有了。对应到房屋后，居民才能在手机上投票、看到本户事项。"
        address = f"{list_of_bindings}?state={UNLINKED}"
        duties.append(Duty("为已确认的绑定对应房屋", why, address, "逐项对应", counts["unlinked"], "项", rank=16))
    return duties

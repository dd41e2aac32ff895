"""What waits: rounds whose last day is over, and households that a running round has not reached."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.consultation import queries
from gongdi.apps.consultation.access import ENTER, KEEP
from gongdi.apps.consultation.models import Round
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty


def waiting_rounds(user: User, now: datetime) -> list[Duty]:
    """Rounds to close, and rounds with households still to be reached; one query."""
    if not user.may_anywhere(KEEP) and not user.may_anywhere(ENTER):
        return []
    today, running = local_date(now), Round.objects.filter(state=Round.State.OPEN)
    kept = within_reach(running, user, KEEP, "compound__place").filter(until__lt=today)
    asked = within_reach(running, user, ENTER, "compound__place").filter(since__lte=today, until__gte=today)
    found = []
    mine = running.filter(Q(pk__in=kept.values("pk")) | Q(pk__in=asked.values("pk")))
    for row, reached, left in queries.left_of(mine):
        if row.until < today:
            found.append(_over(row))
        elif left > 0:
            found.append(_unreached(row, reached, left))
    return found


def _over(row: Round) -> Duty:
    why = "征询已经到期。录完手上的纸质征询表后结束，结果才能用来确定改造内容。"
    address = reverse("consultation:see_round", args=[row.pk])
    return Duty(f"结束意愿征询“{row}”", why, address, "去结束", unit="次", due=row.until, rank=12)


def _unreached(row: Round, reached: int, left: int) -> Duty:
    address = reverse("consultation:see_households", args=[row.pk]) + "?missing=1"
    why = f"{row.compound}共 {row.household_count} 户，已征求 {reached} 户。联系不上的请登记原因。"
    return Duty(f"征求意见“{row}”", why, address, "查看未征求的户", left, "户", row.until, 18)

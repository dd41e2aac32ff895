"""What waits for the system administrator: the next year of the calendar, before deadlines reach into it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.workdays.known import calendar
from gongdi.web import clock
from gongdi.web.duties import Duty

ENTER = "workdays.enter_year"
AHEAD = timedelta(days=61)
"""The State Council's office tells the days off of a year in October or November of the one before."""


def enter_year_duties(user: User, now: datetime) -> list[Duty]:
    """The first year not entered, when it has begun or begins within two months."""
    if not user.may_anywhere(ENTER):
        return []
    today = clock.local_date(now)
    known = calendar().years
    lacking = [year for year in sorted({today.year, (today + AHEAD).year}) if year not in known]
    if not lacking:
        return []
    return [
        Duty(
            f"录入 {lacking[0]} 年工作日历",
            "按国务院办公厅的放假通知录入。录入之前，落在这一年的期限都算不出工作日。",
            reverse("workdays:enter_year"),
            "去录入",
            unit="年",
            rank=8,
        )
    ]

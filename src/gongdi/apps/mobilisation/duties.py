"""What waits for those who call on people: drives that run with homes not reached."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.mobilisation import access, queries
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

MOST = 5
"""Drives that the desk tells one by one; the list tells all."""


def unreached(user: User, now: datetime) -> list[Duty]:
    """The drives that end first, each with the homes that have not answered, for those who call."""
    if not user.may_anywhere(access.VISIT):
        return []
    found = []
    for drive, whole in queries.totals(access.running_drives(user)[:MOST]):
        left = whole.visited + whole.waiting
        if left:
            found.append(
                Duty(
                    title=f"上门动员：{drive.compound}“{drive.title}”",
                    why=f"共 {whole.total} 户，已收到 {whole.answered} 户，其中 {whole.waiting} 户还没有走访过。",
                    url=reverse("mobilisation:see_reach", args=[drive.kind, drive.pk]),
                    action="查看名单", count=left, unit="户", due=local_date(drive.until), rank=18,
                )
            )  # fmt: skip
    return found

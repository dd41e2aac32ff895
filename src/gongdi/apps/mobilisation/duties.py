"""What waits for those who call on people: the drives that run."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.mobilisation import access
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

MOST = 5
"""Drives that the desk names; the list tells all, and of each how many homes are left."""


def drives_running(user: User, now: datetime) -> list[Duty]:
    """The drives that run where the person calls on homes, what ends first first. Their homes are not read here."""
    if not user.may_anywhere(access.VISIT):
        return []
    drives = access.running_drives(user)
    if not drives:
        return []
    details = tuple(
        (f"{drive.compound}“{drive.title}”，{local_date(drive.until)} 截止",
         reverse("mobilisation:see_reach", args=[drive.kind, drive.pk]))
        for drive in drives[:MOST]
    )  # fmt: skip
    why = "请走访还没有表决或没有答复的户，走访后登记。名单按楼栋列出。"
    due = local_date(drives[0].until)
    return [Duty("上门动员", why, reverse("mobilisation:see_drives"), "查看名单", len(drives), "项", due, 18, details)]

"""What is kept of visits (走访记录): who called where, when, and what came of it; never how somebody means to vote."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.models import Compound


class Visit(models.Model):
    """A call at a dwelling (走访) for one drive: a vote or a consultation."""

    class Outcome(models.TextChoices):
        """What came of it."""

        MET = "met", "见到住户，已说明"
        LEFT = "left", "留了通知单"
        NOT_HOME = "not_home", "没有人在家"
        RENTED = "rented", "租户居住，托其转告"
        EMPTY = "empty", "空置，无人居住"
        PHONED = "phoned", "电话联系到"
        NO_CONTACT = "no_contact", "联系不上"
        AGAIN = "again", "请改日再来"

    drive_kind = models.CharField("事项类别", max_length=20)
    drive_id = models.PositiveBigIntegerField("事项编号")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+", verbose_name="房屋")
    outcome = models.CharField("情况", max_length=12, choices=Outcome.choices)
    on = models.DateField("走访日期")
    again_on = models.DateField("约定再访日期", null=True)
    note = models.CharField("备注", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "走访记录"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["drive_kind", "drive_id", "dwelling"], name="visit_of_a_drive")]

    def __str__(self) -> str:
        return f"{self.dwelling} {self.on}"

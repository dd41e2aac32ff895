"""Years of the working calendar that an administrator entered."""

from __future__ import annotations

from django.db import models


class CalendarYear(models.Model):
    """One year's notice (节假日安排): weekdays off and weekend days worked, as ISO days; it stands before a year that
    came with the project."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    notice = models.CharField("通知文号", max_length=100)
    off = models.JSONField("放假的工作日", default=list)
    worked = models.JSONField("调休上班的周末", default=list)
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "年度工作日历"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年"

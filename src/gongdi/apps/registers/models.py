"""Yearly registers. A line is removed with a reason, never deleted, and keeps the figures of the day it was added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongdi.apps.places.models import Compound, Division


class YearRegister(models.Model):
    """The register of one year for one county (年度清册): being drawn up, then published under a number."""

    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="县（区）")
    place = models.CharField("区划代码", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=100)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="建立人"
    )
    published_on = models.DateField("公布日期", null=True)
    number = models.CharField("公布文号", max_length=60, blank=True)

    class Meta:
        verbose_name = "年度清册"
        ordering = ["-year", "place"]
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="register_once_a_year")]

    def __str__(self) -> str:
        return self.title


class RegisterLine(models.Model):
    """One compound on a yearly register, with the figures it was listed with. The area is in 0.01 m2."""

    register = models.ForeignKey(YearRegister, models.PROTECT, related_name="lines", verbose_name="清册")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    name = models.CharField("小区名称", max_length=100)
    street = models.CharField("街道", max_length=60, blank=True)
    community = models.CharField("社区", max_length=60, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    completed = models.CharField("建成时间", max_length=20, blank=True)
    buildings = models.PositiveIntegerField("楼栋数", null=True)
    households = models.PositiveIntegerField("户数", null=True)
    area = models.PositiveBigIntegerField("建筑面积（0.01平方米）", null=True)
    outcome = models.CharField("列入时的纳入判定", max_length=40, blank=True)
    added_at = models.DateTimeField("列入时间")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="列入人"
    )
    added_why = models.CharField("列入理由", max_length=300, blank=True)
    after_publishing = models.BooleanField("公布后增补", default=False)
    removed_at = models.DateTimeField("移出时间", null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="移出人"
    )
    removed_why = models.CharField("移出理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "清册条目"
        ordering = ["street", "community", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "compound"], condition=Q(removed_at=None), name="compound_once_a_register"
            )
        ]

    def __str__(self) -> str:
        return self.name

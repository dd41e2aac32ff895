"""What is kept of planning: the money of a place, and plans as they were made."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Budget(models.Model):
    """Next years' money of a place (年度资金): funds with their earmarks, in whole yuan. A new one supersedes."""

    place = models.CharField("区划代码", max_length=12, db_index=True)
    title = models.CharField("名称", max_length=100)
    money = models.JSONField("资金", help_text="years；funds：code、name、classes、counties、carry_over、budget（元）")
    source = models.CharField("来源", max_length=300)
    made_up = models.BooleanField("虚构", default=False)
    set_at = models.DateTimeField("设定时间")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        verbose_name = "年度资金"
        ordering = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class AnnualPlanRecord(models.Model):
    """An annual plan as it was made (年度计划), whole: what was decided, scored, listed and optimised."""

    place = models.CharField("区划代码", max_length=12, db_index=True)
    title = models.CharField("名称", max_length=100)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="plans", verbose_name="年度资金")
    pack = models.CharField("政策包", max_length=60)
    pack_digest = models.CharField("政策包摘要", max_length=64)
    as_of = models.DateField("判定日期")
    scheme = models.CharField("评分标准", max_length=60)
    scheme_version = models.CharField("评分标准版本", max_length=20)
    document = models.JSONField("计划内容")
    considered = models.PositiveIntegerField("可列入小区数")
    listed = models.PositiveIntegerField("按序列入数")
    chosen = models.PositiveIntegerField("优选列入数")
    made_up = models.BooleanField("含虚构数据", default=False)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="编制人"
    )

    class Meta:
        verbose_name = "年度计划"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

"""What is kept of policy: which pack governs a place, and decisions stored as they were taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongdi.apps.places.models import Compound


class PackInForce(models.Model):
    """The pack that governs a place (适用政策): the longest division code that a compound's begins with counts."""

    place = models.CharField("区划代码", max_length=12, unique=True)
    pack = models.CharField("政策包", max_length=60)
    as_of = models.DateField("判定日期", null=True, help_text="空白时以当天为准")
    set_at = models.DateTimeField("设定时间")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        verbose_name = "适用政策"
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.place} {self.pack}"


class PackText(models.Model):
    """The texts of a pack as decisions that were stored read them (政策包留存), once a digest: to replay them by."""

    digest = models.CharField("政策包摘要", max_length=64, unique=True)
    pack = models.CharField("政策包", max_length=60)
    texts = models.JSONField("内容")

    class Meta:
        verbose_name = "政策包留存"

    def __str__(self) -> str:
        return f"{self.pack} {self.digest[:12]}"


class DecisionRecord(models.Model):
    """A decision as it was taken (判定留存): question, answer, pack and its digest, so that it can be replayed."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="decisions", verbose_name="小区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    pack = models.CharField("政策包", max_length=60)
    pack_version = models.CharField("版本", max_length=20)
    pack_digest = models.CharField("政策包摘要", max_length=64)
    decision = models.CharField("判定", max_length=60)
    as_of = models.DateField("判定日期")
    outcome = models.CharField("结论", max_length=40)
    facts = models.JSONField("所用事实")
    answer = models.JSONField("判定结果")
    decided_at = models.DateTimeField("留存时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="留存人"
    )

    class Meta:
        verbose_name = "判定留存"
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.compound} {self.decision}"


class PackDraft(models.Model):
    """A draft of a pack (政策草案): its texts as they were uploaded, to be compared, never to decide by."""

    class State(models.TextChoices):
        """Whether it may still be tried."""

        KEPT = "kept", "可试用"
        DISCARDED = "discarded", "已放弃"

    place = models.CharField("区划代码", max_length=12, db_index=True)
    title = models.CharField("标题", max_length=200)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    texts = models.JSONField("内容")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.KEPT)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    discarded_at = models.DateTimeField("放弃时间", null=True)

    class Meta:
        verbose_name = "政策草案"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The name under which it takes part in a comparison; no pack in force has such a name."""
        return f"draft-{self.pk}"

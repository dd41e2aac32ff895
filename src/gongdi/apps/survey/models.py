"""What is kept of a survey: campaigns, one assignment a compound, submissions that are never overwritten, photos."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongdi.apps.files.models import Attachment
from gongdi.apps.places.models import Compound


class Campaign(models.Model):
    """A survey campaign (调查任务): which compounds are asked which questions, from when until when.

    `questions` are keys of questions.py in the order of the form; `place` is the division it was made for.
    """

    class State(models.TextChoices):
        """Where a campaign stands."""

        DRAFT = "draft", "起草中"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    title = models.CharField("名称", max_length=100)
    place = models.CharField("区划代码", max_length=12)
    questions = models.JSONField("调查内容", default=list)
    compounds = models.ManyToManyField(Compound, related_name="+", verbose_name="小区")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    made_at = models.DateTimeField("起草时间")
    opened_at = models.DateTimeField("开始时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "调查任务"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_in_order")
        ]

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """One compound to be surveyed in a campaign (填报): who is to do it and how far it is.

    `reasons` are the reviewer's, by question ("" for the whole), when it was returned.
    """

    class State(models.TextChoices):
        """Where an assignment stands."""

        NOT_STARTED = "not_started", "未开始"
        FILLING = "filling", "填报中"
        WAITING = "waiting", "待审核"
        RETURNED = "returned", "已退回"
        DONE = "done", "已完成"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assignments", verbose_name="调查任务")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.NOT_STARTED, db_index=True)
    reasons = models.JSONField("退回理由", default=dict)
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "填报"
        ordering = ["place", "compound__pinyin", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "compound"], name="assignment_once_a_compound")]

    def __str__(self) -> str:
        return f"{self.compound}的填报"


class Submission(models.Model):
    """What one surveyor sent at one time (提交). The latest of each surveyor counts; none is changed or deleted.

    `base` is what was known to the surveyor by question; `answers` holds what they answered otherwise, `notes` what
    they remarked. `key` is made where it was typed, so that sending twice keeps once. `final` asks for review.
    """

    class Channel(models.TextChoices):
        """Which way it came."""

        PAGE = "page", "网页"
        OFFLINE = "offline", "手机离线"
        SHEET = "sheet", "Excel"

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions", verbose_name="填报")
    key = models.UUIDField("幂等键", unique=True)
    digest = models.CharField("SHA-256", max_length=64)
    base = models.JSONField("基准", default=dict)
    answers = models.JSONField("答案", default=dict)
    notes = models.JSONField("说明", default=dict)
    final = models.BooleanField("提交审核", default=False)
    channel = models.CharField("途径", max_length=10, choices=Channel.choices, default=Channel.PAGE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    sent_at = models.DateTimeField("提交时间")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="取代"
    )

    class Meta:
        verbose_name = "提交"
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.sent_at:%Y-%m-%d %H:%M}"


class AnswerPhoto(models.Model):
    """A photo that a surveyor took for a question (照片)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="photos", verbose_name="填报")
    question = models.CharField("调查内容", max_length=80)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="附件")
    digest = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拍摄人")
    sent_at = models.DateTimeField("送达时间")

    class Meta:
        verbose_name = "调查照片"
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "question", "by", "digest"], name="survey_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.question}"


class SurveySheet(models.Model):
    """A filled workbook of a campaign (填报表): read whole, shown, then kept as submissions or put aside."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "待确认"
        KEPT = "kept", "已提交"
        DISCARDED = "discarded", "已放弃"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sheets", verbose_name="调查任务")
    place = models.CharField("区划代码", max_length=12)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    rows = models.JSONField("内容", default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    kept_at = models.DateTimeField("提交时间", null=True)

    class Meta:
        verbose_name = "填报表"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

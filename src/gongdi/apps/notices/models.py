"""What is kept of notices: the notice and its versions, how it was posted, what was objected and asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongdi.apps.files.models import Attachment
from gongdi.apps.notices.kinds import CHOICES, KINDS, NoticeKind
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.notices.finishing import Outcome
from gongdi.core.notices.period import Unit


class Notice(models.Model):
    """One version of a notice (公示) about a compound, or (without one) about a street or county.

    `place` is the division code: the compound's, or the street's or county's own. `code` opens its public page. The
    object it is about is named by its model's label and number, so that any app may point a notice at its rows. Once
    published its text never changes: a correction is a new version that supersedes it and restarts the period; all
    versions share the `series`, the code of the first.
    `ends_on` is counted from the later of `starts_on` and `started_on` (the first posting).
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "起草中"
        PUBLISHED = "published", "公示中"
        ENDED = "ended", "公示期满"
        FINAL = "final", "已生效"
        WITHDRAWN = "withdrawn", "已撤回"
        SUPERSEDED = "superseded", "已更正"

    UNITS = [(Unit.CALENDAR.value, "自然日"), (Unit.WORKING.value, "工作日")]

    kind = models.CharField("类别", max_length=14, choices=CHOICES)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=20_000)
    contact = models.CharField("联系方式", max_length=200)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    place_name = models.CharField("范围", max_length=100)
    listed = models.ManyToManyField(Compound, related_name="+", blank=True, verbose_name="名单中的小区")
    object_kind = models.CharField("对象类别", max_length=60, blank=True)
    object_id = models.BigIntegerField("对象编号", null=True)
    object_name = models.CharField("对象", max_length=200, blank=True)
    code = models.CharField("公开代码", max_length=32, unique=True)
    series = models.CharField("首版代码", max_length=32, db_index=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    why_corrected = models.CharField("更正原因", max_length=500, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="建立人"
    )
    days = models.PositiveSmallIntegerField("公示天数", null=True)
    unit = models.CharField("按", max_length=10, choices=UNITS, default=Unit.WORKING.value)
    basis = models.CharField("期限依据", max_length=300, blank=True)
    published_at = models.DateTimeField("发布时间", null=True)
    starts_on = models.DateField("公示开始", null=True)
    ends_on = models.DateField("公示截止", null=True)
    started_on = models.DateField("实际张贴", null=True)
    ended_on = models.DateField("实际撤下", null=True)
    final_at = models.DateTimeField("生效时间", null=True)
    why_withdrawn = models.CharField("撤回原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "公示"
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["series", "version"], name="notice_version_once")]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="notice_object"),
            models.Index(fields=["compound", "kind", "state"], name="notice_of_compound"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about_kind(self) -> NoticeKind:
        """What its kind asks for."""
        return KINDS[self.kind]


OPEN_TO_ALL = Q(published_at__isnull=False)
"""Notices whose public page answers: whatever was published once. A draft that was withdrawn never was."""
IN_FORCE = (Notice.State.PUBLISHED, Notice.State.ENDED, Notice.State.FINAL)
"""The states in which a version stands: neither drafted, nor withdrawn, nor corrected."""


class NoticeFile(models.Model):
    """A file that is published with a notice (公示附件), and what it is."""

    class Part(models.TextChoices):
        """What it shows."""

        RENDERING = "rendering", "效果图"
        DRAWING = "drawing", "图纸"
        DESCRIPTION = "description", "施工说明"
        OTHER = "other", "其他"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="files", verbose_name="公示")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name="附件")
    part = models.CharField("种类", max_length=12, choices=Part.choices, default=Part.OTHER)

    class Meta:
        verbose_name = "公示附件"

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.attachment_id}"


class Posting(models.Model):
    """A notice as it was put up (张贴记录): day, spot, who; its photos are attachments of this row."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings", verbose_name="公示")
    posted_on = models.DateField("张贴日期")
    spot = models.CharField("张贴地点", max_length=100)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "张贴记录"
        ordering = ["posted_on", "pk"]

    def __str__(self) -> str:
        return f"{self.spot} {self.posted_on}"


class Objection(models.Model):
    """An objection or a question about a notice (异议、询问), with its answer.

    One from a resident's phone has their account; one on paper or by telephone the masked name as staff took it down.
    `received_on` decides whether it came in time, never the day on which it was typed in. Its text is shown to staff
    and to whoever wrote it; everybody else sees `summary`, which the answerer writes without personal data.
    """

    class Kind(models.TextChoices):
        """What it is."""

        OBJECTION = "objection", "异议"
        QUESTION = "question", "询问"

    class Channel(models.TextChoices):
        """How it came."""

        PHONE = "phone", "手机"
        PAPER = "paper", "书面"
        CALL = "call", "电话"
        VISIT = "visit", "当面"

    OUTCOMES = [
        (Outcome.REVISE.value, "采纳，修改后重新公示"),
        (Outcome.ACCEPTED.value, "采纳，公示内容不变"),
        (Outcome.REFUSED.value, "不采纳"),
    ]

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections", verbose_name="公示")
    number = models.PositiveIntegerField("编号")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.OBJECTION)
    channel = models.CharField("渠道", max_length=6, choices=Channel.choices)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户")
    said_by = models.CharField("提出人", max_length=40, blank=True)
    room = models.CharField("房屋", max_length=60, blank=True)
    text = models.TextField("内容", max_length=2000)
    received_on = models.DateField("收到日期")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )
    outcome = models.CharField("处理结果", max_length=10, choices=OUTCOMES, blank=True)
    answer = models.TextField("答复", max_length=2000, blank=True)
    summary = models.CharField("公开摘要", max_length=200, blank=True)
    told_how = models.CharField("告知方式", max_length=100, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )

    class Meta:
        verbose_name = "异议"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="objection_number_once"),
            models.CheckConstraint(
                condition=Q(account=None) ^ Q(entered_by=None), name="objection_by_account_or_staff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def who(self) -> str:
        """Who raised it, masked."""
        return self.account.phone_masked if self.account is not None else self.said_by or "未具名"

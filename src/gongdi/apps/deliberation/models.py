"""What is kept of deliberation: topics, replies, their meetings (kept by organisations), issues on site, their steps.

Whoever raised or reported something is either a resident's account or a member of staff, never both.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Building
from gongdi.apps.organisations.models import Body, Meeting
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.issues.gates import (
    OPEN,
    PLAIN_STATE_WORDS,
    PLAIN_STEP_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    UNHANDLED,
    State,
    Step,
)


def one_of_two(name: str) -> models.CheckConstraint:
    """A row comes from a resident's account or from a member of staff."""
    return models.CheckConstraint(condition=Q(account=None) ^ Q(by=None), name=name)


class Said(models.Model):
    """Something that a resident or a member of staff said or did at a moment."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """Who, masked: a resident's number, or the name of staff."""
        if self.account is not None:
            return f"居民 {self.account.phone_masked}"
        return self.by.masked_name if self.by is not None else "系统"

    @staticmethod
    def columns(by: Account | User) -> dict[str, Account | User]:
        """The column that says who."""
        return {"account": by} if isinstance(by, Account) else {"by": by}


class Topic(Said):
    """A topic of a compound (议题), raised by a resident or staff; closed with what came of it."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    title = models.CharField("议题", max_length=100)
    text = models.TextField("内容", max_length=2000)
    hidden_why = models.CharField("隐藏原因", max_length=300, blank=True)
    conclusion = models.TextField("结果", max_length=2000, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "议题"
        ordering = ["-at", "-pk"]
        constraints = [one_of_two("topic_by_account_or_staff")]

    def __str__(self) -> str:
        return self.title


class Reply(Said):
    """A question, an opinion or an answer under a topic (发言); hidden with a reason, never deleted."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="replies", verbose_name="议题")
    text = models.TextField("内容", max_length=2000)
    hidden_why = models.CharField("隐藏原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "发言"
        ordering = ["at", "pk"]
        constraints = [one_of_two("reply_by_account_or_staff")]

    def __str__(self) -> str:
        return f"{self.topic}的发言"


class TopicMeeting(models.Model):
    """A meeting of residents about a topic (议事协商会): counts and what was agreed.

    The meeting with its minutes and its follow-ups (who does what by when) is kept by organisations.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="meetings", verbose_name="议题")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="+", verbose_name="会议")
    invited = models.PositiveIntegerField("通知户数", null=True)
    came = models.PositiveIntegerField("到会人数")
    owners = models.PositiveIntegerField("其中业主", null=True)
    agreed = models.TextField("议定内容", max_length=2000)

    class Meta:
        verbose_name = "议事会议"
        ordering = ["-meeting__held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(owners=None) | Q(owners__lte=models.F("came")), name="owners_came")
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Issue(Said):
    """An issue on site (现场问题): what, where in the compound, who is to settle it by when.

    `place` is the compound's division code. `by` and `account` say who reported it.
    """

    class Spot(models.TextChoices):
        """Where in the compound."""

        BUILDING = "building", "楼栋"
        STAIRWELL = "stairwell", "单元"
        OPEN = "open", "室外公共场地"

    STATES = [(state.value, word) for state, word in STATE_WORDS.items()]

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    number = models.PositiveIntegerField("编号")
    text = models.TextField("问题", max_length=2000)
    spot = models.CharField("位置", max_length=10, choices=Spot.choices)
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="楼栋")
    where = models.CharField("具体地点", max_length=100)
    state = models.CharField("状态", max_length=10, choices=STATES, default=State.REPORTED.value)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name="承办单位")
    working_days = models.PositiveSmallIntegerField("期限（工作日）", null=True)
    due_on = models.DateField("截止日期", null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="处理人"
    )
    handled_at = models.DateTimeField("处理时间", null=True)
    closed_at = models.DateTimeField("销号时间", null=True)
    reopened = models.PositiveSmallIntegerField("重开次数", default=0)

    class Meta:
        verbose_name = "现场问题"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["place", "state", "due_on"], name="issue_place_state")]
        constraints = [
            models.UniqueConstraint(fields=["compound", "number"], name="issue_number_once"),
            one_of_two("issue_by_account_or_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.compound} 第 {self.number} 号问题"

    @property
    def plain_state(self) -> str:
        """Where it stands, in words for a resident."""
        return PLAIN_STATE_WORDS[State(self.state)]

    @property
    def spot_words(self) -> str:
        """Where it is, in words."""
        building = f"{self.building} " if self.building is not None else ""
        return f"{self.get_spot_display()}：{building}{self.where}"


OPEN_STATES = tuple(sorted(OPEN))
UNHANDLED_STATES = tuple(sorted(UNHANDLED))


REPORT = "report"
"""The first step of an issue."""


class IssueStep(Said):
    """What happened to an issue (办理经过); photos are attachments of this row. The first step is the report."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="steps", verbose_name="现场问题")
    step = models.CharField("步骤", max_length=10)
    note = models.CharField("说明", max_length=1000, blank=True)

    class Meta:
        verbose_name = "办理经过"
        ordering = ["at", "pk"]
        constraints = [one_of_two("issue_step_by_account_or_staff")]

    def __str__(self) -> str:
        return f"{self.issue} {self.words}"

    @property
    def plain(self) -> str:
        """The step in words for a resident."""
        return PLAIN_STEP_WORDS[Step(self.step)] if self.step != REPORT else "反映"

    @property
    def words(self) -> str:
        """The step in words."""
        return STEP_WORDS[Step(self.step)] if self.step != REPORT else "反映"

"""What is kept of bodies (机构与机制): members, leaders of areas, experts, meetings and what was decided there."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from gongdi.apps.accounts.models import Organisation
from gongdi.apps.inventory.lines import Line
from gongdi.apps.organisations.sources import ROLE_WORDS, departments
from gongdi.apps.places.models import Compound
from gongdi.web.sealing import masked_name, unseal

PERSON = "organisations.member.name"
"""The purpose under which the names of private persons are sealed."""


def in_force_on(day: date) -> models.Q:
    """Rows with `since` and `until` in force on a day; both days count, an empty one sets no bound."""
    begun = models.Q(since=None) | models.Q(since__lte=day)
    return begun & (models.Q(until=None) | models.Q(until__gte=day))


class Body(models.Model):
    """A body (机构): a leading group, a department, a committee, a company. It is ended, never deleted."""

    class Kind(models.TextChoices):
        """The kinds of body."""

        LEADING_GROUP = "leading_group", "领导小组"
        COORDINATION_GROUP = "coordination_group", "协调小组"
        OFFICE = "office", "办公室"
        WORK_GROUP = "work_group", "工作组"
        TASK_FORCE = "task_force", "工作专班"
        JOINT_CONFERENCE = "joint_conference", "联席会议"
        DEPARTMENT = "department", "部门"
        STREET_OFFICE = "street_office", "街道（镇）"
        RESIDENTS_COMMITTEE = "residents_committee", "社区居委会"
        PARTY_ORGANISATION = "party_organisation", "党组织"
        OWNERS_COMMITTEE = "owners_committee", "业主委员会"
        RESIDENTS_GROUP = "residents_group", "居民自治小组"
        ENVIRONMENT_COMMITTEE = "environment_committee", "环境和物业管理委员会"
        ON_SITE_GROUP = "on_site_group", "现场沟通协调小组"
        PROPERTY_COMPANY = "property_company", "物业服务企业"
        UTILITY = "utility", "专营单位"
        DESIGNER = "designer", "设计单位"
        BUILDER = "builder", "施工单位"
        SUPERVISOR = "supervisor", "监理单位"
        AUDITOR_FIRM = "auditor_firm", "审计机构"
        INVESTOR = "investor", "实施（投资）主体"
        EXPERT_COMMITTEE = "expert_committee", "专家委员会"
        OTHER = "other", "其他"

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=24, choices=Kind.choices)
    place = models.CharField("区划代码", max_length=12, db_index=True)
    compound = models.ForeignKey(
        Compound, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name="小区"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="上级机构"
    )
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, blank=True, related_name="body", verbose_name="对应单位"
    )
    department = models.CharField("部门", max_length=24, blank=True)
    lines = models.JSONField("管线类别", default=list, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("办公地址", max_length=120, blank=True)
    phone = models.CharField("公开电话", max_length=60, blank=True)
    hours = models.CharField("办公时间", max_length=60, blank=True)
    duty = models.CharField("职责", max_length=500, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    template = models.CharField("模板", max_length=80, blank=True)
    since = models.DateField("成立日期", null=True, blank=True)
    until = models.DateField("最后存续日", null=True, blank=True)
    made_up = models.BooleanField("虚构", default=False)
    kept_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "机构"
        ordering = ["place", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "place", "compound"], condition=models.Q(until=None), name="body_once_a_compound"
            ),
            models.UniqueConstraint(
                fields=["name", "place"], condition=models.Q(until=None, compound=None), name="body_once_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line_words(self) -> list[str]:
        """The kinds of lines of a utility, in words."""
        return [line.label for line in Line if line.value in self.lines]

    @property
    def department_word(self) -> str:
        """The department in words; "" for none."""
        known = departments().get(self.department)
        return known.zh if known is not None else ""


class Named(models.Model):
    """A person told by name: somebody who signs in, or a name in words, sealed when they are a private person."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="系统用户"
    )
    name = models.CharField("姓名", max_length=60, blank=True)
    name_sealed = models.BinaryField(default=b"")

    class Meta:
        abstract = True

    @property
    def shown_name(self) -> str:
        """The name for a page: a private person's and a user's are masked."""
        if self.person is not None:
            return self.person.masked_name
        return masked_name(unseal(self.name_sealed, PERSON)) if self.name_sealed else self.name


class Member(Named):
    """A dated post in a body (成员): a person, or another body that belongs to it, with title and role."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members", verbose_name="机构")
    title = models.CharField("职务", max_length=40)
    member_body = models.ForeignKey(
        Body, models.PROTECT, null=True, related_name="memberships", verbose_name="成员单位"
    )
    role = models.CharField("代表方", max_length=24, blank=True, choices=list(ROLE_WORDS.items()))
    since = models.DateField("任职起", null=True)
    until = models.DateField("任职止", null=True)

    class Meta:
        verbose_name = "机构成员"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.title}"

    @property
    def who(self) -> str:
        """The person or body, as a page shows it."""
        return self.shown_name or (str(self.member_body) if self.member_body else "")


class AreaLeader(Named):
    """A leader in charge of an area (领导包片): a division or one compound, from a day to a day."""

    place = models.CharField("区划代码", max_length=12, db_index=True)
    place_name = models.CharField("片区", max_length=100)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区")
    title = models.CharField("职务", max_length=60)
    since = models.DateField("自", null=True)
    until = models.DateField("至", null=True)

    class Meta:
        verbose_name = "包片领导"
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"{self.place_name} {self.title}"


class PoolEntry(models.Model):
    """An expert or a firm that may be chosen (专家库、备选库), with qualification and period."""

    class Kind(models.TextChoices):
        """The pools."""

        EXPERT = "expert", "专家"
        DESIGNER = "designer", "设计单位"
        BUILDER = "builder", "施工单位"
        SUPERVISOR = "supervisor", "监理单位"

    class State(models.TextChoices):
        """Where an entry stands."""

        ADMITTED = "admitted", "在库"
        SUSPENDED = "suspended", "暂停"
        REMOVED = "removed", "移出"

    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    name = models.CharField("名称或姓名", max_length=100)
    place = models.CharField("区划代码", max_length=12, db_index=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    field = models.CharField("专业或业务范围", max_length=100)
    qualification = models.CharField("资质或职称", max_length=200)
    since = models.DateField("入库日期")
    until = models.DateField("有效期至", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ADMITTED)
    made_up = models.BooleanField("虚构", default=False)

    class Meta:
        verbose_name = "专家和备选单位"
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name", "place"], condition=~models.Q(state="removed"), name="pool_entry_once_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def usable_on(self, day: date) -> bool:
        """Whether it may be chosen on a day: admitted and within its period."""
        return self.state == self.State.ADMITTED and self.since <= day and (self.until is None or day <= self.until)


class PoolRecord(models.Model):
    """An entry of record about an expert or firm (入库记录): works done, an evaluation, a change of standing."""

    class Kind(models.TextChoices):
        """The kinds of record."""

        WORK = "work", "业绩"
        EVALUATION = "evaluation", "评价"
        STANDING = "standing", "状态变化"

    entry = models.ForeignKey(PoolEntry, models.PROTECT, related_name="records", verbose_name="对象")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=500)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="小区")
    source = models.CharField("来源", max_length=200, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )

    class Meta:
        verbose_name = "入库记录"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_kind_display()}"


class Meeting(models.Model):
    """A meeting or a training session (会议、培训): day, place, who came, minutes."""

    class Kind(models.TextChoices):
        """The kinds of meeting."""

        LEADING_GROUP = "leading_group", "领导小组会议"
        JOINT_CONFERENCE = "joint_conference", "联席会议"
        REGULAR = "regular", "例会"
        SPECIAL = "special", "专题协调会"
        DELIBERATION = "deliberation", "议事协商会"
        MOBILISATION = "mobilisation", "动员会"
        TRAINING = "training", "培训"

    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    title = models.CharField("名称或主题", max_length=100)
    held_on = models.DateField("日期")
    venue = models.CharField("地点", max_length=100, blank=True)
    place = models.CharField("区划代码", max_length=12, db_index=True)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="小区")
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="召集机构"
    )
    bodies = models.ManyToManyField(Body, related_name="attended", blank=True, verbose_name="参加机构")
    attendees = models.CharField("参加人员", max_length=500, blank=True)
    trainers = models.CharField("授课人", max_length=200, blank=True)
    audience = models.PositiveIntegerField("参加人数", null=True, blank=True)
    minutes = models.TextField("纪要", max_length=20_000, blank=True)
    kept_at = models.DateTimeField("登记时间")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "会议"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """What a meeting decided that somebody is to do (督办事项), by a day; closed with proof."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name="会议")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区")
    decision = models.CharField("议定事项", max_length=500)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="follow_ups", verbose_name="责任机构")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="责任人"
    )
    working_days = models.PositiveSmallIntegerField("工作日")
    due = models.DateField("截止日期")
    closed_on = models.DateField("办结日期", null=True)
    proof = models.CharField("办结依据", max_length=500, blank=True)

    class Meta:
        verbose_name = "督办事项"
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.decision[:40]

    @property
    def answers(self) -> str:
        """Who answers for it: the body and the person, as a page shows them."""
        named = [str(self.body) if self.body else "", self.person.masked_name if self.person else ""]
        return " ".join(each for each in named if each)

    def state_on(self, day: date) -> str:
        """In words: done, late, under way."""
        if self.closed_on is not None:
            return "逾期办结" if self.closed_on > self.due else "已办结"
        return f"逾期 {(day - self.due).days} 天" if day > self.due else "办理中"


class FollowUpNote(models.Model):
    """How a follow-up goes (反馈), as told by those responsible or the officer."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="notes", verbose_name="督办事项")
    text = models.CharField("反馈", max_length=1000)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="反馈人")

    class Meta:
        verbose_name = "督办反馈"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.at:%Y-%m-%d}"

"""What is kept of votes. The log and its heads are only ever added to; the roll stands as it was frozen."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from gongdi.apps.dwellings.models import Building, Dwelling, Owner
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.voting.ballots import Channel, Precedence
from gongdi.core.voting.heads_rules import title_of
from gongdi.core.voting.public import NEWEST
from gongdi.core.voting.roll import Reason
from gongdi.core.voting.rules import Scope

SCOPES = [(Scope.COMPOUND.value, "全小区"), (Scope.BUILDING.value, "一栋楼"), (Scope.STAIRWELL.value, "一个单元")]
CHANNELS = [(Channel.PHONE.value, "手机"), (Channel.PAPER.value, "纸质选票"), (Channel.VISIT.value, "入户")]
PRECEDENCES = [
    (Precedence.LAST.value, "以最后交来的一次为准"),
    (Precedence.SIGNED.value, "有签名的选票优先于手机"),
    (Precedence.FIRST.value, "以最先交来的一次为准"),
]
REASONS = {
    Reason.ENDED.value: "已注销",
    Reason.NOT_YET.value: "当时还没有这一户",
    Reason.USE_NOT_COUNTED.value: "车位、车库、储藏不计入",
    Reason.OWNER_UNKNOWN.value: "业主不明",
}


class Vote(models.Model):
    """A vote (表决) with its window, its frozen roll, and the frontier of its log. Areas in 0.01 m2."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "起草"
        ROLLED = "rolled", "名册已固定"
        OPEN = "open", "投票中"
        CLOSED = "closed", "已截止"
        OBJECTIONS = "objections", "结果公示中"
        FINAL = "final", "已生效"
        VOID = "void", "已作废"

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="votes", verbose_name="小区")
    code = models.CharField("表决编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    scope = models.CharField("范围", max_length=10, choices=SCOPES, default=Scope.COMPOUND.value)
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="楼栋")
    stairwell = models.CharField("单元", max_length=20, blank=True)
    since = models.DateTimeField("投票开始")
    until = models.DateTimeField("投票截止")
    precedence = models.CharField("多次投票", max_length=10, choices=PRECEDENCES, default=Precedence.LAST.value)
    changes = models.BooleanField("截止前可以改", default=True)
    one_voter = models.BooleanField("共有人推选一人投票", default=True)
    heads_rule = models.JSONField("计人规则", default=dict)
    publish_rooms = models.BooleanField("公开文件写明房屋", default=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    form = models.PositiveSmallIntegerField("公开文件格式", default=NEWEST)
    public_key = models.CharField("签名公钥", max_length=64, blank=True)
    waiting = models.JSONField("截止时待录入", default=list)
    """Names of the units whose papers, handed in before, waited to be typed in at the close."""
    algorithm = models.CharField("摘要算法", max_length=10, default="sha256")
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    roll_on = models.DateField("名册日期", null=True)
    salt = models.BinaryField(default=b"")
    roll_digest = models.CharField("名册摘要", max_length=64, blank=True)
    heads = models.PositiveIntegerField("业主人数", default=0)
    area = models.PositiveBigIntegerField("专有部分面积", default=0)
    size = models.PositiveIntegerField("日志条数", default=0)
    peaks = models.JSONField(default=list)
    last_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField("截止时间", null=True)
    objections_until = models.DateField("公示截止", null=True)
    final_at = models.DateTimeField("生效时间", null=True)
    why_void = models.CharField("作废原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "表决"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def why_shut(self, now: datetime) -> str:
        """Why no ballot can be given by phone or at the door at a moment, in words for an owner; empty where it can."""
        if self.state in (self.State.DRAFT, self.State.ROLLED):
            return "表决还没有开始。"
        if self.state == self.State.OPEN and self.since <= now <= self.until:
            return ""
        at = localtime(self.since if now < self.since else self.until)
        when = f"{at.month}月{at.day}日 {at:%H:%M}"
        if now < self.since:
            return f"还没到投票时间，{when}才开始。"
        return f"投票时间已过，{when}截止。" if now > self.until else "投票已经结束。"

    @property
    def heads_rule_title(self) -> str:
        """How heads are counted, in words."""
        return title_of(self.heads_rule)


class Matter(models.Model):
    """One question of a vote (表决事项), with its rule as it was when the vote was drafted."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="matters", verbose_name="表决")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("事项", max_length=200)
    rule = models.JSONField("规则")
    rule_title = models.CharField("规则说明", max_length=120)

    class Meta:
        verbose_name = "表决事项"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="matter_once_a_vote")]

    def __str__(self) -> str:
        return self.title


class Unit(models.Model):
    """One head on the frozen roll (一票). `place_on_roll` orders the units as a person would walk."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="units", verbose_name="表决")
    name = models.CharField("代号", max_length=20)
    heads = models.PositiveSmallIntegerField("人数", default=1)
    area = models.PositiveBigIntegerField("面积")
    rooms = models.CharField("房屋", max_length=300)
    owners_masked = models.CharField("业主", max_length=200, blank=True)
    votable = models.BooleanField("有人可投", default=True)
    dwellings = models.ManyToManyField(Dwelling, related_name="+", verbose_name="房屋")
    owners = models.ManyToManyField(Owner, related_name="+", verbose_name="业主")
    place_on_roll = models.PositiveIntegerField("名册序号")

    class Meta:
        verbose_name = "表决名册"
        ordering = ["place_on_roll"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "name"], name="unit_once_a_vote"),
            models.UniqueConstraint(fields=["vote", "place_on_roll"], name="place_once_a_roll"),
        ]

    def __str__(self) -> str:
        return self.rooms

    def why_nobody_votes(self) -> str:
        """Why no ballot can be taken in for a unit that counts all the same; empty where one can."""
        return "" if self.votable else "业主不明：计入总数，没有人可以投票。查明业主后，下一次表决的名册会列入。"


class LeftOff(models.Model):
    """A dwelling that does not stand on the roll (未列入), with the reason."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="left_off", verbose_name="表决")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+", verbose_name="房屋")
    area = models.PositiveBigIntegerField("面积")
    reason = models.CharField("原因", max_length=20)

    def __str__(self) -> str:
        return f"{self.dwelling} {self.reason}"

    @property
    def reason_words(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


class RollLine(models.Model):
    """The frozen roll as it is published, line by line in order."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll_lines", verbose_name="表决")
    number = models.PositiveIntegerField("序号")
    line = models.TextField("内容")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="roll_line_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.number}"


class LogEntry(models.Model):
    """An entry of the log (日志条目) with the head that was signed over it (签名树头)."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="log", verbose_name="表决", db_index=False)
    seq = models.PositiveIntegerField("序号")
    line = models.TextField("内容")
    leaf = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    head_at = models.CharField(max_length=20)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = "日志条目"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["vote", "seq"], name="entry_once_a_log")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.seq}"


class Ballot(models.Model):
    """An accepted ballot (选票). Who entered it stays distinguishable: an account, or a member of staff.

    Ballots are looked for by vote, key and unit alone; every further index would have to be written with each of them.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots", verbose_name="表决", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ballots", verbose_name="表决名册")
    entry = models.OneToOneField(LogEntry, models.PROTECT, related_name="ballot", verbose_name="日志条目")
    key = models.CharField("请求编号", max_length=64)
    channel = models.CharField("渠道", max_length=10, choices=CHANNELS)
    answers = models.JSONField("表决意见")
    by_proxy = models.BooleanField("代投", default=False)
    at = models.DateTimeField("时间")
    received_at = models.DateTimeField("交回时间")
    signed_by = models.ForeignKey(
        Owner, models.PROTECT, null=True, related_name="+", verbose_name="签名的业主", db_index=False
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户", db_index=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人", db_index=False
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="复核人", db_index=False
    )

    class Meta:
        verbose_name = "选票"
        constraints = [
            models.UniqueConstraint(fields=["vote", "key"], name="ballot_once_a_request"),
            models.CheckConstraint(
                condition=models.Q(account=None) ^ models.Q(entered_by=None), name="ballot_by_account_or_staff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.entry_id}"


class PaperEntry(models.Model):
    """A paper ballot from its hand-in (交回) until two people have typed the same and it is cast, or it is set aside.

    One that is void (无效) is doubted by one person and set aside by another; until then it waits.

    `first` and `second` are what was typed: answers by matter number, whether a proxy filled it in.
    """

    class State(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received", "已交回，待录入"
        FIRST = "first", "待复核"
        DIFFERENT = "different", "两次不一致"
        DOUBTED = "doubted", "待复核作废"
        CAST = "cast", "已计入"
        DISCARDED = "discarded", "已作废"

    OVER = (State.CAST, State.DISCARDED)

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="papers", verbose_name="表决")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers", verbose_name="表决名册")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField("交回时间")
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    first = models.JSONField("第一次录入", null=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="第一录入人"
    )
    first_at = models.DateTimeField("第一次录入时间", null=True)
    second = models.JSONField("第二次录入", null=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="第二录入人"
    )
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, related_name="paper", verbose_name="选票")
    doubted_at = models.DateTimeField("提出作废时间", null=True)
    doubted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="提出作废人"
    )
    discarded_at = models.DateTimeField("作废时间", null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="作废人"
    )
    why_discarded = models.CharField("作废原因", max_length=300, blank=True)
    typed_anew = models.BooleanField("重新录入", default=False)
    """Whether it was set aside only to be typed in anew: the paper itself is good."""

    class Meta:
        verbose_name = "纸质选票"
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "unit"],
                condition=~models.Q(state__in=["cast", "discarded"]),
                name="one_open_paper_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"纸质选票 {self.pk}"


class Voter(models.Model):
    """The one whom co-owners named to vote for them (共有人推选的投票人), before the ballot or with it.

    A row stands until another is named; then it is ended, never changed. Named with a ballot by phone, it may be known
    by the account alone.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="voters", verbose_name="表决")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="voters", verbose_name="表决名册")
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="+", verbose_name="业主")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户")
    named_at = models.DateTimeField("推选时间")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    why = models.CharField("依据", max_length=300, blank=True)
    ended_at = models.DateTimeField("改推时间", null=True)

    class Meta:
        verbose_name = "推选的投票人"
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "unit"], condition=models.Q(ended_at=None), name="one_voter_a_unit")
        ]

    def __str__(self) -> str:
        if self.owner is not None:
            return self.owner.name_masked
        return f"手机 {self.account}" if self.account is not None else "未写明"


AGENT, EVIDENCE = "voting.mandate.agent", "voting.evidence.file"
"""The purposes under which the names of agents, and signatures and papers are sealed."""


class Evidence(models.Model):
    """A signature or the photo of a signed paper (佐证), sealed on the disk under the digest of the sealed file."""

    class Kind(models.TextChoices):
        """What it is."""

        SIGNATURE = "signature", "手写签名"
        PAPER = "paper", "签名的选票照片"
        MANDATE = "mandate", "委托书照片"

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="evidence", verbose_name="表决")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence", verbose_name="表决名册")
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="evidence", verbose_name="选票")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    digest = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField("类型", max_length=40)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    kept_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "选票佐证"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Mandate(models.Model):
    """A written proxy (书面委托): a unit's owner lets another person fill in the ballot; its photo is kept sealed."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="mandates", verbose_name="表决")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mandates", verbose_name="表决名册")
    agent_sealed = models.BinaryField()
    agent_masked = models.CharField("受托人", max_length=60)
    agent_digest = models.CharField(max_length=64, db_index=True)
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="mandate", verbose_name="委托书")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "委托"
        ordering = ["recorded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "unit"], name="one_mandate_a_unit")]

    def __str__(self) -> str:
        return f"受托人 {self.agent_masked}"


class Objection(models.Model):
    """An objection to a published result (对结果的异议), answered before the result is final."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="objections", verbose_name="表决")
    number = models.PositiveIntegerField("序号")
    who = models.CharField("提出人", max_length=60)
    text = models.TextField("异议内容", max_length=1000)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    raised_at = models.DateTimeField("提出时间")
    received_on = models.DateField("收到日期", null=True)
    """The day that counts, where staff wrote it down; it may be earlier than the day of writing."""
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "对表决结果的异议"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="objection_once_a_vote")]

    def __str__(self) -> str:
        return f"异议 {self.number}"


class ResultStep(models.Model):
    """What was done with a final result (结果办理): confirmed by a body, submitted to the street, received there."""

    class Kind(models.TextChoices):
        """Which step; in this order."""

        CONFIRMED = "confirmed", "业委会或居民小组确认"
        SUBMITTED = "submitted", "提交街道"
        RECEIVED = "received", "街道收件"

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="steps", verbose_name="表决")
    kind = models.CharField("环节", max_length=10, choices=Kind.choices)
    body = models.CharField("单位", max_length=100)
    note = models.CharField("说明或收件编号", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "表决结果办理"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "kind"], name="result_step_once_a_vote")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.body}"

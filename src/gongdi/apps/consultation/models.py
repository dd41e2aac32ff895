"""What is kept of consultations: rounds with their menu, the households asked, every answer, lists of contents.

Money in fen, areas in 0.01 m2, shares of payers in hundredths of a percent. Answers are only ever added.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongdi.apps.dwellings.models import Building, Dwelling
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.consultation.answers import Channel, Side, Willing, Wish
from gongdi.core.consultation.coverage import LeftOff, NotReached
from gongdi.core.consultation.pledges import Pledge, Reply
from gongdi.core.consultation.prices import Basis, Payer, Price

BASES = [
    (Basis.TOTAL.value, "整项估算"),
    (Basis.PER_DWELLING.value, "每户"),
    (Basis.PER_M2.value, "每平方米专有部分面积"),
    (Basis.PER_UNIT.value, "按数量"),
    (Basis.STAIRWELL.value, "每个单元，由要的单元自己分摊"),
]
PAYERS = [
    (Payer.FISCAL.value, "财政"),
    (Payer.OWNERS.value, "业主"),
    (Payer.UTILITY.value, "专营单位"),
    (Payer.ORIGINAL_UNIT.value, "原产权单位"),
    (Payer.SOCIETY.value, "社会力量"),
]
WISHES = [(Wish.WANTS.value, "想要"), (Wish.WITHOUT.value, "可有可无"), (Wish.AGAINST.value, "不要")]
WILLING = [(Willing.YES.value, "愿意"), (Willing.NO.value, "不愿意"), (Willing.UNSURE.value, "说不准")]
CHANNELS = [(Channel.PHONE.value, "手机"), (Channel.PAPER.value, "纸质征询表"), (Channel.VISIT.value, "上门")]
REPLIES = [
    (Reply.YES.value, "愿意"), (Reply.NO.value, "不愿意"), (Reply.UNSURE.value, "说不准"),
    (Reply.NOT_MINE.value, "我家没有搭建"),
]  # fmt: skip
PLEDGES = [
    (Pledge.TAKE_PART.value, "改造时开会商量、看看施工，您愿意参加吗"),
    (Pledge.FEE.value, "改造好以后，您愿意按时交物业费吗"),
    (Pledge.FUND.value, "维修资金没交过或不够的，您愿意补交吗"),
    (Pledge.REMOVAL.value, "家里有违章搭建的，您愿意配合拆掉吗"),
    (Pledge.MARKET.value, "请企业来改造、以后由它管一部分（如停车、养老、充电），您愿意吗"),
]
SIDES = [(Side.OWNERS.value, "业主"), (Side.USERS.value, "租户")]
LEFT_OFF = [(LeftOff.ENDED.value, "房屋已注销"), (LeftOff.NOT_HOME.value, "不是住宅，不计户")]
NOT_REACHED = [
    (NotReached.NOT_TRIED.value, "尚未联系"),
    (NotReached.NOBODY_HOME.value, "上门无人"),
    (NotReached.VACANT.value, "空置"),
    (NotReached.NO_CONTACT.value, "联系不上"),
    (NotReached.DECLINED.value, "不愿答复"),
]


class Round(models.Model):
    """A consultation round (征询) of one compound: its window, and the households as they stood at the opening."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "起草"
        OPEN = "open", "征询中"
        CLOSED = "closed", "已结束"
        DISCARDED = "discarded", "已放弃"

    RUN = (State.OPEN, State.CLOSED)

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="rounds", verbose_name="小区")
    code = models.CharField("征询编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    since = models.DateField("开始日期")
    until = models.DateField("截止日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    pledges = models.JSONField("另外问的", default=list)
    why_discarded = models.CharField("放弃的原因", max_length=300, blank=True)
    pack = models.CharField("适用政策", max_length=60)
    as_of = models.DateField("政策日期")
    why_no_special = models.CharField("不列专项工程的原因", max_length=300, blank=True)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    opened_at = models.DateTimeField("开始时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    household_count = models.PositiveIntegerField("户数", default=0)
    area = models.PositiveBigIntegerField("专有部分面积", default=0)
    example_area = models.PositiveBigIntegerField("举例的面积", default=0)
    judged = models.JSONField("认定的意愿", default=dict)
    judged_on = models.DateField("认定日期", null=True)

    class Meta:
        verbose_name = "意愿征询"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def asked_pledges(self) -> tuple[Pledge, ...]:
        """What is asked beside the menu."""
        return tuple(Pledge(each) for each in self.pledges)


class MenuItem(models.Model):
    """One item of a round's menu (征询内容): plain words, price, who pays. Fixed once the round is open."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="items", verbose_name="征询")
    number = models.PositiveSmallIntegerField("序号")
    item = models.CharField("内容代码", max_length=60)
    item_class = models.CharField("类别", max_length=20)
    section = models.CharField("条款", max_length=40, blank=True)
    special = models.BooleanField("专项工程", default=False)
    name = models.CharField("名称", max_length=60)
    sentence = models.CharField("一句话说明", max_length=200)
    basis = models.CharField("计价方式", max_length=12, choices=BASES, default=Basis.TOTAL.value)
    fen = models.PositiveBigIntegerField("价格", null=True)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = models.CharField("单位", max_length=10, blank=True)
    shares = models.JSONField("谁出钱", default=dict)
    shares_source = models.CharField("出资依据或原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "征询内容"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="menu_number_once"),
            models.UniqueConstraint(fields=["round", "item"], name="menu_item_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Price:
        """The price, for the sums; an item without one counts nothing."""
        return Price(Basis(self.basis), self.fen or 0, self.quantity)

    @property
    def payers(self) -> dict[Payer, int]:
        """The shares by payer, every payer named."""
        return {payer: int(self.shares.get(payer.value, 0)) for payer in Payer}


class Household(models.Model):
    """A dwelling as it stood when the round opened (征询户): counted, or left off with the reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="households", verbose_name="征询")
    number = models.PositiveIntegerField("序号")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+", verbose_name="房屋")
    building = models.ForeignKey(Building, models.PROTECT, related_name="+", verbose_name="楼栋")
    label = models.CharField("房屋名称", max_length=80)
    area = models.PositiveBigIntegerField("面积")
    left_off = models.CharField("不计户的原因", max_length=10, choices=LEFT_OFF, blank=True)

    class Meta:
        verbose_name = "征询户"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="household_number_once"),
            models.UniqueConstraint(fields=["round", "dwelling"], name="household_once_a_round"),
        ]

    def __str__(self) -> str:
        return self.label


class Response(models.Model):
    """An answer of a household (答复). A later one of the same side replaces it in the counts; both stay."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="responses", verbose_name="征询")
    household = models.ForeignKey(Household, models.PROTECT, related_name="responses", verbose_name="征询户")
    key = models.CharField("请求编号", max_length=64)
    seq = models.PositiveIntegerField("次序")
    side = models.CharField("答复人", max_length=8, choices=SIDES)
    channel = models.CharField("渠道", max_length=8, choices=CHANNELS)
    wishes = models.JSONField("意愿", default=dict)
    priorities = models.JSONField("最想要的", default=list)
    willing = models.CharField("是否愿意出资", max_length=8, choices=WILLING, blank=True)
    pledges = models.JSONField("另外问的答复", default=dict)
    words = models.CharField("意见", max_length=500, blank=True)
    heard = models.BooleanField("已征求，没有意见", default=False)
    at = models.DateTimeField("时间")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="居民账户")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )

    class Meta:
        verbose_name = "征询答复"
        ordering = ["round", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="response_once_a_request"),
            models.UniqueConstraint(fields=["round", "seq"], name="response_seq_once"),
            models.CheckConstraint(condition=Q(account=None) ^ Q(entered_by=None), name="response_by_account_or_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.seq}"


class Attempt(models.Model):
    """An attempt that reached nobody (未征求到): why, when, by whom."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="attempts", verbose_name="征询户")
    reason = models.CharField("原因", max_length=12, choices=NOT_REACHED[1:])
    at = models.DateTimeField("时间")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "未征求到"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.household_id} {self.reason}"


class ContentList(models.Model):
    """A list of contents (改造内容清单) as it was fixed from a round; a later one of the round replaces it, both stay.

    The written application (书面申请) that is filed with it stands here: when, by whom, to whom.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="content_lists", verbose_name="征询")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="content_lists", verbose_name="小区")
    version = models.PositiveSmallIntegerField("版次")
    fixed_at = models.DateTimeField("确定时间")
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确定人")
    filed_on = models.DateField("申请日期", null=True)
    applicant = models.CharField("申请人", max_length=100, blank=True)
    receiver = models.CharField("受理单位", max_length=100, blank=True)

    class Meta:
        verbose_name = "改造内容清单"
        ordering = ["-fixed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="list_version_once_a_round")]

    def __str__(self) -> str:
        return f"改造内容清单（第{self.version}版）"


class ContentLine(models.Model):
    """An item on a list of contents, taken in or left out; the reason where it departs from the wishes."""

    content_list = models.ForeignKey(ContentList, models.PROTECT, related_name="lines", verbose_name="改造内容清单")
    menu_item = models.ForeignKey(MenuItem, models.PROTECT, related_name="+", verbose_name="征询内容")
    chosen = models.BooleanField("列入")
    reason = models.CharField("原因", max_length=300, blank=True)
    wants = models.PositiveIntegerField("想要户数")
    without = models.PositiveIntegerField("可有可无户数")
    against = models.PositiveIntegerField("不要户数")
    total = models.PositiveBigIntegerField("估算")

    class Meta:
        verbose_name = "改造内容"
        ordering = ["content_list", "menu_item__number"]
        constraints = [models.UniqueConstraint(fields=["content_list", "menu_item"], name="line_once_a_list")]

    def __str__(self) -> str:
        return f"{self.content_list_id} {self.menu_item_id}"

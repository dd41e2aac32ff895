"""What a survey finds on the ground of a compound. A finding is withdrawn with a reason or followed by a later one,
never overwritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongdi.apps.places.models import Compound, CompoundFact
from gongdi.exchange.packfiles import load_vocabulary


def item_choices() -> list[tuple[str, str]]:
    """The items of the common catalogue."""
    return [(code, item.zh) for code, item in load_vocabulary().items.items()]


def resource_choices() -> list[tuple[str, str]]:
    """The kinds of spare space that the rules know."""
    return list(load_vocabulary().facts["resource"].labels.items())


class Finding(models.Model):
    """What all findings tell: of which compound and day, from where, by whom, how sure, and whether still in force."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    found_on = models.DateField("情况日期")
    source = models.CharField("来源", max_length=300)
    sureness = models.CharField(
        "可靠程度", max_length=12, choices=CompoundFact.Sureness.choices, default=CompoundFact.Sureness.STATED
    )
    note = models.CharField("说明", max_length=500, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_why = models.CharField("撤下原因", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["-found_on", "-pk"]


class Facility(Finding):
    """The condition of what a catalogue item is about (设施现状), and whether the compound has it at all."""

    class Condition(models.TextChoices):
        """In what state it is."""

        GOOD = "good", "完好"
        WORN = "worn", "老化"
        BROKEN = "broken", "损坏"
        MISSING = "missing", "缺失"
        NOT_NEEDED = "not_needed", "不需要"

    item = models.CharField("改造内容", max_length=60)
    condition = models.CharField("现状", max_length=12, choices=Condition.choices)
    quantity = models.CharField("数量", max_length=60, blank=True, help_text="如：320 米、12 个、3 栋。")

    class Meta(Finding.Meta):
        verbose_name = "设施现状"
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "item"], condition=models.Q(withdrawn_at=None), name="facility_once_a_compound"
            )
        ]

    def __str__(self) -> str:
        return dict(item_choices()).get(self.item, self.item)


class Inspection(Finding):
    """An inspection of a hazard (隐患检测); a treated risk is said with its day."""

    class Kind(models.TextChoices):
        """What was inspected."""

        GAS = "gas", "燃气管道"
        STRUCTURE = "structure", "房屋结构"
        FIRE = "fire", "消防"
        DRAINAGE = "drainage", "排水"
        ELECTRICAL = "electrical", "电气线路"

    kind = models.CharField("检测对象", max_length=12, choices=Kind.choices)
    body = models.CharField("检测单位", max_length=100)
    qualified = models.BooleanField("检测单位具备资质", default=False)
    risk_found = models.BooleanField("存在安全风险", default=False)
    where = models.CharField("部位", max_length=200, blank=True, help_text="如：3幢1单元立管。")
    treated_on = models.DateField("整改完成日期", null=True, blank=True)

    class Meta(Finding.Meta):
        verbose_name = "隐患检测"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}检测"


class SpareSpace(Finding):
    """Idle land or rooms in or around a compound (存量资源): who owns it, how large, what it could serve."""

    class Availability(models.TextChoices):
        """Whether it can be had."""

        AVAILABLE = "available", "可使用"
        NEGOTIATING = "negotiating", "协商中"
        UNAVAILABLE = "unavailable", "不可使用"
        IN_USE = "in_use", "已利用"

    class Means(models.TextChoices):
        """How it would be had (jiangbei 三(二), puer 五(二))."""

        PURCHASE = "purchase", "购买"
        LEASE = "lease", "租赁"
        SWAP = "swap", "置换"
        BUILD = "build", "新建"
        TRANSFER = "transfer", "划转"
        USE_RIGHT = "use_right", "移交使用权"
        LENDING = "lending", "无偿借用"
        DONATION = "donation", "捐赠"

    kind = models.CharField("种类", max_length=30)
    name = models.CharField("名称或位置", max_length=100)
    owner_unit = models.CharField("权属单位", max_length=100, blank=True)
    area = models.PositiveBigIntegerField("面积（0.01平方米）", null=True)
    inside = models.BooleanField("在小区红线内", default=True)
    present_use = models.CharField("目前用途", max_length=100, blank=True)
    proposed_use = models.CharField("拟作用途", max_length=100, blank=True)
    availability = models.CharField("可用情况", max_length=12, choices=Availability.choices)
    means = models.CharField("取得方式", max_length=12, choices=Means.choices, blank=True)

    class Meta(Finding.Meta):
        verbose_name = "存量资源"

    def __str__(self) -> str:
        return self.name


class NearbyService(Finding):
    """A service that residents can walk to (周边服务设施)."""

    class Kind(models.TextChoices):
        """What it gives; the kinds of core/survey/circle.py."""

        COMMUNITY_CENTRE = "community_centre", "社区综合服务站"
        ELDERLY_CARE = "elderly_care", "养老服务"
        CHILDCARE = "childcare", "托育服务"
        HEALTH = "health", "卫生服务站"
        CANTEEN = "canteen", "社区食堂"
        SHOP = "shop", "便利店"
        MARKET = "market", "菜场"
        PARK = "park", "公园绿地"
        SPORTS = "sports", "健身场地"
        SCHOOL = "school", "幼儿园或小学"
        PUBLIC_TOILET = "public_toilet", "公共厕所"
        PARCEL = "parcel", "快递服务"
        CULTURE = "culture", "文化活动室"
        BUS_STOP = "bus_stop", "公交站"

    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    name = models.CharField("名称", max_length=100)
    minutes = models.PositiveSmallIntegerField("步行时间（分钟）")

    class Meta(Finding.Meta):
        verbose_name = "周边服务设施"

    def __str__(self) -> str:
        return self.name


class PastWorks(Finding):
    """Works done before (改造沿革)."""

    year = models.PositiveSmallIntegerField("完成年份")
    content = models.CharField("内容", max_length=200)
    comprehensive = models.BooleanField("属综合改造", default=False)
    cost = models.PositiveBigIntegerField("费用（分）", null=True)
    funder = models.CharField("出资单位", max_length=100, blank=True)

    class Meta(Finding.Meta):
        verbose_name = "改造沿革"

    def __str__(self) -> str:
        return f"{self.year}年{self.content}"


class ControllingUnit(Finding):
    """The unit to which a compound belongs or belonged (权属、管理单位)."""

    class Kind(models.TextChoices):
        """What kind of unit."""

        NONE = "none", "无"
        STATE_OWNED_ENTERPRISE = "state_owned_enterprise", "国有企业"
        INSTITUTION = "institution", "事业单位"
        MILITARY = "military", "军队"
        CENTRAL_OR_PROVINCIAL = "central_or_provincial", "中央、省属单位"
        RETIRED_CADRES = "retired_cadres", "老干部住宅"
        OTHER = "other", "其他"

    kind = models.CharField("单位性质", max_length=30, choices=Kind.choices)
    name = models.CharField("单位名称", max_length=100, blank=True)

    class Meta(Finding.Meta):
        verbose_name = "权属单位"

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

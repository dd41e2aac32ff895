"""What is kept of buildings, dwellings, owners and ownership. History is by dates: any past roll can be rebuilt.

Names, identity numbers and phones are sealed (web/sealing.py); beside each stand its masked form for lists and its
keyed digest for exact search. Areas are whole 0.01 m2.
"""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongdi.apps.places.models import Compound, Division

NAME, NUMBER, PHONE = "dwellings.owner.name", "dwellings.owner.number", "dwellings.owner.phone"
"""The purposes under which an owner's values are sealed and digested."""


class Building(models.Model):
    """A residential building (楼栋) of a compound."""

    class Structure(models.TextChoices):
        """How it is built."""

        BRICK_CONCRETE = "brick_concrete", "砖混"
        BRICK_TIMBER = "brick_timber", "砖木"
        FRAME = "frame", "框架"
        SHEAR_WALL = "shear_wall", "剪力墙"
        OTHER = "other", "其他"

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="building_rows", verbose_name="小区")
    name = models.CharField("楼栋", max_length=30)
    floors = models.SmallIntegerField("地上层数", null=True)
    stairwells = models.SmallIntegerField("单元数", null=True)
    structure = models.CharField("结构", max_length=20, choices=Structure.choices, blank=True)
    completed_year = models.SmallIntegerField("建成年份", null=True)
    lifts = models.SmallIntegerField("电梯数", null=True)
    area = models.PositiveBigIntegerField("建筑面积（0.01平方米）", null=True)
    source = models.CharField("来源", max_length=300, blank=True)
    brought_by = models.ForeignKey(
        "DwellingImport", models.PROTECT, null=True, related_name="+", verbose_name="所属导入"
    )

    class Meta:
        verbose_name = "楼栋"
        ordering = ["compound", "name"]
        constraints = [models.UniqueConstraint(fields=["compound", "name"], name="building_once_a_compound")]

    def __str__(self) -> str:
        return self.name


class Dwelling(models.Model):
    """One exclusive part (套、专有部分): a flat, a shop, a garage. It is ended, never deleted."""

    class Use(models.TextChoices):
        """What it is used for; parking spaces and garages are no ground of a vote in some cities."""

        RESIDENCE = "residence", "住宅"
        SHOP = "shop", "商业"
        OFFICE = "office", "办公"
        PARKING = "parking", "车位"
        GARAGE = "garage", "车库"
        STORAGE = "storage", "储藏"
        OTHER = "other", "其他"

    class AreaBasis(models.TextChoices):
        """Where its area comes from (建筑物区分所有权司法解释 art. 8)."""

        REGISTERED = "registered", "登记"
        SURVEYED = "surveyed", "实测"
        CONTRACT = "contract", "合同"

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="dwellings", verbose_name="小区")
    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings", verbose_name="楼栋")
    stairwell = models.CharField("单元", max_length=20, blank=True)
    room = models.CharField("房号", max_length=20)
    floor = models.SmallIntegerField("楼层", null=True)
    area = models.PositiveBigIntegerField("专有部分面积（0.01平方米）")
    area_basis = models.CharField("面积依据", max_length=10, choices=AreaBasis.choices, default=AreaBasis.REGISTERED)
    use = models.CharField("用途", max_length=10, choices=Use.choices, default=Use.RESIDENCE)
    unit_number = models.CharField("不动产单元号", max_length=28, blank=True)
    began_on = models.DateField("起始日期", null=True)
    """The first day on which there was such a dwelling, where it was built later or came of a split; else unknown."""
    ended_on = models.DateField("注销日期", null=True)
    ended_why = models.CharField("注销原因", max_length=200, blank=True)
    brought_by = models.ForeignKey(
        "DwellingImport", models.PROTECT, null=True, related_name="+", verbose_name="所属导入"
    )

    class Meta:
        verbose_name = "房屋"
        ordering = ["building", "stairwell", "floor", "room"]
        constraints = [
            models.UniqueConstraint(fields=["building", "stairwell", "room"], name="dwelling_once_a_building"),
        ]
        indexes = [models.Index(fields=["compound", "building"], name="dwelling_compound_building")]

    def __str__(self) -> str:
        return f"{self.building}{self.stairwell}{self.room}"


class FormerFigures(models.Model):
    """What a dwelling's area and use were (房屋沿革), up to, not including, the day `until`; area in 0.01 m2."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="former_figures", verbose_name="房屋")
    until = models.DateField("截止日期")
    area = models.PositiveBigIntegerField("专有部分面积（0.01平方米）")
    area_basis = models.CharField("面积依据", max_length=10, choices=Dwelling.AreaBasis.choices)
    use = models.CharField("用途", max_length=10, choices=Dwelling.Use.choices)
    why = models.CharField("变更原因", max_length=500, blank=True)
    brought_by = models.ForeignKey(
        "DwellingImport", models.PROTECT, null=True, related_name="+", verbose_name="所属导入"
    )

    class Meta:
        verbose_name = "房屋沿革"
        ordering = ["dwelling", "until"]
        constraints = [models.UniqueConstraint(fields=["dwelling", "until"], name="figures_end_once_a_day")]

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.until}"


class Owner(models.Model):
    """An owner (业主) in one compound, counted once whatever they own there."""

    class Kind(models.TextChoices):
        """What an owner is; the developer's unsold stock counts as one (司法解释 art. 9)."""

        PERSON = "person", "个人"
        ORGANISATION = "organisation", "单位"
        DEVELOPER = "developer", "开发企业"
        PUBLIC_HOUSING = "public_housing", "公房产权单位"
        GOVERNMENT = "government", "政府"

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="owners", verbose_name="小区")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices, default=Kind.PERSON)
    name_sealed = models.BinaryField()
    name_masked = models.CharField("业主", max_length=60)
    name_digest = models.CharField(max_length=64, db_index=True)
    number_sealed = models.BinaryField(default=b"")
    number_masked = models.CharField("证件号码", max_length=30, blank=True)
    number_digest = models.CharField(max_length=64, blank=True)
    phone_sealed = models.BinaryField(default=b"")
    phone_masked = models.CharField("联系电话", max_length=20, blank=True)
    phone_digest = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged_from", verbose_name="并入的业主"
    )
    brought_by = models.ForeignKey(
        "DwellingImport", models.PROTECT, null=True, related_name="+", verbose_name="所属导入"
    )

    class Meta:
        verbose_name = "业主"
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "number_digest"],
                condition=~Q(number_digest=""),
                name="owner_number_once_a_compound",
            )
        ]
        indexes = [
            models.Index(fields=["number_digest"], name="owner_number", condition=~Q(number_digest="")),
            models.Index(fields=["phone_digest"], name="owner_phone", condition=~Q(phone_digest="")),
        ]

    def __str__(self) -> str:
        return self.name_masked


class Ownership(models.Model):
    """A spell in which an owner held a share of a dwelling (产权): from `since` up to, not including, `until`."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="ownerships", verbose_name="房屋")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="ownerships", verbose_name="业主")
    part = models.PositiveIntegerField("份额分子", default=1)
    whole = models.PositiveIntegerField("份额分母", default=1)
    joint = models.BooleanField("共同共有", default=False)
    since = models.DateField("起始日期", null=True)
    until = models.DateField("终止日期", null=True)
    certificate = models.CharField("不动产权证号", max_length=60, blank=True)
    basis = models.CharField("取得方式", max_length=60, blank=True)
    source = models.CharField("来源", max_length=300, blank=True)
    brought_by = models.ForeignKey(
        "DwellingImport", models.PROTECT, null=True, related_name="+", verbose_name="所属导入"
    )

    class Meta:
        verbose_name = "产权"
        ordering = ["dwelling", "since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(whole__gt=0, part__gt=0, part__lte=F("whole")), name="share_of_a_whole"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lt=F("until")), name="ownership_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}→{self.dwelling_id}"

    @property
    def share(self) -> Fraction:
        """The share, exact."""
        return Fraction(self.part, self.whole)


class CompoundTally(models.Model):
    """What is counted of a compound's dwellings and owners (清点); areas in 0.01 m2. Refreshed with every write."""

    compound = models.OneToOneField(Compound, models.PROTECT, related_name="tally", verbose_name="小区")
    buildings = models.PositiveIntegerField("楼栋数", default=0)
    dwellings = models.PositiveIntegerField("房屋数", default=0)
    residences = models.PositiveIntegerField("住宅户数", default=0)
    area = models.PositiveBigIntegerField("专有部分总面积", default=0)
    voting_area = models.PositiveBigIntegerField("计入表决的专有部分面积", default=0)
    owners = models.PositiveIntegerField("业主人数", default=0)
    without_owner = models.PositiveIntegerField("业主不明户数", default=0)
    counted_at = models.DateTimeField("清点时间")
    complete_on = models.DateField("清册齐全日期", null=True)
    """The day on which the roll was declared whole; only then do its counts become facts."""

    class Meta:
        verbose_name = "小区清点"

    def __str__(self) -> str:
        return f"{self.compound_id} {self.dwellings}"


class DwellingImport(models.Model):
    """A roll of dwellings (房屋清册) on its way into the database: read, reported, kept; undone as one step."""

    class State(models.TextChoices):
        """Where it stands."""

        READING = "reading", "正在读取"
        WAITING = "waiting", "待确认"
        FAULTY = "faulty", "有错误"
        KEEPING = "keeping", "正在入库"
        KEPT = "kept", "已入库"
        UNDOING = "undoing", "正在撤销"
        UNDONE = "undone", "已撤销"
        DISCARDED = "discarded", "已放弃"

    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="县（区）")
    place = models.CharField("区划代码", max_length=12)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区")
    as_of = models.DateField("截至日期")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.READING)
    done = models.PositiveIntegerField("已处理行数", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    kept_through = models.PositiveIntegerField("已入库户数", default=0)
    counts = models.JSONField("计数", default=dict)
    compounds = models.JSONField("涉及小区", default=list)
    foretold = models.JSONField("变动一览", default=list)
    stopped_why = models.CharField("中断原因", max_length=500, blank=True)
    problems = models.JSONField("问题", default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    kept_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "房屋清册导入"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class DwellingImportChange(models.Model):
    """What an import changed of a row that stood before it, so that the import can be undone."""

    brought_by = models.ForeignKey(DwellingImport, models.PROTECT, related_name="changes", verbose_name="所属导入")
    kind = models.CharField(
        "对象", max_length=12, choices=[("dwelling", "房屋"), ("owner", "业主"), ("ownership", "产权")]
    )
    row_id = models.BigIntegerField("编号")
    before = models.JSONField("之前")
    after = models.JSONField("之后", default=dict)

    class Meta:
        indexes = [models.Index(fields=["brought_by", "kind"], name="import_change_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"

"""What is kept of places: divisions, compounds, facts with their history, rosters, saved views."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongdi.apps.places.stages import Stage


class Division(models.Model):
    """An administrative division (行政区划): province, city, county, street or community."""

    class Level(models.IntegerChoices):
        """The levels, from the province down."""

        PROVINCE = 1, "省"
        CITY = 2, "市"
        COUNTY = 3, "县（区）"
        STREET = 4, "街道（镇）"
        COMMUNITY = 5, "社区"

    code = models.CharField("区划代码", max_length=12)
    system = models.CharField("代码体系", max_length=3, choices=[("nbs", "统计用"), ("mca", "民政"), ("own", "暂编")])
    name = models.CharField("名称", max_length=60)
    level = models.SmallIntegerField("级别", choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name="上级")
    today = ""
    """What one that is no more is today, in words; told by standing.tell_today before a page shows it."""
    valid_from = models.DateField("设立日期", null=True)
    valid_until = models.DateField("最后存续日", null=True)

    class Meta:
        verbose_name = "行政区划"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"],
                condition=models.Q(valid_until=None),
                name="division_code_once_a_system",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def as_recorded(self) -> str:
        """The name as it was recorded, with what it is today when it is no more: 原中马街道（今外滩街道）."""
        return f"原{self.name}（{self.today or '已撤销'}）" if self.valid_until is not None else self.name


SYSTEMS = [("nbs", "统计用"), ("mca", "民政")]
"""The two official systems of codes; a code is never read without its system."""


class DivisionCode(models.Model):
    """A code of a division in the other official system (区划代码对照), or one it bore before, with days and source."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="codes", verbose_name="区划")
    system = models.CharField("代码体系", max_length=3, choices=SYSTEMS)
    code = models.CharField("代码", max_length=12, db_index=True)
    since = models.DateField("启用日期", null=True)
    until = models.DateField("停用前最后一日", null=True)
    source = models.CharField("来源", max_length=200)

    class Meta:
        verbose_name = "区划代码对照"
        ordering = ["system", "since", "code"]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"


class DivisionChange(models.Model):
    """A change of divisions (区划调整): on its day the former ones became the later ones."""

    class Kind(models.TextChoices):
        """The kinds, as core.divisions knows them."""

        MERGE = "merge", "合并"
        SPLIT = "split", "分设"
        RENAME = "rename", "更名"
        REDRAW = "redraw", "界线调整"
        PROMOTE = "promote", "升格"

    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    on = models.DateField("生效日期")
    day_known = models.BooleanField("日期确切", default=True)
    former = models.ManyToManyField(Division, related_name="changes_from", verbose_name="调整前")
    later = models.ManyToManyField(Division, related_name="changes_to", verbose_name="调整后")
    notice = models.CharField("文号或来源", max_length=200)
    note = models.CharField("说明", max_length=500, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "区划调整"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()}"


class Compound(models.Model):
    """A residential compound (小区) in the project pool, with its summary figures.

    `place` is the code of the most exact division known (community, else street, else county). Areas are whole
    0.01 m2, money whole fen, costs by item class estimates unless the basis says otherwise.
    """

    name = models.CharField("小区名称", max_length=100)
    pinyin = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=100, blank=True)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="县（区）")
    street = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+", verbose_name="街道")
    community = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+", verbose_name="社区")
    place = models.CharField("区划代码", max_length=12, db_index=True)
    address = models.CharField("地址", max_length=200, blank=True)
    longitude = models.DecimalField("经度（CGCS2000）", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度（CGCS2000）", max_digits=9, decimal_places=6, null=True)
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, default=Stage.CONCEIVED, db_index=True)
    buildings = models.PositiveIntegerField("楼栋数", null=True)
    households = models.PositiveIntegerField("户数", null=True)
    area = models.PositiveBigIntegerField("建筑面积（0.01平方米）", null=True)
    cost_basic = models.PositiveBigIntegerField("基础类估算（分）", null=True)
    cost_improvement = models.PositiveBigIntegerField("完善类估算（分）", null=True)
    cost_upgrade = models.PositiveBigIntegerField("提升类估算（分）", null=True)
    cost_total = models.PositiveBigIntegerField("总投资估算（分）", null=True)
    cost_basis = models.CharField("估算依据", max_length=300, blank=True)
    owner_money = models.PositiveBigIntegerField("业主出资（分）", null=True)
    made_up = models.BooleanField("虚构", default=False)
    source = models.CharField("来源", max_length=300, blank=True)
    listed_at = models.DateTimeField("入库时间")
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "小区"
        ordering = ["place", "pinyin", "pk"]
        indexes = [models.Index(fields=["county", "name"], name="compound_county_name")]

    def __str__(self) -> str:
        return self.name


class CompoundFact(models.Model):
    """One fact of a compound (情况), named as the policy packs name it. A new row supersedes; none is overwritten."""

    class Sureness(models.TextChoices):
        """How sure a fact is."""

        VERIFIED = "verified", "已核实"
        STATED = "stated", "据填报"
        ESTIMATED = "estimated", "估算"
        READ = "read", "读自名单"

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="facts", verbose_name="小区")
    name = models.CharField("情况", max_length=60)
    value = models.JSONField("值", null=True)
    source = models.CharField("来源", max_length=300)
    recorded_on = models.DateField("情况日期")
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    sureness = models.CharField("可靠程度", max_length=12, choices=Sureness.choices)
    note = models.CharField("说明", max_length=500, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="取代"
    )
    brought_by = models.ForeignKey(
        "RosterImport", models.PROTECT, null=True, related_name="facts_brought", verbose_name="来自名单"
    )

    class Meta:
        verbose_name = "小区情况"
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "name"], condition=models.Q(supersedes=None), name="fact_history_has_one_beginning"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compound_id} {self.name}"


class RosterImport(models.Model):
    """A roster file (名单): uploaded, read, shown, then kept or discarded. The file itself stays as evidence."""

    class State(models.TextChoices):
        """Where an import stands."""

        WAITING = "waiting", "待确认"
        KEPT = "kept", "已入库"
        DISCARDED = "discarded", "已放弃"
        UNDONE = "undone", "已撤销"

    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    content = models.BinaryField("原件", null=True)
    place = models.CharField("区划代码", max_length=12)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    kept_at = models.DateTimeField("确认时间", null=True)
    counts = models.JSONField("计数", default=dict)

    class Meta:
        verbose_name = "名单导入"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "place"], condition=models.Q(state="kept"), name="roster_kept_once_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterChange(models.Model):
    """What a kept roster did to a compound (名单改动): listed it, or changed figures, with what they were before."""

    roster = models.ForeignKey(RosterImport, models.PROTECT, related_name="changes", verbose_name="名单")
    compound = models.ForeignKey(Compound, models.CASCADE, related_name="roster_changes", verbose_name="小区")
    created = models.BooleanField("新增")
    before = models.JSONField("改动前", default=dict)
    after = models.JSONField("改动后", default=dict)

    class Meta:
        verbose_name = "名单改动"
        constraints = [models.UniqueConstraint(fields=["roster", "compound"], name="roster_change_once_a_compound")]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.compound_id}"


class SavedView(models.Model):
    """A view of the register that a person saved: its name and its address."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="所有人")
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "保存的视图"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once_a_person")]

    def __str__(self) -> str:
        return self.name

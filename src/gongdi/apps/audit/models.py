"""Events are only ever added: the database itself refuses to change or delete one (migration 0002)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One event (审计事件): a verb done by a person to an object, chained to the event before it by SHA-256.

    `version` says which fields the digest covers (chain.py); events of version 1 have no post and no origin.
    """

    number = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    verb = models.CharField("动作", max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    actor_name = models.CharField("办理人", max_length=80)
    object_kind = models.CharField("对象类别", max_length=60)
    object_id = models.CharField("对象编号", max_length=60)
    object_name = models.CharField("对象", max_length=200)
    place = models.CharField("区划代码", max_length=12, blank=True, db_index=True)
    before = models.JSONField("之前", null=True)
    after = models.JSONField("之后", null=True)
    why = models.TextField("理由", blank=True)
    post = models.CharField("所用岗位", max_length=200, blank=True)
    channel = models.CharField("途径", max_length=10, blank=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    session = models.CharField("会话摘要", max_length=16, blank=True)
    version = models.PositiveSmallIntegerField("摘要算法版次", default=1)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "审计事件"
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.object_name}"


class Head(models.Model):
    """The last link of the chain; its row is locked while an event is added, so that links never fork."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"

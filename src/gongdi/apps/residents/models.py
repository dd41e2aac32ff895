"""What is kept of residents: the account of a phone number, codes sent, sessions, bindings to dwellings.

A phone number is sealed (web/sealing.py); beside it stand its masked form and its keyed digest for exact search. A
resident is nobody who signs in as staff and holds no post.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.models import Compound

PHONE = "residents.account.phone"
"""The purpose under which phone numbers are sealed and digested."""


class Account(models.Model):
    """A resident's account (居民账户): one phone number."""

    phone_sealed = models.BinaryField()
    phone_masked = models.CharField("手机号", max_length=20)
    phone_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "居民账户"

    def __str__(self) -> str:
        return self.phone_masked

    @property
    def display_name(self) -> str:
        """Who acts, for the audit chain: the masked number."""
        return f"居民 {self.phone_masked}"

    def post_for(self, verb: str, place: str) -> str:
        """A resident acts under no post."""
        return "居民本人"


class CodeSent(models.Model):
    """A one-time code that was sent (验证码): its keyed digest, never the code; how often it was tried; its use."""

    phone_digest = models.CharField(max_length=64, db_index=True)
    phone_masked = models.CharField(max_length=20)
    code_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45, db_index=True)
    sent_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    over = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.phone_masked


class ResidentSession(models.Model):
    """A resident's session (居民会话), apart from those of staff: the digest of its token, never the token."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    token_digest = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.started_at}"


class DwellingBinding(models.Model):
    """A resident's say that a dwelling is theirs (房屋绑定), which a community worker confirms or returns.

    `owners` are the keys of those who owned the dwelling when it was confirmed: the binding was checked against them,
    and speaks for none who came later.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "待确认"
        CONFIRMED = "confirmed", "已确认"
        RETURNED = "returned", "已退回"
        ENDED = "ended", "已解除"

    class Relation(models.TextChoices):
        """What the resident is to the dwelling."""

        OWNER = "owner", "业主"
        FAMILY = "family", "业主的家人"
        TENANT = "tenant", "租户"

    account = models.ForeignKey(Account, models.PROTECT, related_name="bindings", verbose_name="居民账户")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", verbose_name="小区")
    building = models.CharField("楼栋", max_length=30)
    room = models.CharField("单元和房号", max_length=40)
    relation = models.CharField("身份", max_length=10, choices=Relation.choices)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="bindings", verbose_name="房屋")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField("申请时间")
    why = models.CharField("退回原因", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    decided_at = models.DateTimeField("办理时间", null=True)
    owners = models.JSONField("确认时的业主", default=list)

    class Meta:
        verbose_name = "房屋绑定"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["compound", "state"], name="binding_compound_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "dwelling"], condition=Q(state="confirmed"), name="dwelling_bound_once_an_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compound}{self.building}{self.room}"

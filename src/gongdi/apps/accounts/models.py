"""Who there is: people, their organisations, and the posts that say what each may do and where."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongdi.apps.accounts.permissions import PERMISSIONS, PostKind


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""


class User(AbstractBaseUser):
    """A person who signs in (人员)."""

    username = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改口令", default=False)
    made_up = models.BooleanField("虚构", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.display_name

    @property
    def masked_name(self) -> str:
        """The name as lists show it: the family name and a star for each other character."""
        return self.display_name[:1] + "*" * (len(self.display_name) - 1)

    @cached_property
    def held_posts(self) -> list[Post]:
        """The posts in force, read once a request."""
        return list(self.posts.filter(ended_at=None).select_related("organisation"))

    def places_for(self, permission: str) -> list[str]:
        """The division codes (as prefixes) where this person may use a permission; "" stands for everywhere."""
        kinds = PERMISSIONS[permission]
        return [post.place for post in self.held_posts if self.is_active and post.kind in kinds]

    def may_anywhere(self, permission: str) -> bool:
        """Whether any post of this person has the permission."""
        return bool(self.places_for(permission))

    def may(self, permission: str, place: str) -> bool:
        """Whether this person may use the permission at a place (a division code)."""
        return any(place.startswith(prefix) for prefix in self.places_for(permission))


class Organisation(models.Model):
    """An organisation (单位): a housing bureau, a street office, a community."""

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20)
    place = models.CharField("区划代码", max_length=12, blank=True)

    class Meta:
        verbose_name = "单位"
        constraints = [models.UniqueConstraint(fields=["name", "place"], name="organisation_once_a_place")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位): one person, one kind of work, one place. It is ended, never deleted."""

    holder = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="人员")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name="单位")
    kind = models.CharField("岗位", max_length=30, choices=PostKind.choices)
    place = models.CharField("管辖区划代码", max_length=12, blank=True)
    place_name = models.CharField("管辖范围", max_length=100)
    since = models.DateTimeField("任职时间")
    ended_at = models.DateTimeField("终止时间", null=True)

    class Meta:
        verbose_name = "岗位"

    def __str__(self) -> str:
        return f"{self.place_name} {self.get_kind_display()}"


class SignInAttempt(models.Model):
    """An attempt to sign in, kept to lock a name after repeated failures."""

    username = models.CharField(max_length=40, db_index=True)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)
    succeeded = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.username} {self.at}"

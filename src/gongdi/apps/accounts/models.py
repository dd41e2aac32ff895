"""Who there is: people, their organisations, and the posts that say what each may do and where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongdi.apps.accounts.permissions import PERMISSIONS, TIED, PostKind
from gongdi.apps.accounts.reaches import Ended
from gongdi.web import clock


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""


class User(AbstractBaseUser):
    """A person who signs in (人员)."""

    username = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改口令", default=False)
    made_up = models.BooleanField("虚构", default=False)
    password_changed_at = models.DateTimeField("口令修改时间", null=True)

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
        """The person's own posts in force, read once a request."""
        return list(self.posts.filter(Post.in_force_on(clock.today())).select_related("organisation"))

    @cached_property
    def authorities(self) -> list[Authority]:
        """Everything the person may act under: their own posts first, then those handed to them for a time."""
        own = [Authority(post) for post in self.held_posts]
        if self.pk is None:
            return own
        today = clock.today()
        handed = (
            Delegation.objects.filter(Delegation.in_force_on(today), Post.in_force_on(today, "post__"), to=self)
            .filter(post__holder__is_active=True)
            .select_related("post__holder", "post__organisation")
        )
        return [*own, *(Authority(each.post, each) for each in handed)]

    @cached_property
    def _tied_to(self) -> dict[int, set[tuple[str, int]]]:
        """By post, the objects that tied posts name; one query, and only for those who hold such a post."""
        tied = [each.post.pk for each in self.authorities if each.post.kind in TIED]
        found: dict[int, set[tuple[str, int]]] = {pk: set() for pk in tied}
        if tied:
            rows = PostObject.objects.filter(post_id__in=tied).values_list("post_id", "object_kind", "object_id")
            for post, kind, pk in rows:
                found[post].add((kind, pk))
        return found

    def authorities_for(self, permission: str) -> list[Authority]:
        """What the person may use a permission under."""
        kinds = PERMISSIONS[permission]
        return [each for each in self.authorities if self.is_active and each.post.kind in kinds]

    def places_for(self, permission: str) -> list[str]:
        """The division codes (as prefixes) where this person may use a permission; "" stands for everywhere.

        Posts tied to objects have no such place: what they reach, `objects_for` says.
        """
        return [each.post.place for each in self.authorities_for(permission) if each.post.kind not in TIED]

    def objects_for(self, permission: str, kind: str, posts: Collection[str] = TIED) -> set[int]:
        """The numbers of the objects of a kind (a model's label) that tied posts (all, or of some kinds) give the
        permission for."""
        tied = [each for each in self.authorities_for(permission) if each.post.kind in TIED and each.post.kind in posts]
        return {pk for each in tied for named, pk in self._tied_to[each.post.pk] if named == kind}

    def may_anywhere(self, permission: str) -> bool:
        """Whether anything that this person may act under has the permission."""
        return bool(self.authorities_for(permission))

    def may(self, permission: str, place: str, on: models.Model | None = None) -> bool:
        """Whether this person may use the permission at a place (a division code), or on an object tied to a post."""
        return self.authority_for(permission, place, on) is not None

    def authority_for(self, permission: str, place: str, on: models.Model | None = None) -> Authority | None:
        """What this person uses the permission under at a place or on an object: an own post before another's."""
        for each in self.authorities_for(permission):
            if each.post.kind not in TIED:
                if place.startswith(each.post.place):
                    return each
            elif on is not None and (on._meta.label_lower, on.pk) in self._tied_to[each.post.pk]:
                return each
        return None

    def post_for(self, verb: str, place: str) -> str:
        """Under which post something is done, in words for the audit chain; "" when no post is needed for it.

        The door (access.require) notes what it let the person through under; without it the verb's own permission
        tells, and else the only post there is.
        """
        noted: Authority | None = self.__dict__.get("acting_under")
        if verb in PERMISSIONS:
            found = self.authority_for(verb, place)
            if found is not None:
                return str(found)
        if noted is not None:
            return str(noted)
        covering = [each for each in self.authorities if place.startswith(each.post.place)]
        return (
            str(covering[0]) if len(covering) == 1 else "、".join(str(each) for each in covering if not each.delegation)
        )


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
    since = models.DateTimeField("任命时间")
    starts_on = models.DateField("任职起", null=True)
    ends_on = models.DateField("任职止", null=True)
    ended_at = models.DateTimeField("终止时间", null=True)

    ended_place: Ended | None = None
    """What its place is today when that is no more; told by queries.tell_ended before a page shows it."""

    class Meta:
        verbose_name = "岗位"

    def __str__(self) -> str:
        return f"{self.place_name} {self.get_kind_display()}"

    @staticmethod
    def in_force_on(day: date, prefix: str = "") -> models.Q:
        """Posts in force on a day: not ended, begun, not over. Both days count; an empty one sets no bound."""
        return (
            models.Q(**{f"{prefix}ended_at": None})
            & (models.Q(**{f"{prefix}starts_on": None}) | models.Q(**{f"{prefix}starts_on__lte": day}))
            & (models.Q(**{f"{prefix}ends_on": None}) | models.Q(**{f"{prefix}ends_on__gte": day}))
        )

    def state_on(self, day: date) -> str:
        """In words: in force, still to come, over, ended."""
        if self.ended_at is not None:
            return "已终止"
        if self.starts_on is not None and day < self.starts_on:
            return f"{self.starts_on:%Y-%m-%d} 起"
        if self.ends_on is not None:
            return f"{self.ends_on:%Y-%m-%d} 到期" if day <= self.ends_on else "已到期"
        return "在任"


class PostObject(models.Model):
    """An object that a tied post reaches (岗位对象): a compound, named by its model's label and its number."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="objects_tied", verbose_name="岗位")
    object_kind = models.CharField("对象类别", max_length=60)
    object_id = models.BigIntegerField("对象编号")
    object_name = models.CharField("对象", max_length=200)

    class Meta:
        verbose_name = "岗位对象"
        constraints = [models.UniqueConstraint(fields=["post", "object_kind", "object_id"], name="post_object_once")]

    def __str__(self) -> str:
        return self.object_name


class Delegation(models.Model):
    """A post handed to another person for a time (代理); it ends by itself and is never handed on."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name="岗位")
    to = models.ForeignKey(User, models.PROTECT, related_name="delegations", verbose_name="代理人")
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    why = models.CharField("理由", max_length=500)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    given_at = models.DateTimeField("办理时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "代理"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="delegation_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.post}（{self.starts_on:%Y-%m-%d} 至 {self.ends_on:%Y-%m-%d}）"

    @staticmethod
    def in_force_on(day: date) -> models.Q:
        """Delegations in force on a day; both days count."""
        return models.Q(withdrawn_at=None, starts_on__lte=day, ends_on__gte=day)

    def state_on(self, day: date) -> str:
        """In words: in force, still to come, over, withdrawn."""
        if self.withdrawn_at is not None:
            return "已撤回"
        if day < self.starts_on:
            return "未开始"
        return "代理中" if day <= self.ends_on else "已到期"


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person acts under: a post of their own, or (with the delegation) another's."""

    post: Post
    delegation: Delegation | None = None

    def __str__(self) -> str:
        return str(self.post) if self.delegation is None else f"代 {self.post.holder.display_name}：{self.post}"


class SignInAttempt(models.Model):
    """An attempt to sign in, kept to lock a name after repeated failures."""

    username = models.CharField(max_length=40, db_index=True)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)
    succeeded = models.BooleanField()
    counts = models.BooleanField(default=True)
    """Whether a failure counts towards a lock: not when it came during one, nor once an administrator unlocked."""

    def __str__(self) -> str:
        return f"{self.username} {self.at}"


class PasswordRecord(models.Model):
    """A password that was in use (曾用口令), as its hash, so that it is not taken again."""

    person = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"


class SignedInSession(models.Model):
    """One signed-in session (登录会话): from where, since when, when last used, when and why it ended."""

    person = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")
    address = models.CharField("网络地址", max_length=45)
    agent = models.CharField("浏览器", max_length=200)
    way = models.CharField("方式", max_length=20)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "登录会话"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_at}"


class SignOnBinding(models.Model):
    """An identity of the city's own sign-on that an administrator bound to a person (统一身份绑定)."""

    person = models.OneToOneField(User, models.CASCADE, related_name="sign_on")
    issuer = models.CharField("签发方", max_length=200)
    subject = models.CharField("统一身份标识", max_length=200)
    bound_at = models.DateTimeField("绑定时间")

    class Meta:
        verbose_name = "统一身份绑定"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_bound_once")]

    def __str__(self) -> str:
        return self.subject

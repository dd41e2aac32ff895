"""What waits for a person among people and posts."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts import queries
from gongdi.apps.accounts.models import User
from gongdi.web.duties import Duty

EXAMPLES = 5


def people_without_post(user: User, now: datetime) -> list[Duty]:
    """People who can sign in and do nothing, for the one who gives posts."""
    if not user.may_anywhere("accounts.keep_posts"):
        return []
    count = queries.people_without_post()
    if not count:
        return []
    why = "已有账号、尚无岗位，登录后不能办理任何事项。请任命岗位；不再需要的请系统管理员停用。"
    return [Duty("任命岗位", why, reverse("accounts:see_people"), "查看人员", count, "人", rank=10)]


def posts_in_ended_places(user: User, now: datetime) -> list[Duty]:
    """Posts whose division is no more, for the one who keeps posts: their holders reach nothing that came after."""
    if not user.may_anywhere("accounts.keep_posts"):
        return []
    rows = queries.posts_in_ended_places()
    if not rows:
        return []
    details = tuple(
        (f"{post.holder.masked_name}：{post}（{ended.words}）", reverse("accounts:move_post", args=[post.pk]))
        for post, ended in rows[:EXAMPLES]
    )
    why = "这些岗位管辖的区划已撤销或并入别处，任职人看不到调整后的小区。请核对文件后改管辖范围，或终止岗位。"
    return [Duty("调整岗位管辖范围", why, details[0][1], "逐个调整", len(rows), "个", rank=9, details=details)]


def delegations_to_me(user: User, now: datetime) -> list[Duty]:
    """What others handed to this person, with its last day."""
    return [
        Duty(
            title=f"代理：{each.post}",
            why=f"{each.post.holder.masked_name} 委托您代理，理由：{each.delegation.why}",
            url=reverse("accounts:see_delegations"),
            action="查看代理",
            unit="项",
            due=each.delegation.ends_on,
            rank=60,
        )
        for each in user.authorities
        if each.delegation is not None
    ]

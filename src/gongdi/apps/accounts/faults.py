"""What people and posts may not be, told to whoever tries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from gongdi.apps.accounts.models import Delegation, Post, User
from gongdi.apps.accounts.permissions import ADMINISTRATORS, BESIDE_AUDIT, TIED, PostKind

LONGEST_DELEGATION = timedelta(days=366)


class RefusedError(Exception):
    """Something about people or posts that is not done; its text is the reason with its remedy."""


def fault_of_kinds(held: Iterable[str], kind: PostKind) -> str | None:
    """Why somebody with posts of some kinds cannot get one of another kind; None when they can.

    The system, security and audit administrator exclude one another and every business post (三员分立,
    GB/T 22239-2019, 8.1.4.2 d). An auditor reads and changes nothing, so holds no post that writes.
    """
    for other in (PostKind(each) for each in held):
        if _audits_what_it_writes(other, kind):
            return (
                f"“{kind.label}”与已有的“{other.label}”不能由同一人担任：审计只看不办，不得兼任办理业务的岗位。"
                f"请先终止原岗位，或任命另一人。"
            )
        if other != kind and (other in ADMINISTRATORS or kind in ADMINISTRATORS):
            return (
                f"“{kind.label}”与已有的“{other.label}”不能由同一人担任：系统管理员、安全管理员、审计管理员互斥，"
                f"且不得兼任业务岗位。请先终止原岗位，或任命另一人。"
            )
    return None


def _audits_what_it_writes(one: PostKind, other: PostKind) -> bool:
    pair = {one, other}
    return PostKind.AUDITOR in pair and not pair & ADMINISTRATORS and not pair <= BESIDE_AUDIT


def fault_of_days(starts_on: date | None, ends_on: date | None) -> str | None:
    """Why a span of days is none; None when it is one (both days count, an empty one sets no bound)."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return "截止日期早于起始日期，请改正。"
    return None


def fault_of_term(starts_on: date | None, ends_on: date | None, today: date) -> str | None:
    """Why a post cannot be given for these days; None when it can. One that is over already is none."""
    if ends_on is not None and ends_on < today:
        return "截止日期已过，任命后也不能办理。请改正。"
    return fault_of_days(starts_on, ends_on)


def fault_of_same_post(
    held: QuerySet[Post], kind: PostKind, place: str, organisation: str, days: tuple[date | None, date | None]
) -> str | None:
    """Why somebody does not get a post they have for some of these days anyway; None when they do not have it.

    Otherwise ending one of the two would leave the other in force unseen.
    """
    same = held.filter(kind=kind, place=place, organisation__name=organisation)
    if any(_overlap(days, (each.starts_on, each.ends_on)) for each in same):
        return "此人已有这个岗位，不用再任命。所管小区有变化的，请用“调整”；期限有变化的，请先终止原岗位。"
    return None


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans have a day in common; a missing end sets no bound."""
    (begin, end), (start, stop) = one, other
    return (begin is None or stop is None or begin <= stop) and (start is None or end is None or start <= end)


def fault_of_delegation(post: Post, to: User, starts_on: date, ends_on: date, today: date) -> str | None:
    """Why a post cannot be handed to a person for these days; None when it can."""
    kind = PostKind(post.kind)
    if kind in ADMINISTRATORS:
        return f"“{kind.label}”不能委托代理。请由另一位{kind.label}办理。"
    if to.pk == post.holder_id:
        return "代理人不能是岗位本人，请另选一人。"
    if not to.is_active:
        return "代理人已停用，请另选一人。"
    held = {PostKind(each) for each in to.posts.filter(ended_at=None).values_list("kind", flat=True)}
    if held & ADMINISTRATORS:
        return "代理人担任管理员岗位，不得代理业务岗位，请另选一人。"
    if any(_audits_what_it_writes(each, kind) for each in held):
        return "代理人担任审计岗位，只看不办，不得代理办理业务的岗位，请另选一人。"
    if ends_on < today:
        return "截止日期已过，请改正。"
    if ends_on - starts_on > LONGEST_DELEGATION:
        return "代理最长一年，请缩短期限，到期后可再办。"
    if post.ends_on is not None and ends_on > post.ends_on:
        return f"岗位本身 {post.ends_on:%Y-%m-%d} 到期，代理不能更长。"
    running = Delegation.objects.filter(post=post, to=to, withdrawn_at=None, ends_on__gte=starts_on)
    if (already := running.filter(starts_on__lte=ends_on).first()) is not None:
        return f"已委托此人代理至 {already.ends_on:%Y-%m-%d}，期间重叠。请先撤回原来的代理，或改从次日起。"
    return fault_of_days(starts_on, ends_on)


def fault_of_acting(kind: PostKind, delegations: QuerySet[Delegation], today: date) -> str | None:
    """Why somebody who acts for others, or is about to, cannot get a post of a kind; None when they can.

    Only business posts are handed on, and an administrator may not act under one (三员分立, GB/T 22239-2019,
    8.1.4.2 d), nor an auditor under one that writes; delegations that were withdrawn or are over stand in nobody's way.
    """
    if kind not in ADMINISTRATORS | {PostKind.AUDITOR}:
        return None
    running = delegations.filter(withdrawn_at=None, ends_on__gte=today).select_related("post").order_by("-ends_on")
    if kind == PostKind.AUDITOR:
        running = running.exclude(post__kind__in=BESIDE_AUDIT)
    last = running.first()
    if last is None:
        return None
    return (
        f"此人正在或即将代理业务岗位“{last.post}”（至 {last.ends_on:%Y-%m-%d}），不能担任“{kind.label}”。"
        f"请先撤回代理，或任命另一人。"
    )


def fault_of_objects(kind: PostKind, count: int) -> str | None:
    """Why a post of a kind cannot be tied to so many objects; None when it can."""
    if kind in TIED and not count:
        return f"“{kind.label}”只能办理所列小区，请至少填写一个小区。"
    if kind not in TIED and count:
        return f"“{kind.label}”按区划管辖，不填小区。"
    return None

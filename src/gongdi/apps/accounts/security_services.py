"""Writes about what keeps an account safe: second factors, sessions, disabling, the city's sign-on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from gongdi.apps.accounts import second_factor
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import SignedInSession, SignOnBinding, User
from gongdi.apps.audit.services import record

OWN_STATE = "不能停用自己的账号。请由另一位系统管理员办理。"


@transaction.atomic
def add_factor_app(*, by: User, secret: str, code: str, now: datetime) -> list[str]:
    """Add an authenticator app to one's account (绑定动态口令); the recovery codes that come with it.

    Raises:
        RefusedError: the code is not that of the secret, or there is an app already.
    """
    counter = second_factor.counter_of(secret, code, now)
    if counter is None:
        raise RefusedError("动态口令不对。请核对手机时间是否准确，待刷新后输入新的六位数字。")
    if Authenticator.objects.filter(user_id=by.pk, type=second_factor.Type.TOTP).exists():
        raise RefusedError("已绑定动态口令。更换手机请先解除原来的绑定。")
    second_factor.add_app(by, secret, counter, now)
    codes = second_factor.renew_codes(by) if not second_factor.codes_left(by) else []
    record("accounts.add_factor_app", by=by, on=by, after={"factor": "动态口令"}, at=now)
    return codes


@transaction.atomic
def add_factor_key(*, by: User, name: str, credential: dict[str, Any], now: datetime) -> list[str]:
    """Add a security key to one's account (绑定安全密钥); the recovery codes that come with it.

    Raises:
        RefusedError: the key's answer does not fit the challenge of this session.
    """
    try:
        second_factor.add_key(by, name, credential)
    except ValueError as fault:
        raise RefusedError("没有读到有效的安全密钥，请重新插入后再试。") from fault
    codes = second_factor.renew_codes(by) if not second_factor.codes_left(by) else []
    record("accounts.add_factor_key", by=by, on=by, after={"factor": "安全密钥", "name": name}, at=now)
    return codes


@transaction.atomic
def remove_factor(*, factor: Authenticator, by: User, needed: bool, now: datetime) -> None:
    """Take a second factor off one's account (解除第二要素); the last one stays while the post needs it.

    Raises:
        RefusedError: it is the last one and needed.
    """
    User.objects.select_for_update().get(pk=by.pk)
    others = [each for each in second_factor.factors_of(by) if each.pk != factor.pk]
    if needed and not others:
        raise RefusedError("您的岗位须有第二要素，不能解除唯一的一个。请先绑定另一个，再解除这一个。")
    kind = str(factor.type)
    factor.delete()
    if not others:
        Authenticator.objects.filter(user_id=by.pk).delete()
    record("accounts.remove_factor", by=by, on=by, before={"factor": kind}, at=now)


@transaction.atomic
def renew_recovery_codes(*, by: User, now: datetime) -> list[str]:
    """Make one's recovery codes anew (重新生成恢复码); the old ones open nothing any more."""
    codes = second_factor.renew_codes(by)
    record("accounts.renew_recovery_codes", by=by, on=by, after={"count": len(codes)}, at=now)
    return codes


@transaction.atomic
def reset_second_factor(*, person: User, why: str, by: User, now: datetime) -> None:
    """Take all second factors off a person who lost theirs (重置第二要素); they enrol anew. Ends their sessions.

    Raises:
        RefusedError: it is one's own.
    """
    if person.pk == by.pk:
        raise RefusedError("不能重置自己的第二要素。请由另一位安全管理员办理。")
    kinds = sorted({str(each.type) for each in second_factor.factors_of(person)})
    Authenticator.objects.filter(user_id=person.pk).delete()
    sessions = _end_sessions(person, now)
    before = {"kinds": kinds, "sessions": sessions}
    record("accounts.reset_second_factor", by=by, on=person, before=before, why=why, at=now)


def _end_sessions(person: User, now: datetime, but: int | None = None) -> int:
    return SignedInSession.objects.filter(person=person, ended_at=None).exclude(pk=but or 0).update(ended_at=now)


@transaction.atomic
def end_other_sessions(*, by: User, present: int | None, now: datetime) -> int:
    """End all of one's sessions but the present one (结束其他会话); how many there were."""
    count = _end_sessions(by, now, present)
    record("accounts.end_other_sessions", by=by, on=by, after={"sessions": count}, at=now)
    return count


@transaction.atomic
def disable_person(*, person: User, why: str, by: User, now: datetime) -> None:
    """Shut a person out (停用), at once: their sessions end with it. Posts and records stay.

    Raises:
        RefusedError: it is oneself.
    """
    if person.pk == by.pk:
        raise RefusedError(OWN_STATE)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions = _end_sessions(person, now)
    after = {"is_active": False, "sessions": sessions}
    record("accounts.disable_person", by=by, on=person, before={"is_active": True}, after=after, why=why, at=now)


@transaction.atomic
def enable_person(*, person: User, why: str, by: User, now: datetime) -> None:
    """Let a person in again (启用)."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    before, after = {"is_active": False}, {"is_active": True}
    record("accounts.enable_person", by=by, on=person, before=before, after=after, why=why, at=now)


@transaction.atomic
def bind_sign_on(*, person: User, issuer: str, subject: str, by: User, now: datetime) -> SignOnBinding:
    """Bind an identity of the city's sign-on to a person (绑定统一身份), in place of the one bound before.

    Raises:
        RefusedError: the identity is bound to somebody else.
    """
    taken = SignOnBinding.objects.filter(issuer=issuer, subject=subject).exclude(person=person).first()
    if taken is not None:
        raise RefusedError(f"这个统一身份已绑定给 {taken.person.masked_name}（{taken.person.username}），请核对。")
    before = list(SignOnBinding.objects.filter(person=person).values_list("subject", flat=True))
    SignOnBinding.objects.filter(person=person).delete()
    made = SignOnBinding.objects.create(person=person, issuer=issuer, subject=subject, bound_at=now)
    after = {"subject": subject}
    record("accounts.bind_sign_on", by=by, on=person, before={"subject": before}, after=after, at=now)
    return made


@transaction.atomic
def unbind_sign_on(*, person: User, by: User, now: datetime) -> None:
    """Take the identity of the city's sign-on off a person (解除统一身份)."""
    before = list(SignOnBinding.objects.filter(person=person).values_list("subject", flat=True))
    SignOnBinding.objects.filter(person=person).delete()
    record("accounts.unbind_sign_on", by=by, on=person, before={"subject": before}, at=now)

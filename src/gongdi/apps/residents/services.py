"""Writes about residents: each one verb, one transaction, one audit event. No event holds a code or a whole number."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Dwelling, Ownership
from gongdi.apps.places.models import Compound
from gongdi.apps.residents import codes
from gongdi.apps.residents.models import PHONE, Account, CodeSent, DwellingBinding, ResidentSession
from gongdi.apps.residents.queries import owners_bound
from gongdi.web import sealing
from gongdi.web.refusing import RefusedError as RefusedError
from gongdi.web.turns import wait_turn

State = DwellingBinding.State
MOST_BINDINGS = 10
"""Bindings of one account that wait or are confirmed."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a code: the session's token, or what is wrong."""

    token: str = ""
    fault: str = ""


@transaction.atomic
def send_code(
    *, phone: str, address: str, now: datetime, below: Callable[[int], int] = secrets.randbelow
) -> tuple[CodeSent, str]:
    """Make a code for a number (发送验证码); the earlier ones open nothing any more. Whoever calls hands it on.

    Raises:
        RefusedError: too many were asked for.
    """
    digest = sealing.digest(phone, PHONE)
    wait_turn(f"residents.send_code {digest}")
    wait_turn(f"residents.send_code from {address}")
    fault = codes.fault_of_sending(digest, address, now)
    if fault is not None:
        raise RefusedError(fault)
    CodeSent.objects.filter(phone_digest=digest, over=False).update(over=True)
    code = codes.new_code(below)
    sent = CodeSent.objects.create(
        phone_digest=digest,
        phone_masked=sealing.masked_number(phone),
        code_digest=codes.digest_of(digest, code),
        address=address,
        sent_at=now,
    )
    record("residents.send_code", by=None, on=sent, after={"address": address}, at=now)
    return sent, code


@transaction.atomic
def drop_code(*, sent: CodeSent, now: datetime) -> None:
    """Void a code that the gateway did not take (作废验证码)."""
    CodeSent.objects.filter(pk=sent.pk).update(over=True)
    record("residents.drop_code", by=None, on=sent, after={"state": "短信未发出"}, at=now)


@transaction.atomic
def enter(*, phone: str, code: str, address: str, now: datetime) -> Entered:
    """Come in with a code (居民登录). It lasts five minutes and five tries, and is used once.

    The first entry of a number makes its account, which opens nothing until a binding is confirmed.
    """
    digest = sealing.digest(phone, PHONE)
    sent = CodeSent.objects.select_for_update().filter(phone_digest=digest, over=False).order_by("-sent_at").first()
    if sent is None or now - sent.sent_at > codes.LASTS or sent.tries >= codes.TRIES:
        return Entered(fault="验证码已失效，请重新获取。")
    sent.tries += 1
    right = codes.is_right(sent, code)
    sent.over = right or sent.tries >= codes.TRIES
    sent.save(update_fields=["tries", "over"])
    if not right:
        record("residents.refuse_enter", by=None, on=sent, after={"address": address}, at=now)
        left = codes.TRIES - sent.tries
        return Entered(fault=f"验证码不对，还可再试 {left} 次。" if left else "验证码不对，请重新获取。")
    account = _account(digest, phone, now)
    token = secrets.token_urlsafe(32)
    ResidentSession.objects.create(account=account, token_digest=token_digest(token), started_at=now, seen_at=now)
    record("residents.enter", by=account, on=account, after={"address": address}, at=now)
    return Entered(token=token)


def token_digest(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _account(digest: str, phone: str, now: datetime) -> Account:
    sealed, masked = sealing.seal(phone, PHONE), sealing.masked_number(phone)
    defaults = {"phone_sealed": sealed, "phone_masked": masked, "made_at": now}
    found, _ = Account.objects.get_or_create(phone_digest=digest, defaults=defaults)
    return found


@transaction.atomic
def leave(*, session: ResidentSession, now: datetime) -> None:
    """End a resident's session (居民退出)."""
    session.ended_at = now
    session.save(update_fields=["ended_at"])
    record("residents.leave", by=session.account, on=session.account, at=now)


@transaction.atomic
def ask_binding(
    *, account: Account, compound: Compound, building: str, room: str, relation: str, now: datetime
) -> DwellingBinding:
    """Ask for a dwelling to be bound to one's account (申请绑定房屋).

    Raises:
        RefusedError: it was asked for already, or there are too many.
    """
    open_ones = account.bindings.filter(state__in=(State.WAITING, State.CONFIRMED))
    if open_ones.filter(compound=compound, building=building, room=room).exists():
        raise RefusedError("这套房屋您已申请过，请在首页查看进度。")
    if open_ones.count() >= MOST_BINDINGS:
        raise RefusedError(f"一个手机号最多绑定 {MOST_BINDINGS} 套房屋。更多的请到社区居委会办理。")
    made = DwellingBinding.objects.create(
        account=account, compound=compound, building=building, room=room, relation=relation, asked_at=now
    )
    record("residents.ask_binding", by=account, on=made, after={"state": "待确认"}, place=compound.place, at=now)
    return made


@transaction.atomic
def end_binding(*, binding: DwellingBinding, now: datetime) -> None:
    """Give up a binding of one's own (解除绑定)."""
    before = binding.get_state_display()
    binding.state = State.ENDED
    binding.save(update_fields=["state"])
    place = binding.compound.place
    record("residents.end_binding", by=binding.account, on=binding, before={"state": before}, place=place, at=now)


def _decide(binding: DwellingBinding, state: str, by: User, now: datetime) -> None:
    """Note a decision.

    Raises:
        RefusedError: somebody decided meanwhile, or the resident gave it up.
    """
    fresh = DwellingBinding.objects.select_for_update().get(pk=binding.pk)
    if fresh.state != State.WAITING:
        raise RefusedError(f"这项申请{fresh.get_state_display()}，不能再办理。请刷新列表。")
    binding.state, binding.decided_by, binding.decided_at = state, by, now


@transaction.atomic
def confirm_binding(
    *, binding: DwellingBinding, dwelling: Dwelling | None, by: User, now: datetime, checked: str = ""
) -> None:
    """Confirm that the dwelling is the resident's (确认绑定), and which one of the base database it is.

    `checked` says what was looked at where another number is bound to the dwelling as its owner already.

    Raises:
        RefusedError: it does not wait any more; the dwelling is another compound's, bound to them already, or bound to
            another owner while nothing was `checked`.
    """
    _decide(binding, State.CONFIRMED, by, now)
    if dwelling is not None:
        _check_free(binding, dwelling, checked)
        binding.owners = _holders(dwelling)
    binding.dwelling = dwelling
    binding.save(update_fields=["state", "decided_by", "decided_at", "dwelling", "owners"])
    after = {"state": "已确认", "building": binding.building, "room": binding.room}
    place = binding.compound.place
    record("residents.confirm_binding", by=by, on=binding, after=after, why=checked, place=place, at=now)


def _check_free(binding: DwellingBinding, dwelling: Dwelling, checked: str) -> None:
    if dwelling.compound_id != binding.compound_id:
        raise RefusedError("所选房屋不在申请的小区内，请重新选择。")
    bound = DwellingBinding.objects.filter(account=binding.account, dwelling=dwelling, state=State.CONFIRMED)
    if bound.exists():
        raise RefusedError("这套房屋已绑定给同一手机号，请退回并说明。")
    if binding.relation != DwellingBinding.Relation.OWNER or checked:
        return
    # Locked, so that of two requests for one dwelling the second sees the first.
    Dwelling.objects.select_for_update().get(pk=dwelling.pk)
    others = owners_bound([dwelling.pk]).get(dwelling.pk, [])
    if others:
        numbers = "、".join(row.account.phone_masked for row in others)
        raise RefusedError(
            f"这套房屋已由 {numbers} 以业主身份绑定，再确认一位，这位也能替这套房屋投票。确实也是业主的（如共有人），"
            "请写明核对了什么；不是的请退回。"
        )


def _holders(dwelling: Dwelling) -> list[int]:
    held = Ownership.objects.filter(dwelling=dwelling, until=None)
    return sorted(held.values_list("owner_id", flat=True).distinct())


@transaction.atomic
def link_binding(*, binding: DwellingBinding, dwelling: Dwelling, by: User, now: datetime, checked: str = "") -> None:
    """Say which dwelling a binding is that was confirmed before the roll of dwellings was kept (对应房屋).

    From then on it speaks for the dwelling, for those who own it now.

    Raises:
        RefusedError: it is not confirmed, has its dwelling, or the dwelling is another compound's, bound to them
            already, or bound to another owner while nothing was `checked`.
    """
    fresh = DwellingBinding.objects.select_for_update().get(pk=binding.pk)
    if fresh.state != State.CONFIRMED or fresh.dwelling_id is not None:
        raise RefusedError("只有已确认、还没有对应房屋的绑定才能对应房屋。请刷新列表。")
    _check_free(binding, dwelling, checked)
    binding.dwelling, binding.owners, binding.decided_by, binding.decided_at = dwelling, _holders(dwelling), by, now
    binding.save(update_fields=["dwelling", "owners", "decided_by", "decided_at"])
    after = {"building": binding.building, "room": binding.room}
    place = binding.compound.place
    record("residents.link_binding", by=by, on=binding, after=after, why=checked, place=place, at=now)


@transaction.atomic
def return_binding(*, binding: DwellingBinding, why: str, by: User, now: datetime) -> None:
    """Return the request to the resident with the reason (退回绑定).

    Raises:
        RefusedError: it does not wait any more.
    """
    _decide(binding, State.RETURNED, by, now)
    binding.why = why
    binding.save(update_fields=["state", "decided_by", "decided_at", "why"])
    after = {"state": "已退回"}
    record("residents.return_binding", by=by, on=binding, after=after, why=why, place=binding.compound.place, at=now)


@transaction.atomic
def revoke_binding(*, binding: DwellingBinding, why: str, by: User, now: datetime) -> None:
    """End a confirmed binding that is not right any more (撤销绑定): sold, moved out, confirmed in error.

    Raises:
        RefusedError: it is not confirmed, or was ended meanwhile.
    """
    fresh = DwellingBinding.objects.select_for_update().get(pk=binding.pk)
    if fresh.state != State.CONFIRMED:
        raise RefusedError(f"这项绑定{fresh.get_state_display()}，不能撤销。请刷新列表。")
    binding.state, binding.why, binding.decided_by, binding.decided_at = State.ENDED, why, by, now
    binding.save(update_fields=["state", "why", "decided_by", "decided_at"])
    before, after = {"state": "已确认"}, {"state": "已解除"}
    place = binding.compound.place
    record("residents.revoke_binding", by=by, on=binding, before=before, after=after, why=why, place=place, at=now)

"""Writes about rounds and their menu: each one verb, one transaction, one audit event. No event tells an answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.consultation.menu import Choice, pledges_asked
from gongdi.apps.consultation.models import Attempt, Household, MenuItem, Round
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.dwellings.queries import natural
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import ReadyFile
from gongdi.apps.files.services import AttachedTo, keep_attachment
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.packs import Governing, library
from gongdi.core.consultation.choosing import special_fault
from gongdi.core.consultation.coverage import left_off
from gongdi.core.consultation.pledges import Pledge
from gongdi.core.consultation.prices import WHOLE, Basis, Payer
from gongdi.core.values import format_hundredths
from gongdi.web.bulk import tell_planner

State = Round.State
OF_A_STAIRWELL = frozenset({"lift_addition"})
"""Items that begin as priced by stairwell: its owners vote on them and bear them; the office may say otherwise."""
WILL_FACTS = (
    "resident_will_strong", "residents_active", "voluntary_contribution", "illegal_removal_cooperation",
    "property_fee_promise", "maintenance_fund_topup", "market_entity",
)  # fmt: skip
"""The facts about will that the office may judge from the numbers of a closed round (C-23 to C-26)."""


def locked(asked: Round, *states: str) -> Round:
    """The round, locked and fresh, in one of some states.

    Raises:
        RefusedError: it stands elsewhere by now.
    """
    current = Round.objects.select_for_update(of=("self",)).select_related("compound").get(pk=asked.pk)
    if states and current.state not in states:
        raise RefusedError(f"这次征询{current.get_state_display()}，不能办理这一步。请刷新页面。")
    return current


@transaction.atomic
def draft_round(  # noqa: PLR0913 -- a round, said whole
    *, compound: Compound, ground: Governing, title: str, since: date, until: date, by: User, now: datetime,
    pledges: Sequence[Pledge] | None = None,
) -> Round:  # fmt: skip
    """Draft a round (起草征询) under the pack in force, with the questions beside the menu that it asks for, or others.

    Raises:
        RefusedError: it ends before it begins.
    """
    if until < since:
        raise RefusedError("截止日期不能早于开始日期。")
    made = Round.objects.create(
        compound=compound, code=f"C{now:%Y%m%d}-{secrets.token_hex(4).upper()}", title=title, since=since, until=until,
        pack=ground.pack.slug, as_of=ground.as_of, made_at=now, made_by=by,
        pledges=[each.value for each in (pledges_asked(ground) if pledges is None else pledges)],
    )  # fmt: skip
    after = {"title": title, "since": since.isoformat(), "until": until.isoformat(), "pack": ground.pack.slug}
    record("consultation.draft_round", by=by, on=made, after=after, place=compound.place, at=now)
    return made


@transaction.atomic
def edit_round(
    *, round: Round, title: str, since: date, until: date, pledges: Sequence[Pledge], by: User, now: datetime
) -> Round:  # fmt: skip
    """Change the name, the window and the questions beside the menu of a draft (修改征询草稿).

    Raises:
        RefusedError: it is no draft any more, or would end before it begins.
    """
    if until < since:
        raise RefusedError("截止日期不能早于开始日期。")
    current = locked(round, State.DRAFT)
    before = {"title": current.title, "since": current.since.isoformat(), "until": current.until.isoformat()}
    current.title, current.since, current.until = title, since, until
    current.pledges = [each.value for each in pledges]
    current.save(update_fields=["title", "since", "until", "pledges"])
    after = {"title": title, "since": since.isoformat(), "until": until.isoformat()}
    record("consultation.edit_round", by=by, on=current, before=before, after=after, place=current.compound.place,
           at=now)  # fmt: skip
    return current


@transaction.atomic
def discard_round(*, round: Round, why: str, by: User, now: datetime) -> Round:
    """Give a draft up (放弃征询草稿), with the reason; nobody was asked yet.

    Raises:
        RefusedError: it is no draft any more.
    """
    current = locked(round, State.DRAFT)
    current.state, current.why_discarded = State.DISCARDED, why[:300]
    current.save(update_fields=["state", "why_discarded"])
    record("consultation.discard_round", by=by, on=current, why=why, place=current.compound.place, at=now)
    return current


@transaction.atomic
def choose_items(
    *, round: Round, choices: Sequence[Choice], shares: Mapping[Payer, int], source: str, by: User, now: datetime
) -> Round:  # fmt: skip
    """Put items on the menu of a draft (选定征询内容); those that stay keep their price, the others leave it.

    Raises:
        RefusedError: no item is chosen, or the round is open by now.
    """
    current = locked(round, State.DRAFT)
    if not choices:
        raise RefusedError("至少选一项内容。")
    kept = {row.item: row for row in current.items.all()}
    wanted = {each.item for each in choices}
    current.items.exclude(item__in=wanted).delete()
    # Numbers are given anew; they must not meet on the way.
    for row in kept.values():
        if row.item in wanted:
            row.number += 1000
            row.save(update_fields=["number"])
    for number, each in enumerate(choices, start=1):
        if each.item in kept:
            kept[each.item].number = number
            kept[each.item].save(update_fields=["number"])
            continue
        MenuItem.objects.create(
            round=current, number=number, item=each.item, item_class=each.item_class, section=each.section,
            special=each.special, name=each.plain.name, sentence=each.plain.sentence,
            shares={payer.value: share for payer, share in shares.items()}, shares_source=source[:300],
            basis=Basis.STAIRWELL.value if each.item in OF_A_STAIRWELL else Basis.TOTAL.value,
        )  # fmt: skip
    record("consultation.choose_items", by=by, on=current, after={"items": [each.plain.name for each in choices]},
           place=current.compound.place, at=now)  # fmt: skip
    return current


@dataclass(frozen=True, slots=True)
class Priced:
    """What the office enters of one item: words, price in fen, shares in hundredths of a percent and their ground."""

    number: int
    item: str
    name: str
    sentence: str
    basis: str
    fen: int
    quantity: int
    unit: str
    shares: Mapping[Payer, int]
    source: str


@transaction.atomic
def price_menu(*, round: Round, priced: Sequence[Priced], by: User, now: datetime) -> Round:
    """Enter words, prices and payers of a draft's menu (填写菜单), all together.

    Raises:
        RefusedError: the round is open by now, or the items changed meanwhile.
    """
    current = locked(round, State.DRAFT)
    rows = {row.number: row for row in current.items.all()}
    if {(row.number, row.item) for row in rows.values()} != {(each.number, each.item) for each in priced}:
        raise RefusedError("菜单刚被别人改过。请刷新页面后再填。")
    for each in priced:
        row = rows[each.number]
        row.name, row.sentence, row.basis, row.fen = each.name, each.sentence, each.basis, each.fen
        row.quantity, row.unit, row.shares_source = each.quantity, each.unit, each.source
        row.shares = {payer.value: share for payer, share in each.shares.items() if share}
    fields = ["name", "sentence", "basis", "fen", "quantity", "unit", "shares", "shares_source"]
    MenuItem.objects.bulk_update(rows.values(), fields)
    after = {"prices": {row.name: format_hundredths(row.fen or 0) for row in rows.values()}}
    record("consultation.price_menu", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


@transaction.atomic
def add_photo(*, item: MenuItem, file: ReadyFile, by: User, now: datetime) -> Attachment:
    """Put a photo of the compound's own in the place of an item's picture (配照片).

    Raises:
        RefusedError: the round is over.
    """
    current = locked(item.round, State.DRAFT, State.OPEN)
    to = AttachedTo(item._meta.label_lower, item.pk, item.name, current.compound.place, current.compound_id)
    kept = keep_attachment(file=file, to=to, by=by, now=now, note=f"征询内容：{item.name}")
    record("consultation.add_photo", by=by, on=item, after={"digest": kept.digest}, place=current.compound.place,
           at=now)  # fmt: skip
    return kept


def _opening_fault(current: Round, items: Sequence[MenuItem], today: date) -> str:
    if not items:
        return "菜单还是空的。请先选定征询内容。"
    bare = next((row for row in items if row.fen is None or sum(row.payers.values()) != WHOLE), None)
    if bare is not None:
        return f"“{bare.name}”还没有填价格或谁出钱。请先填写菜单。"
    if today > current.until:
        return "截止日期已过。请先改截止日期。"
    return special_fault(current.pack, {row.item for row in items}, current.why_no_special)


@transaction.atomic
def open_round(*, round: Round, why_no_special: str, today: date, by: User, now: datetime) -> Round:
    """Open a round (开始征询): the menu is fixed, the households stand as they are on this day.

    Raises:
        RefusedError: the menu is not whole, wants a special project, or no household is known.
    """
    current = locked(round, State.DRAFT)
    current.why_no_special = why_no_special
    fault = _opening_fault(current, list(current.items.all()), today)
    if fault:
        raise RefusedError(fault)
    _keep_households(current)
    if not current.household_count:
        raise RefusedError("小区还没有登记住宅。请先导入房屋清册。")
    current.state, current.opened_at = State.OPEN, now
    current.save()
    after = {"households": current.household_count, "area": current.area}
    record("consultation.open_round", by=by, on=current, after=after, why=why_no_special,
           place=current.compound.place, at=now)  # fmt: skip
    return current


def _keep_households(current: Round) -> None:
    rows = Dwelling.objects.filter(compound=current.compound).select_related("building")
    ordered = sorted(
        rows, key=lambda row: (natural(row.building.name), natural(row.stairwell), row.floor or 0, natural(row.room))
    )
    made = [
        Household(
            round=current, number=number, dwelling=row, building=row.building, label=str(row), area=row.area,
            left_off=left_off(row.use, ended=row.ended_on is not None) or "",
        )
        for number, row in enumerate(ordered, start=1)
    ]  # fmt: skip
    Household.objects.bulk_create(made)
    tell_planner(Household, len(made))
    areas = sorted(row.area for row in made if not row.left_off)
    current.household_count, current.area = len(areas), sum(areas)
    # The example is a household that stands in the compound: the middle one by area.
    current.example_area = areas[len(areas) // 2] if areas else 0


@transaction.atomic
def extend_round(*, round: Round, until: date, why: str, by: User, now: datetime) -> Round:
    """Put the last day of a round off (延长征询), with the reason.

    Raises:
        RefusedError: the new day is not later.
    """
    current = locked(round, State.DRAFT, State.OPEN)
    if until <= current.until:
        raise RefusedError(f"新的截止日期须晚于 {current.until}。")
    before = {"until": current.until.isoformat()}
    current.until = until
    current.save(update_fields=["until"])
    record("consultation.extend_round", by=by, on=current, before=before, after={"until": until.isoformat()}, why=why,
           place=current.compound.place, at=now)  # fmt: skip
    return current


@transaction.atomic
def close_round(*, round: Round, today: date, by: User, now: datetime) -> Round:
    """Close a round after its last day (结束征询): no answer is taken in any more, the results stand.

    Raises:
        RefusedError: the last day is not over.
    """
    current = locked(round, State.OPEN)
    if today <= current.until:
        raise RefusedError(f"征询到 {current.until} 为止，还没有到期。")
    current.state, current.closed_at = State.CLOSED, now
    current.save(update_fields=["state", "closed_at"])
    after = {"responses": current.responses.count()}
    record("consultation.close_round", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


@transaction.atomic
def note_attempt(*, household: Household, reason: str, by: User, now: datetime) -> Attempt:
    """Note that a household was not reached, and why (登记未征求到).

    Raises:
        RefusedError: the round does not run, or the household has answered.
    """
    current = locked(household.round, State.OPEN)
    if household.responses.exists():
        raise RefusedError("这一户已有答复，不用登记。")
    made = Attempt.objects.create(household=household, reason=reason, at=now, noted_by=by)
    after = {"household": household.number, "reason": made.get_reason_display()}
    record("consultation.note_attempt", by=by, on=made, after=after, place=current.compound.place, at=now)
    return made


@transaction.atomic
def judge_will(*, round: Round, judged: Mapping[str, bool], why: str, today: date, by: User, now: datetime) -> Round:
    """State what the numbers of a closed round say of the residents' will (认定居民意愿), with the reason.

    No document gives a number for "strong", so a person says it and stands for it.

    Raises:
        RefusedError: the round is not closed, or a fact is judged that a round does not tell.
    """
    current = locked(round, State.CLOSED)
    if not set(judged) <= set(WILL_FACTS):
        raise RefusedError("只能认定征询所反映的意愿。")
    words = library().vocabulary.facts
    before = {words[name].zh: value for name, value in current.judged.items()}
    current.judged, current.judged_on = dict(judged), today
    current.save(update_fields=["judged", "judged_on"])
    record("consultation.judge_will", by=by, on=current, before=before, why=why,
           after={words[name].zh: value for name, value in judged.items()},
           place=current.compound.place, at=now)  # fmt: skip
    return current

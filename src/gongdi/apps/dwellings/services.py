"""Writes about buildings, dwellings and owners: each one verb, one transaction, one audit event.

Reading what identifies an owner is an event too: who looked, at whom, for what purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.books import read_book
from gongdi.apps.dwellings.figures import keep_former
from gongdi.apps.dwellings.models import (
    NAME,
    NUMBER,
    PHONE,
    Building,
    CompoundTally,
    Dwelling,
    DwellingImport,
    Owner,
    Ownership,
)
from gongdi.apps.dwellings.tallies import refresh_tallies
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.core.ownership.identity import Identity
from gongdi.core.ownership.shares import share_text
from gongdi.core.values import format_hundredths
from gongdi.web import clock
from gongdi.web.sealing import digest, masked_name, masked_number, seal, unseal
from gongdi.web.turns import wait_turn


@dataclass(frozen=True, slots=True)
class NewHolder:
    """An owner that a dwelling passes to, with the share."""

    name: str
    share: Fraction
    number: str = ""
    phone: str = ""
    kind: str = "person"
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """What a correction tells of an owner; "" says nothing."""

    name: str = ""
    number: str = ""
    phone: str = ""
    kind: str = ""


OWNER_GUARDS: list[Callable[[Owner, OwnerTold], str]] = []
"""What later apps have against a correction now: why, or ""."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """What identifies an owner, in clear."""

    name: str
    number: str
    phone: str


@transaction.atomic
def record_building(*, compound: Compound, name: str, columns: dict[str, Any], by: User, now: datetime) -> Building:
    """Keep a building's figures (登记楼栋); a building of that name is changed, another one added."""
    building = Building.objects.select_for_update().filter(compound=compound, name=name).first()
    before = {key: getattr(building, key) for key in columns} if building else None
    building, _ = Building.objects.update_or_create(compound=compound, name=name, defaults=columns)
    refresh_tallies([compound.pk], now)
    record("dwellings.record_building", by=by, on=building, before=before, after={"name": name, **columns},
           place=compound.place, at=now)  # fmt: skip
    return building


@transaction.atomic
def add_dwelling(
    *, building: Building, stairwell: str, room: str, columns: dict[str, Any], by: User, now: datetime
) -> Dwelling:
    """Add a dwelling (登记房屋); who owns it is recorded next."""
    # Whoever adds the same one at the same moment waits here, and is told.
    Building.objects.select_for_update().order_by().get(pk=building.pk)
    refuse_while_taken_back(building.compound_id)
    if Dwelling.objects.filter(building=building, stairwell=stairwell, room=room).exists():
        raise RefusedError(f"{building}{stairwell}{room} 已经登记。请在它的页面上更正。")
    dwelling = Dwelling.objects.create(
        compound=building.compound, building=building, stairwell=stairwell, room=room, **columns
    )
    refresh_tallies([building.compound_id], now)
    after = {"area": _m2(dwelling.area), "use": dwelling.use}
    if dwelling.began_on is not None:
        after["on"] = dwelling.began_on.isoformat()
    record("dwellings.add_dwelling", by=by, on=dwelling, after=after, place=building.compound.place, at=now)
    return dwelling


@transaction.atomic
def correct_dwelling(
    *, dwelling: Dwelling, columns: dict[str, Any], why: str, by: User, now: datetime, on: date | None = None
) -> Dwelling:
    """Correct what is kept of a dwelling (更正房屋), with the reason; votes already frozen keep what they froze.

    With the day `on` the area or use has changed on that day, and rolls of earlier days keep what was. Without it what
    was kept had been wrong since it last changed.
    """
    row = Dwelling.objects.select_for_update(of=("self",)).select_related("compound", "building").get(pk=dwelling.pk)
    _refuse_of_ended(row)
    refuse_while_taken_back(row.compound_id)
    before = {name: getattr(row, name) for name in columns}
    if on is not None:
        keep_former(row, columns, on, why)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    refresh_tallies([row.compound_id], now)
    after = _told(columns) | ({"since": on.isoformat()} if on else {})
    record("dwellings.correct_dwelling", by=by, on=row, before=_told(before), after=after, why=why,
           place=row.compound.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def end_dwelling(*, dwelling: Dwelling, on: date, why: str, by: User, now: datetime) -> Dwelling:
    """End a dwelling that is no more (注销房屋): demolished, merged. Its history stays, and so does the reason."""
    row = Dwelling.objects.select_for_update(of=("self",)).select_related("compound", "building").get(pk=dwelling.pk)
    if row.ended_on is not None:
        raise RefusedError(f"{row} 已于 {row.ended_on} 注销。")
    if on > clock.local_date(now):
        raise RefusedError("注销日期不能晚于今天。到那一天再办理。")
    refuse_while_taken_back(row.compound_id)
    row.ended_on, row.ended_why = on, why[:200]
    row.save(update_fields=["ended_on", "ended_why"])
    refresh_tallies([row.compound_id], now)
    record("dwellings.end_dwelling", by=by, on=row, after={"on": on.isoformat()}, why=why, place=row.compound.place,
           at=now)  # fmt: skip
    return row


@transaction.atomic
def record_transfer(
    *,
    dwelling: Dwelling,
    holders: Sequence[NewHolder],
    on: date,
    basis: str,
    source: str,
    by: User,
    now: datetime,
) -> list[Ownership]:
    """Pass a dwelling to new owners from a day on (登记产权变更); what was held before ends on that day."""
    # Two who pass dwellings to one buyer at the same moment would else make two owners of them.
    wait_turn(f"dwellings.owners:{dwelling.compound_id}")
    row = Dwelling.objects.select_for_update(of=("self",)).select_related("compound", "building").get(pk=dwelling.pk)
    _refuse_of_ended(row)
    refuse_while_taken_back(row.compound_id)
    total = sum((holder.share for holder in holders), Fraction(0))
    if not holders or total != 1:
        raise RefusedError(f"各业主的份额之和应为全部，现为 {share_text(total) if total else '零'}。请核对份额。")
    if on > clock.local_date(now):
        raise RefusedError("变更日期不能晚于今天。登记簿上变更以后再办理。")
    current = list(Ownership.objects.filter(dwelling=row, until=None))
    latest = max((held.since for held in current if held.since is not None), default=None)
    if latest is not None and on <= latest:
        raise RefusedError(f"现有产权自 {latest} 起，变更日期须晚于它。请核对日期。")
    Ownership.objects.filter(pk__in=[held.pk for held in current]).update(until=on)
    made = [
        Ownership.objects.create(
            dwelling=row, owner=owner, part=holder.share.numerator, whole=holder.share.denominator, since=on,
            certificate=holder.certificate[:60], basis=basis[:60], source=source[:300],
        )
        for holder, owner in _owners(row.compound, holders)
    ]  # fmt: skip
    before = {"owners": [held.owner_id for held in current]}
    after = {"owners": [held.owner_id for held in made], "shares": [share_text(held.share) for held in made]}
    refresh_tallies([row.compound_id], now)
    record("dwellings.record_transfer", by=by, on=row, before=before, after={**after, "on": on.isoformat()}, why=basis,
           place=row.compound.place, at=now)  # fmt: skip
    return made


def _refuse_of_ended(row: Dwelling) -> None:
    if row.ended_on is not None:
        raise RefusedError(f"{row} 已于 {row.ended_on} 注销，不能再办理。请刷新页面核对。")


def refuse_while_taken_back(compound: int) -> None:
    """Refuse a write in a compound while a roll is being taken back there: it would rest on rows that go next."""
    rolls = DwellingImport.objects.filter(state=DwellingImport.State.UNDOING).order_by()
    if any(compound in told for told in rolls.values_list("compounds", flat=True)):
        raise RefusedError("本小区的一份房屋清册正在撤销，暂时不能办理。请待撤销完成后再试。")


def _owners(compound: Compound, holders: Sequence[NewHolder]) -> list[tuple[NewHolder, Owner]]:
    """The owner of each holder: one met before in this compound by the rule of core/ownership, or a new one."""
    book = read_book(compound.pk)
    found = []
    for holder in holders:
        who = Identity(digest(holder.name, NAME), digest(holder.number, NUMBER), digest(holder.phone, PHONE))
        known = book.owners.find(who)
        owner = Owner.objects.get(pk=known) if known is not None else _new_owner(compound, holder, who)
        book.owners.add(owner.pk, who)
        found.append((holder, owner))
    return found


def _new_owner(compound: Compound, holder: NewHolder, who: Identity) -> Owner:
    return Owner.objects.create(
        compound=compound, kind=holder.kind,
        name_sealed=seal(holder.name, NAME), name_masked=masked_name(holder.name), name_digest=who.name,
        number_sealed=seal(holder.number, NUMBER), number_masked=masked_number(holder.number),
        number_digest=who.number,
        phone_sealed=seal(holder.phone, PHONE), phone_masked=masked_number(holder.phone), phone_digest=who.phone,
    )  # fmt: skip


@transaction.atomic
def declare_complete(*, compound: Compound, on: date, by: User | None, now: datetime) -> CompoundTally:
    """Say that the roll of a compound is whole (清册已齐) as of a day; its counts become facts from then on."""
    refresh_tallies([compound.pk], now)
    tally = CompoundTally.objects.select_for_update().get(compound=compound)
    if not tally.dwellings:
        raise RefusedError("还没有登记房屋，不能说清册已齐。请先导入房屋清册。")
    before = {"complete_on": tally.complete_on.isoformat() if tally.complete_on else None}
    tally.complete_on = on
    tally.save(update_fields=["complete_on"])
    after = {"complete_on": on.isoformat(), "dwellings": tally.dwellings, "owners": tally.owners}
    record("dwellings.declare_complete", by=by, on=compound, before=before, after=after, place=compound.place, at=now)
    return tally


@transaction.atomic
def correct_owner(*, owner: Owner, told: OwnerTold, why: str, by: User, now: datetime) -> Owner:
    """Correct what is kept of an owner (更正业主): a new name, number or phone, with the reason; "" leaves it as it is.

    Votes already frozen keep what they froze. A number that another owner of the compound has is refused: heads are
    counted by owner, and two rows made one by a correction would hide who held what until today.
    """
    wait_turn(f"dwellings.owners:{owner.compound_id}")
    refuse_while_taken_back(owner.compound_id)
    row = Owner.objects.select_for_update(of=("self",)).select_related("compound").get(pk=owner.pk)
    for guard in OWNER_GUARDS:
        if (why_not := guard(row, told)) != "":
            raise RefusedError(why_not)
    new: dict[str, Any] = {"kind": told.kind} if told.kind else {}
    for field, text, purpose, mask in (
        ("name", told.name, NAME, masked_name),
        ("number", told.number, NUMBER, masked_number),
        ("phone", told.phone, PHONE, masked_number),
    ):
        if text:
            new |= {f"{field}_sealed": seal(text, purpose), f"{field}_masked": mask(text),
                    f"{field}_digest": digest(text, purpose)}  # fmt: skip
    shown = {name.removesuffix("_masked") for name in new if name.endswith("_masked") or name == "kind"}
    if not any(new[name] != getattr(row, name) for name in new if not name.endswith("_sealed")):
        raise RefusedError("填写的内容与登记的相同，没有可更正的。")
    number = new.get("number_digest", "")
    if number and Owner.objects.filter(compound=row.compound, number_digest=number).exclude(pk=row.pk).exists():
        raise RefusedError(
            "本小区另一位业主已用这个证件号码。请核对号码；确是同一人的，请在房屋页面登记产权变更，"
            "填这个号码，两处便算同一位业主。"
        )
    before = {name: _seen(row, name) for name in sorted(shown)}
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=list(new))
    refresh_tallies([row.compound_id], now)
    record("dwellings.correct_owner", by=by, on=row, before=before, after={name: _seen(row, name) for name in before},
           why=why, place=row.compound.place, at=now)  # fmt: skip
    return row


def _seen(owner: Owner, name: str) -> str:
    """A figure of an owner as lists show it: the chain keeps nothing in clear."""
    return str(owner.get_kind_display() if name == "kind" else getattr(owner, f"{name}_masked"))


@transaction.atomic
def reveal_owner(*, owner: Owner, purpose: str, by: User, now: datetime) -> Revealed:
    """Show what identifies an owner (查看业主信息) for a stated purpose; the look itself is recorded."""
    if len(purpose.strip()) < 4:
        raise RefusedError("请写明查看的用途，如“核对第3幢选票”；用途会记入审计记录。")
    record("dwellings.reveal_owner", by=by, on=owner, why=purpose.strip(), place=owner.compound.place, at=now)
    return Revealed(
        unseal(owner.name_sealed, NAME), unseal(owner.number_sealed, NUMBER), unseal(owner.phone_sealed, PHONE)
    )


@transaction.atomic
def search_owner(
    *, owners: QuerySet[Owner], words: str, purpose: str, by: User, now: datetime, most: int = 50
) -> list[Owner]:
    """Find owners by their whole name, identity number or phone (按姓名、证件号或电话查业主); the search is recorded,
    the words are not."""
    found: list[Owner] = []
    for column, kind in (("name_digest", NAME), ("number_digest", NUMBER), ("phone_digest", PHONE)):
        wanted = digest(words, kind)
        if wanted and len(found) < most:
            rows = (
                owners.filter(**{column: wanted}, merged_into=None)
                .select_related("compound")
                .order_by("compound__name", "pk")
            )
            found += [row for row in rows[:most] if row not in found]
    record("dwellings.search_owner", by=by, on=by, after={"found": len(found)}, why=purpose.strip(), at=now)
    return found[:most]


def _m2(hundredths: int) -> str:
    return format_hundredths(hundredths)


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: _m2(value) if name == "area" and value is not None else value for name, value in columns.items()}

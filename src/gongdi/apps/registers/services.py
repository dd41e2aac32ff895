"""Writes about yearly registers: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.facts import known_of_many
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import RefusedError
from gongdi.apps.registers.models import RegisterLine, YearRegister
from gongdi.web import clock
from gongdi.web.columns import columns


@transaction.atomic
def open_register(*, county: Division, year: int, title: str, by: User, now: datetime) -> YearRegister:
    """Begin the register of a year (建立年度清册)."""
    if YearRegister.objects.filter(county=county, year=year).exists():
        raise RefusedError(f"{county} {year} 年的清册已经建立。请在原有清册上增减。")
    register = YearRegister.objects.create(
        county=county, place=county.code, year=year, title=title, made_at=now, made_by=by
    )
    record("registers.open_register", by=by, on=register, after={"year": year}, place=county.code, at=now)
    return register


@transaction.atomic
def add_to_register(
    *, register: YearRegister, compounds: Sequence[Compound], why: str, by: User, now: datetime
) -> list[RegisterLine]:
    """Put compounds on a register (列入清册) with their figures of the day; after it was published, with a reason."""
    current = YearRegister.objects.select_for_update(of=("self",)).get(pk=register.pk)
    if current.published_on is not None and not why.strip():
        raise RefusedError("清册已经公布，增补须写明理由。请填写理由后再提交。")
    standing = set(current.lines.filter(removed_at=None).values_list("compound_id", flat=True))
    new = [row for row in compounds if row.pk not in standing]
    if not new:
        raise RefusedError("所选小区都已在清册上。请刷新页面。")
    cells = columns.cells("register", "outcome", [row.pk for row in new])
    known = known_of_many(new)
    lines = RegisterLine.objects.bulk_create(
        [
            RegisterLine(
                register=current, compound=row, name=row.name, street=str(row.street or ""),
                community=str(row.community or ""), address=row.address,
                completed=_completed({name: fact.value for name, fact in known[row.pk].items()}),
                buildings=row.buildings, households=row.households, area=row.area,
                outcome=cells[row.pk].text if row.pk in cells else "", added_at=now, added_by=by, added_why=why[:300],
                after_publishing=current.published_on is not None,
            )
            for row in new
        ]
    )  # fmt: skip
    after = {"added": [row.pk for row in new], "names": [row.name for row in new][:50]}
    record("registers.add_to_register", by=by, on=current, after=after, why=why, place=current.place, at=now)
    return lines


def _completed(facts: dict[str, object]) -> str:
    for name in ("completed_on", "delivered_on", "completed_year"):
        if facts.get(name) is not None:
            return str(facts[name])
    return ""


@transaction.atomic
def remove_from_register(*, line: RegisterLine, why: str, by: User, now: datetime) -> RegisterLine:
    """Take a compound off a register (移出清册), with the reason; the line stays among the changes."""
    row = RegisterLine.objects.select_for_update(of=("self",)).select_related("register").get(pk=line.pk)
    if row.removed_at is not None:
        raise RefusedError("这个小区已经移出清册。请刷新页面。")
    if not why.strip():
        raise RefusedError("移出清册须写明理由。请填写理由后再提交。")
    row.removed_at, row.removed_by, row.removed_why = now, by, why[:300]
    row.save(update_fields=["removed_at", "removed_by", "removed_why"])
    record("registers.remove_from_register", by=by, on=row.register, before={"compound": row.compound_id,
           "name": row.name}, why=why, place=row.register.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def publish_register(*, register: YearRegister, number: str, on: date, by: User, now: datetime) -> YearRegister:
    """Say that a register was published (公布清册), when and under which number; changes after it are told apart."""
    row = YearRegister.objects.select_for_update(of=("self",)).get(pk=register.pk)
    if row.published_on is not None:
        raise RefusedError(f"清册已于 {row.published_on} 公布。之后的增减会单独列出。")
    if on > clock.local_date(now):
        raise RefusedError("公布日期不能晚于今天。公布以后再登记。")
    if not row.lines.filter(removed_at=None).exists():
        raise RefusedError("清册上还没有小区，不能公布。请先列入小区。")
    row.published_on, row.number = on, number[:60]
    row.save(update_fields=["published_on", "number"])
    record("registers.publish_register", by=by, on=row, after={"number": number, "on": on.isoformat()},
           place=row.place, at=now)  # fmt: skip
    return row

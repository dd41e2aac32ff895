"""Writes about experts and firms: each one verb, one transaction, one audit event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.organisations.models import PoolEntry, PoolRecord
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.core.ownership.numbers import is_credit_code
from gongdi.web import clock

State = PoolEntry.State


@transaction.atomic
def admit_entry(*, columns: dict[str, Any], by: User | None, now: datetime) -> PoolEntry:
    """Admit an expert or a firm to the pool (入库)."""
    code = columns.get("credit_code", "")
    if code and not is_credit_code(code):
        raise RefusedError("统一社会信用代码的校验码不对。请核对 18 位代码，专家不填。")
    same = {name: columns[name] for name in ("kind", "name", "place")}
    if PoolEntry.objects.filter(**same).exclude(state=State.REMOVED).exists():
        raise RefusedError(f"“{columns['name']}”已在库中。请在原记录上更新。")
    if columns.get("until") is not None and columns["until"] < columns["since"]:
        raise RefusedError("有效期早于入库日期。请核对。")
    entry = PoolEntry.objects.create(**columns)
    after = {name: str(value) for name, value in columns.items() if value}
    record("organisations.admit_entry", by=by, on=entry, after=after, place=entry.place, at=now)
    return entry


def _stand(entry: PoolEntry, allowed: set[str], to: State, why: str, by: User, now: datetime) -> PoolEntry:
    row = PoolEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if row.state not in allowed:
        raise RefusedError(f"“{row}”现为{row.get_state_display()}，不能改为{to.label}。请刷新页面。")
    row.state = to
    row.save(update_fields=["state"])
    text = f"{to.label}：{why}"[:500]
    PoolRecord.objects.create(
        entry=row, kind=PoolRecord.Kind.STANDING, on=clock.local_date(now), text=text, recorded_at=now, recorded_by=by
    )
    return row


@transaction.atomic
def suspend_entry(*, entry: PoolEntry, why: str, by: User, now: datetime) -> None:
    """Suspend an expert or firm with the reason (暂停)."""
    row = _stand(entry, {State.ADMITTED}, State.SUSPENDED, why, by, now)
    record("organisations.suspend_entry", by=by, on=row, why=why, place=row.place, at=now)


@transaction.atomic
def restore_entry(*, entry: PoolEntry, why: str, by: User, now: datetime) -> None:
    """Let a suspended expert or firm be chosen again (恢复)."""
    row = _stand(entry, {State.SUSPENDED}, State.ADMITTED, why, by, now)
    record("organisations.restore_entry", by=by, on=row, why=why, place=row.place, at=now)


@transaction.atomic
def remove_entry(*, entry: PoolEntry, why: str, by: User, now: datetime) -> None:
    """Take an expert or firm off the pool with the reason (移出); the record stays."""
    row = _stand(entry, {State.ADMITTED, State.SUSPENDED}, State.REMOVED, why, by, now)
    record("organisations.remove_entry", by=by, on=row, why=why, place=row.place, at=now)


@transaction.atomic
def record_entry(  # noqa: PLR0913 -- an entry of record, said whole
    *,
    entry: PoolEntry,
    kind: str,
    on: date,
    text: str,
    compound: Compound | None,
    source: str,
    by: User | None,
    now: datetime,
) -> PoolRecord:
    """Keep works done or an evaluation of an expert or firm (登记业绩或评价)."""
    if on > clock.local_date(now):
        raise RefusedError("日期不能晚于今天。请核对。")
    row = PoolRecord.objects.create(
        entry=entry, kind=kind, on=on, text=text[:500], compound=compound, source=source[:200], recorded_at=now,
        recorded_by=by,
    )  # fmt: skip
    after = {"kind": row.get_kind_display(), "text": text, "source": source}
    record("organisations.record_entry", by=by, on=entry, after=after, place=entry.place, at=now)
    return row

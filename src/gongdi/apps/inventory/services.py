"""Writes about findings: each one verb, one transaction, one audit event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.inventory.kinds import FindingKind
from gongdi.apps.inventory.models import Finding, Inspection
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock


@transaction.atomic
def record_finding(
    *, kind: FindingKind, compound: Compound, columns: dict[str, Any], by: User, now: datetime
) -> Finding:
    """Keep a finding (记录摸底结果); where only one of its kind stands, it takes the place of the one before."""
    before = None
    if kind.single is not None:
        same = {name: columns[name] for name in kind.single}
        earlier = (
            kind.model._default_manager.select_for_update().filter(compound=compound, withdrawn_at=None, **same).first()
        )
        if earlier is not None:
            before = _told(kind, earlier)
            earlier.withdrawn_at, earlier.withdrawn_why = now, "有新的记录"
            earlier.save(update_fields=["withdrawn_at", "withdrawn_why"])
    row = kind.model._default_manager.create(compound=compound, recorded_at=now, recorded_by=by, **columns)
    record("inventory.record_finding", by=by, on=row, before=before, after=_told(kind, row), why=row.note,
           place=compound.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def withdraw_finding(*, kind: FindingKind, finding: Finding, why: str, by: User, now: datetime) -> None:
    """Withdraw a finding that was wrong or is no longer so (撤下摸底结果), with the reason."""
    row = kind.model._default_manager.select_for_update(of=("self",)).get(pk=finding.pk)
    if row.withdrawn_at is not None:
        raise RefusedError("这一条已经撤下。请刷新页面。")
    row.withdrawn_at, row.withdrawn_why = now, why[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("inventory.withdraw_finding", by=by, on=row, before=_told(kind, row), why=why,
           place=finding.compound.place, at=now)  # fmt: skip


@transaction.atomic
def treat_risk(*, inspection: Inspection, on: date, source: str, by: User, now: datetime) -> Inspection:
    """Say that the risk an inspection found was removed (整改完成), on which day and by what proof."""
    row = Inspection.objects.select_for_update(of=("self",)).select_related("compound").get(pk=inspection.pk)
    if not row.risk_found or row.treated_on is not None:
        raise RefusedError("这次检测没有待整改的风险。请刷新页面。")
    if on < row.found_on:
        raise RefusedError(f"整改完成日期不能早于检测日期 {row.found_on}。请核对。")
    if on > clock.local_date(now):
        raise RefusedError("整改完成日期不能晚于今天。完成以后再登记。")
    row.treated_on = on
    row.save(update_fields=["treated_on"])
    record("inventory.treat_risk", by=by, on=row, after={"treated_on": on.isoformat(), "source": source},
           place=row.compound.place, at=now)  # fmt: skip
    return row


def _told(kind: FindingKind, row: Finding) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*kind.fields, "found_on", "source")}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
